import { Link } from '@tanstack/react-router';
import type { OutageDetail, OutageView } from '@threerings/core/wire/outages';
import { type FormEvent, useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { namesOf } from '../app/local-time.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { OutageLine } from './outage-line.tsx';
import { outagesKey, useOutage } from './use-outages.ts';

interface OutagePaneProps {
  readonly outage: string;
  readonly keeps: boolean;
  readonly onEdit: (of: OutageView) => void;
  readonly onClose: () => void;
}

/** One outage: what was said of it, who waits for word, and its end. */
export function OutagePane({ outage, keeps, onEdit, onClose }: OutagePaneProps) {
  const t = useWords();
  const one = useOutage(outage);
  return (
    <Card className="grow" title={one.data?.view.title ?? t('outage.title')}>
      <div className="card-body scroll grow stack">
        {one.isPending && <Loading what={t('outage.title')} rows={6} />}
        {one.isError && <Failed error={one.error} onRetry={() => void one.refetch()} />}
        {one.data !== undefined && (
          <>
            <div className="row">
              <OutageLine outage={one.data.view} />
            </div>
            {keeps && one.data.view.state === 'open' && <RestoreForm view={one.data.view} onEdit={onEdit} />}
            <Steps detail={one.data} />
            <Callers detail={one.data} />
          </>
        )}
      </div>
      <footer className="card-foot row">
        <Button onClick={onClose}>{t('action.close')}</Button>
      </footer>
    </Card>
  );
}

function RestoreForm({ view, onEdit }: { view: OutageView; onEdit: (of: OutageView) => void }) {
  const t = useWords();
  const { run, busy } = useAct(outagesKey, ['promises']);
  const [tell, setTell] = useState<'sms' | 'call'>('sms');
  const [owners, setOwners] = useState('');
  const restore = (event: FormEvent) => {
    event.preventDefault();
    void run(`/api/outages/${view.outage}`, { do: 'restore', tell, owners: namesOf(owners) });
  };
  return (
    <form className="panel-actions stack" onSubmit={restore}>
      <Segmented<'sms' | 'call'>
        label={t('outage.tell')}
        value={tell}
        onChange={setTell}
        options={(['sms', 'call'] as const).map((value) => ({ value, label: t(`outage.tell.${value}`) }))}
      />
      <Field label={t('outage.owners')} hint={t('outage.owners-hint')}>
        {(ids) => <Input {...ids} value={owners} maxLength={300} onChange={(event) => setOwners(event.target.value)} />}
      </Field>
      <div className="row row-wrap">
        <Button type="submit" tone="primary" busy={busy}>
          {t('outage.restore', { n: view.callers.open })}
        </Button>
        <Button onClick={() => onEdit(view)}>{t('outage.change')}</Button>
      </div>
    </form>
  );
}

function Steps({ detail: { steps } }: { detail: OutageDetail }) {
  const t = useWords();
  const now = useNow(60_000);
  return (
    <ol className="stack">
      {steps.map(({ at, type, agent, reason, dueAt }) => (
        <li key={`${at}-${type}`} className="row-note num">
          {shortTime(at, now)} · {wordOfCode(t, 'outage-step', type) ?? type}
          {agent !== undefined && ` · ${agent}`}
          {dueAt !== undefined && ` · ${t('outage.due', { time: shortTime(dueAt, now) })}`}
          {reason !== undefined && ` · ${reason}`}
        </li>
      ))}
    </ol>
  );
}

function Callers({ detail: { callers } }: { detail: OutageDetail }) {
  const t = useWords();
  const now = useNow(60_000);
  if (callers.length === 0) return <p className="row-note">{t('outage.no-callers')}</p>;
  return (
    <ul className="stack">
      {callers.map(({ promise, interaction, owner, state, dueAt, sent }) => (
        <li key={promise} className="row row-wrap num">
          <span className="chip">
            {t(state === 'kept' ? 'outage.caller.told' : state === 'withdrawn' ? 'outage.caller.withdrawn' : 'outage.caller.open')}
          </span>
          <span className="row-note grow">
            {owner} · {t('outage.caller.due', { time: shortTime(dueAt, now) })}
            {sent !== undefined && ` · ${t(`outbox.state.${sent}`)}`}
          </span>
          {interaction !== undefined && (
            <Link to="/interactions/$interaction" params={{ interaction }}>
              {t('knowledge.gap.call')}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
