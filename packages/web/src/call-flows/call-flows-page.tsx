import { useQueryClient } from '@tanstack/react-query';
import { checkFlow } from '@threerings/core/call-flow/check';
import { permits } from '@threerings/core/people/permissions';
import type { FlowDetail, FlowRow } from '@threerings/core/wire/call-flows';
import { newFlowAnswer, saveFlowAnswer } from '@threerings/core/wire/call-flows';
import { FileText, Network, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { z } from 'zod';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { FlowEditor } from './flow-editor.tsx';
import { FlowPicture } from './flow-picture.tsx';
import { PromptsPanel } from './prompts-panel.tsx';
import { flowsKey, useFlow, useFlowActs, useFlowHouse, useFlows } from './use-flows.ts';
import '../norms/norms.css';
import '../promises/promises-page.css';
import './call-flows.css';

type View = 'flows' | 'prompts';
interface Chosen {
  readonly flow: string;
  readonly version: number;
}

/** 来电流程: what callers hear before a person answers, as text and as a picture, and the prompts for it. */
export function CallFlowsPage() {
  const t = useWords();
  const [view, setView] = useState<View>('flows');
  return (
    <div className="norms-page">
      <header className="norms-head">
        <h1>{t('flows.title')}</h1>
        <Segmented<View>
          label={t('flows.title')}
          value={view}
          onChange={setView}
          options={[
            { value: 'flows', label: t('flows.flows') },
            { value: 'prompts', label: t('flows.prompts') },
          ]}
        />
      </header>
      {view === 'flows' ? <Flows /> : <PromptsPanel />}
    </div>
  );
}

function Flows() {
  const t = useWords();
  const flows = useFlows();
  const [chosen, setChosen] = useState<Chosen | undefined>(undefined);
  const first = flows.data?.find(({ state }) => state === 'live') ?? flows.data?.[0];
  const shown = chosen ?? first;
  const detail = useFlow(shown?.flow, shown?.version);
  if (flows.isPending) return <Loading what={t('flows.flows')} rows={8} />;
  if (flows.isError) return <Failed error={flows.error} onRetry={() => void flows.refetch()} />;
  const row = flows.data.find(({ flow, version }) => flow === shown?.flow && version === shown.version);
  return (
    <div className="norms-columns flow-columns">
      <Versions rows={flows.data} shown={shown} onOpen={setChosen} />
      {detail.isError && <Failed error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data !== undefined && row !== undefined && (
        <Opened key={`${row.flow}@${row.version}`} detail={{ ...detail.data, ...row }} onOpen={setChosen} />
      )}
      {flows.data.length === 0 && (
        <Card icon={<Network size={16} aria-hidden />} title={t('flows.none')} className="norms-wide">
          <Empty title={t('flows.none')} text={t('flows.none-text')} />
        </Card>
      )}
    </div>
  );
}

interface VersionsProps {
  readonly rows: readonly FlowRow[];
  readonly shown: Chosen | undefined;
  readonly onOpen: (to: Chosen) => void;
}

function Versions({ rows, shown, onOpen }: VersionsProps) {
  const t = useWords();
  const { ask, busy } = useFlowActs();
  const [name, setName] = useState('');
  const given = name.trim() || t('flows.main');
  const add = async () => {
    const made = await ask(`/api/call-flows/${encodeURIComponent(given)}/drafts`, newFlowAnswer, { method: 'POST', body: {} });
    if (made !== undefined) onOpen({ flow: given, version: made.version });
  };
  return (
    <Card icon={<Network size={16} aria-hidden />} title={t('flows.flows')}>
      <div className="scroll grow tree">
        {[...new Set(rows.map(({ flow }) => flow))].map((flow) => (
          <div key={flow}>
            <p className="tree-none strong">{flow}</p>
            {rows
              .filter((row) => row.flow === flow)
              .map(({ version, state }) => (
                <button
                  key={version}
                  type="button"
                  className="tree-version"
                  aria-current={shown?.flow === flow && shown.version === version}
                  onClick={() => onOpen({ flow, version })}
                >
                  {t('flows.version', { n: version })}
                  <span className="grow" />
                  <span className="meta" data-live={state === 'live'}>
                    {t(`flows.state.${state}`)}
                  </span>
                </button>
              ))}
          </div>
        ))}
      </div>
      <div className="flow-new">
        <Input
          aria-label={t('flows.name')}
          placeholder={t('flows.main')}
          value={name}
          maxLength={40}
          onChange={(event) => setName(event.target.value)}
        />
        <Button size="small" icon={<Plus size={14} aria-hidden />} busy={busy} onClick={() => void add()}>
          {t('flows.new')}
        </Button>
      </div>
    </Card>
  );
}

function Opened({ detail, onOpen }: { detail: FlowDetail; onOpen: (to: Chosen) => void }) {
  const t = useWords();
  const say = useTongue();
  const house = useFlowHouse();
  const [text, setText] = useState(detail.text);
  const [place, setPlace] = useState<{ from: number } | undefined>(undefined);
  const checked = useMemo(() => checkFlow(text, house.data), [text, house.data]);
  const errors = checked.problems.filter(({ severity }) => severity === 'error');
  const [first] = errors.length > 0 ? errors : checked.problems;
  const wrong = new Set(
    errors.map(({ from }) => checked.flow.steps.findLast((step) => step.place.from <= from)?.name ?? checked.flow.steps[0]?.name ?? ''),
  );
  const names = [...(house.data?.queues ?? []), ...(house.data?.prompts ?? [])];
  const readOnly = detail.state !== 'draft';
  return (
    <>
      <Card
        icon={<FileText size={16} aria-hidden />}
        title={`${detail.flow} · ${t('flows.version', { n: detail.version })}`}
        aside={<Acts detail={detail} text={text} errors={errors.length} onOpen={onOpen} />}
        footer={
          <>
            <p className="norms-standing" data-tone={errors.length > 0 ? 'error' : undefined} role="status">
              {errors.length > 0 ? t('flows.problems', { n: errors.length }) : t('flows.clean')}
            </p>
            {first !== undefined && (
              <button type="button" className="norms-first-problem cut" onClick={() => setPlace({ from: first.from })}>
                {t('flows.line', { n: first.line })} {say(first.message)} – {say(first.expected)}
              </button>
            )}
            {readOnly && <p className="meta">{t('flows.read-only')}</p>}
          </>
        }
      >
        <FlowEditor text={text} readOnly={readOnly} problems={checked.problems} names={names} place={place} onChange={setText} />
      </Card>
      <Card icon={<Network size={16} aria-hidden />} title={t('flows.picture')}>
        <FlowPicture flow={checked.flow} wrong={wrong} onStep={(from) => setPlace({ from })} />
      </Card>
    </>
  );
}

const done = z.object({ ok: z.literal(true) });

interface ActsProps {
  readonly detail: FlowDetail;
  readonly text: string;
  readonly errors: number;
  readonly onOpen: (to: Chosen) => void;
}

/** Saving, publishing, taking up an older version as a draft, taking a flow out of use. */
function Acts({ detail, text, errors, onOpen }: ActsProps) {
  const t = useWords();
  const { roles } = useMe();
  const { ask, busy } = useFlowActs();
  const queries = useQueryClient();
  const [revision, setRevision] = useState(detail.revision);
  const [saved, setSaved] = useState(detail.text);
  const { flow, version, state } = detail;
  const path = `/api/call-flows/${encodeURIComponent(flow)}`;
  const mayPublish = permits(roles, 'flows.publish');
  const save = async (): Promise<boolean> => {
    if (text === saved) return true;
    const answer = await ask(`${path}/${version}`, saveFlowAnswer, { method: 'PUT', body: { revision, text } });
    if (answer === undefined) return false;
    setRevision(answer.revision);
    setSaved(text);
    queries.setQueryData([...flowsKey, 'one', flow, version], { ...detail, text, revision: answer.revision });
    return true;
  };
  const publish = async () => {
    if (await save()) await ask(`${path}/${version}/publish`, done, { method: 'POST' });
  };
  const draft = async () => {
    const made = await ask(`${path}/drafts`, newFlowAnswer, { method: 'POST', body: { from: version } });
    if (made !== undefined) onOpen({ flow, version: made.version });
  };
  const broken = errors > 0 ? t('flows.broken') : undefined;
  return (
    <span className="row">
      {state === 'draft' && (
        <Button
          size="small"
          data-save
          busy={busy}
          hint="Ctrl S"
          blocked={text === saved ? t('flows.saved') : undefined}
          onClick={() => void save()}
        >
          {t('flows.save')}
        </Button>
      )}
      {state !== 'draft' && (
        <Button size="small" busy={busy} onClick={() => void draft()}>
          {t('flows.edit')}
        </Button>
      )}
      {state !== 'live' && (
        <Button size="small" tone="primary" busy={busy} blocked={mayPublish ? broken : t('flows.not-yours')} onClick={() => void publish()}>
          {t('flows.publish')}
        </Button>
      )}
      {state === 'live' && mayPublish && (
        <Button size="small" tone="warn" busy={busy} onClick={() => void ask(`${path}/withdraw`, done, { method: 'POST' })}>
          {t('flows.withdraw')}
        </Button>
      )}
    </span>
  );
}
