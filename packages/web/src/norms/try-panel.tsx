import type { TraceEvent } from '@threerings/norms/trace';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { useInteraction } from '../interactions/use-interactions.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { VerdictIcon } from '../ui/verdict.tsx';
import type { TriedVerdict } from './checking.ts';
import { eventsOfPasted, readPasted, traceOf } from './conversation.ts';
import { useCalendar } from './use-norm-packs.ts';
import type { PackTextState } from './use-pack-text.ts';

interface Tried {
  readonly events: readonly TraceEvent[];
  readonly verdicts: readonly TriedVerdict[];
}

/** Judges a pasted or a stored conversation by the text as it stands, here in the page: nothing is sent and nothing is stored. */
export function TryPanel({ text }: { text: PackTextState }) {
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
    setTried(verdicts === undefined ? undefined : { events, verdicts });
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
    </div>
  );
}

function TriedVerdicts({ events, verdicts }: Tried) {
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
