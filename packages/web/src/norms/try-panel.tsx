import type { TraceEvent } from '@threerings/norms/trace';
import { useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { useInteraction } from '../interactions/use-interactions.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { VerdictIcon } from '../ui/verdict.tsx';
import type { TriedVerdict } from './checking.ts';
import { eventsOfPasted, readPasted, traceOf } from './conversation.ts';
import { type LabelledFrom, labelledFile, withLabelled } from './labelling.ts';
import { useCalendar } from './use-norm-packs.ts';
import type { PackTextState } from './use-pack-text.ts';

interface Tried {
  readonly events: readonly TraceEvent[];
  readonly verdicts: readonly TriedVerdict[];
  readonly from: LabelledFrom;
}

/** Judges a pasted or a stored conversation by the text as it stands, here in the page: nothing is sent and nothing is stored. */
export function TryPanel({ text, readOnly }: { text: PackTextState; readOnly: boolean }) {
  const t = useWords();
  const [from, setFrom] = useState<'pasted' | 'stored'>('pasted');
  const [pasted, setPasted] = useState('');
  const [id, setId] = useState('');
  const [tried, setTried] = useState<Tried | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const calendar = useCalendar(true);
  const stored = useInteraction(id.trim(), from === 'stored' && id.trim().length > 8);
  const wrong = text.checked?.norms === undefined;
  const lines = readPasted(pasted);
  const ready = from === 'pasted' ? lines.length > 0 : stored.isSuccess;
  const judge = async () => {
    if (calendar.data === undefined) return;
    const events = from === 'pasted' ? eventsOfPasted(lines, Date.now()) : traceOf(stored.data?.events ?? []);
    setBusy(true);
    const { verdicts } = await text.checker.ask({ kind: 'try', events, calendar: calendar.data, ...text.given });
    setBusy(false);
    const of: LabelledFrom = from === 'pasted' ? { pasted: lines } : { stored: id.trim() };
    setTried(verdicts === undefined ? undefined : { events, verdicts, from: of });
  };
  return (
    <div className="card-body stack scroll grow">
      <Segmented
        label={t('norms.try')}
        value={from}
        onChange={setFrom}
        options={[
          { value: 'pasted', label: t('norms.try-pasted') },
          { value: 'stored', label: t('norms.try-stored') },
        ]}
      />
      {from === 'pasted' ? (
        <Field label={t('norms.try-pasted')} hint={t('norms.try-hint')}>
          {(ids) => (
            <Textarea
              {...ids}
              rows={5}
              placeholder={t('norms.try-placeholder')}
              value={pasted}
              onChange={(event) => setPasted(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <Field
          label={t('norms.try-interaction')}
          hint={t('norms.try-interaction-hint')}
          error={stored.isError ? stored.error.message : undefined}
        >
          {(ids) => <Input {...ids} value={id} onChange={(event) => setId(event.target.value)} />}
        </Field>
      )}
      <Button
        tone="primary"
        busy={busy}
        blocked={wrong ? t('norms.try-errors') : ready ? undefined : t('norms.choose')}
        blockedShownElsewhere
        onClick={() => void judge()}
      >
        {t('norms.try-now')}
      </Button>
      {wrong && <p className="meta">{t('norms.try-errors')}</p>}
      {tried !== undefined && <TriedVerdicts {...tried} />}
      {tried !== undefined && !readOnly && <KeepAsLabelled key={tried.events[0]?.id} text={text} tried={tried} />}
    </div>
  );
}

/** What a person says of the conversation – as judged, or otherwise – goes into the draft as a labelled test. */
function KeepAsLabelled({ text, tried }: { text: PackTextState; tried: Tried }) {
  const t = useWords();
  const [name, setName] = useState('');
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  const [kept, setKept] = useState(false);
  const norms = text.checked?.norms ?? [];
  const judged = (norm: string) => tried.verdicts.filter((verdict) => verdict.norm === norm).map(({ value }) => value);
  const chosen = Object.entries(labels).filter(([, label]) => label !== '');
  const keep = () => {
    const given = chosen.map(([norm, label]) => ({
      norm,
      values: label === 'as-judged' ? judged(norm) : label === 'nothing' ? [] : [label],
    }));
    text.change(labelledFile, withLabelled(text.files, name, tried.from, given));
    setKept(true);
  };
  if (kept) return <p role="status">{t('norms.label-kept', { file: labelledFile })}</p>;
  return (
    <details>
      <summary>{t('norms.label-keep')}</summary>
      <div className="stack">
        <p className="meta">{t('norms.label-keep-text')}</p>
        <Field label={t('norms.label-name')}>
          {(ids) => <Input {...ids} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        {norms.map(({ norm, title }) => (
          <Field key={norm} label={title} inline>
            {(ids) => (
              <Select {...ids} value={labels[norm] ?? ''} onChange={(event) => setLabels({ ...labels, [norm]: event.target.value })}>
                <option value="">{t('norms.label-none')}</option>
                <option value="as-judged">{t('norms.label-as-judged')}</option>
                {['kept', 'broken', 'moot'].map((value) => (
                  <option key={value} value={value}>
                    {wordOfCode(t, 'standing', value)}
                  </option>
                ))}
                <option value="nothing">{t('norms.value.none')}</option>
              </Select>
            )}
          </Field>
        ))}
        <Button blocked={name.trim() === '' || chosen.length === 0 ? t('norms.label-blocked') : undefined} onClick={keep}>
          {t('norms.label-keep')}
        </Button>
      </div>
    </details>
  );
}

function TriedVerdicts({ events, verdicts }: Omit<Tried, 'from'>) {
  const t = useWords();
  const say = useTongue();
  const start = events[0]?.occurredAt ?? 0;
  if (verdicts.length === 0) return <p className="meta">{t('norms.try-none')}</p>;
  const said = new Map(events.map((event) => [event.id, event.text]));
  return (
    <ul className="tried">
      {verdicts.map((verdict) => (
        <li key={`${verdict.norm} ${verdict.at} ${verdict.value}`} data-standing={verdict.value}>
          <VerdictIcon standing={verdict.value} size={16} />
          <div>
            <b>{verdict.title}</b> <span className="meta num">{clock(Math.max(0, verdict.at - start))}</span>
            <p className="meta">{say(verdict.explanation)}</p>
            {verdict.witnesses.map((event) => said.get(event) !== undefined && <q key={event}>{said.get(event)}</q>)}
          </div>
        </li>
      ))}
    </ul>
  );
}
