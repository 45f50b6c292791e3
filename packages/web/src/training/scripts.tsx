import { isOfBranch } from '@threerings/core/training/lines';
import type { ScriptCard, ScriptDetail } from '@threerings/core/wire/training';
import { FileText, Mic, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { LineSheet } from './line-sheet.tsx';
import { ScriptEditor, type ScriptFault } from './script-editor.tsx';
import { useScript, useScriptActs, useScripts } from './use-scripts.ts';

/** 演练脚本: for who keeps them – text with the places of its faults, versions, and the caller's lines to be recorded. */
export function Scripts() {
  const t = useWords();
  const scripts = useScripts();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const shown = chosen ?? scripts.data?.[0]?.script;
  const detail = useScript(shown);
  if (scripts.isPending) return <Loading what={t('scripts.title')} rows={8} />;
  if (scripts.isError) return <Failed error={scripts.error} onRetry={() => void scripts.refetch()} />;
  return (
    <div className="training-columns" data-scripts>
      <ScriptList scripts={scripts.data} shown={shown} onOpen={setChosen} />
      {detail.isPending && <Loading what={t('scripts.text')} rows={8} />}
      {detail.isError && <Failed error={detail.error} onRetry={() => void detail.refetch()} />}
      {detail.data !== undefined && (
        <Opened key={`${detail.data.script}@${detail.data.version}`} detail={detail.data} onPublished={setChosen} />
      )}
    </div>
  );
}

interface ScriptListProps {
  readonly scripts: readonly ScriptCard[];
  readonly shown: string | undefined;
  readonly onOpen: (script: string) => void;
}

function ScriptList({ scripts, shown, onOpen }: ScriptListProps) {
  const t = useWords();
  const say = useTongue();
  return (
    <Card icon={<FileText size={16} aria-hidden />} title={t('scripts.title')}>
      <div className="scroll grow">
        {scripts.length === 0 && <Empty title={t('training.none')} text={t('training.none-text')} />}
        <ul className="training-tries">
          {scripts.map(({ script, scenario, title, version, own, lines, recorded }) => (
            <li key={script}>
              <button type="button" className="training-try" aria-current={script === shown} onClick={() => onOpen(script)}>
                <span className="row">
                  <b className="num">{scenario}</b>
                  <span className="grow cut">{say(title)}</span>
                </span>
                <span className="meta">
                  {t('scripts.version', { n: version })} · {t(own ? 'scripts.own' : 'scripts.delivered')} ·{' '}
                  {t('scripts.recorded', { recorded, lines })}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Opened({ detail, onPublished }: { detail: ScriptDetail; onPublished: (script: string) => void }) {
  const t = useWords();
  const toast = useToast();
  const { busy, send } = useScriptActs();
  const [text, setText] = useState(detail.text);
  const [faults, setFaults] = useState<readonly ScriptFault[] | undefined>(undefined);
  const [place, setPlace] = useState<ScriptFault | undefined>(undefined);
  const ask = async (publish: boolean) => {
    const answer = await send(text, publish);
    if (answer === undefined) return;
    setFaults(answer.faults);
    if (!publish || answer.faults.length > 0) return;
    toast.show(t('scripts.published', { version: answer.version ?? 0 }));
    if (answer.script !== undefined) onPublished(answer.script);
  };
  const changed = (now: string) => {
    setText(now);
    setFaults(undefined);
  };
  const upload = async (file: File | undefined) => {
    if (file !== undefined) changed(await file.text());
  };
  return (
    <>
      <Card
        className="grow"
        icon={<FileText size={16} aria-hidden />}
        title={`${detail.script} · ${t('scripts.version', { n: detail.version })}`}
        aside={
          <label className="scripts-upload">
            <Upload size={14} aria-hidden /> {t('scripts.upload')}
            <input
              type="file"
              accept=".yaml,.yml,text/yaml"
              className="visually-hidden"
              onChange={(event) => {
                void upload(event.target.files?.[0]);
                event.target.value = '';
              }}
            />
          </label>
        }
        footer={
          <div className="stack grow">
            <Faults faults={faults} onOpen={setPlace} />
            <div className="row row-wrap">
              <span className="meta grow">{t('scripts.note')}</span>
              <Button busy={busy} onClick={() => void ask(false)}>
                {t('scripts.check')}
              </Button>
              <Button
                tone="primary"
                busy={busy}
                data-save
                blocked={text === detail.text ? t('scripts.unchanged') : undefined}
                blockedShownElsewhere
                onClick={() => void ask(true)}
              >
                {t('scripts.publish')}
              </Button>
            </div>
          </div>
        }
      >
        <ScriptEditor text={text} faults={faults ?? []} place={place} onChange={changed} />
      </Card>
      <Lines detail={detail} />
    </>
  );
}

function Faults({ faults, onOpen }: { faults: readonly ScriptFault[] | undefined; onOpen: (fault: ScriptFault) => void }) {
  const t = useWords();
  const say = useTongue();
  if (faults === undefined) return <div role="status" />;
  if (faults.length === 0) return <p role="status">{t('scripts.checks')}</p>;
  return (
    <ul className="scripts-faults" role="alert">
      {faults.map((fault) => (
        <li key={`${fault.line}:${fault.column} ${fault.expected}`}>
          <button type="button" className="link" onClick={() => onOpen({ ...fault })}>
            {t('scripts.place', { line: fault.line, column: fault.column })}
          </button>{' '}
          {t('scripts.fault', { expected: fault.expected, found: fault.found })}
          {fault.remedy !== undefined && <span className="t2"> {say(fault.remedy)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** What the caller says, and what of it was recorded: practised by ear as far as it was. */
function Lines({ detail }: { detail: ScriptDetail }) {
  const t = useWords();
  const [open, setOpen] = useState<string | undefined>(undefined);
  const line = detail.callerLines.find((each) => each.line === open);
  return (
    <Card icon={<Mic size={16} aria-hidden />} title={t('scripts.lines')}>
      <div className="scroll grow">
        <p className="card-body meta">{t('scripts.lines-note')}</p>
        <ul className="scripts-lines">
          {detail.callerLines.map(({ line: id, says, standing }) => (
            <li key={id}>
              <p>{says}</p>
              <span className="row">
                <span className="meta grow" data-standing={standing}>
                  {isOfBranch(id) && `${t('scripts.branch')} · `}
                  {t(`scripts.standing.${standing}`)}
                </span>
                <Button size="small" aria-label={t('scripts.record', { line: says })} onClick={() => setOpen(id)}>
                  {t('flows.record')}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      </div>
      {line !== undefined && <LineSheet key={line.line} script={detail.script} line={line} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}
