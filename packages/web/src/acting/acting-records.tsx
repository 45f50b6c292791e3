import { Link } from '@tanstack/react-router';
import type { ActingRecord } from '@threerings/core/wire/acting';
import { HandHelping } from 'lucide-react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { shortTime, timeOfDay } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Card } from '../ui/card.tsx';
import { useActingRecords } from './use-acting.ts';
import './acting.css';

interface RecordsProps {
  readonly of: 'interactions' | 'customers';
  readonly id: string;
}

/** What was done for the customer, with the plan that was agreed to. Nothing where nothing was done, or may not be seen. */
export function ActingRecords({ of, id }: RecordsProps) {
  const t = useWords();
  const records = useActingRecords(of, id);
  if (records.data === undefined || records.data.length === 0) return null;
  return (
    <Card
      className="acting-records"
      icon={<HandHelping size={16} aria-hidden />}
      title={t('acting.records')}
      aside={<span className="meta num">{records.data.length}</span>}
    >
      <div className="card-body scroll stack">
        {records.data.map((record) => (
          <RecordRow key={record.proxy} record={record} linked={of === 'customers'} />
        ))}
      </div>
    </Card>
  );
}

function RecordRow({ record, linked }: { record: ActingRecord; linked: boolean }) {
  const t = useWords();
  const say = useTongue();
  const now = useNow(60_000);
  const { name, agent, at, plan, consentedAt, executedAt, outcome, declined, blocked, interaction } = record;
  const state = declined !== undefined ? 'declined' : executedAt === undefined ? 'open' : outcome === undefined ? 'executed' : 'told';
  return (
    <article className="acting-record">
      <p className="row">
        <b className="grow">{say(name)}</b>
        <span className="chip">{t(outcome === 'failed' ? 'acting.state.failed' : `acting.state.${state}`)}</span>
        {linked ? (
          <Link to="/interactions/$interaction" params={{ interaction }} className="num">
            {shortTime(at, now)}
          </Link>
        ) : (
          <span className="meta num">{timeOfDay(at)}</span>
        )}
        {agent !== undefined && <span className="meta num">{agent}</span>}
      </p>
      {plan === undefined ? (
        <p className="meta">{t('acting.erased')}</p>
      ) : (
        <dl className="acting-plan">
          {plan.map(({ field, name: label, value, choice }) => (
            <div key={field}>
              <dt>{say(label)}</dt>
              <dd>{choice === undefined ? value : say(choice)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="meta">
        {[
          consentedAt === undefined ? t('acting.no-consent') : t('acting.consented-at', { time: timeOfDay(consentedAt) }),
          ...(executedAt === undefined ? [] : [t('acting.executed-at', { time: timeOfDay(executedAt) })]),
          ...(declined === undefined ? [] : [t('acting.declined-because', { reason: declined })]),
          ...(blocked.length === 0 ? [] : [t('acting.stopped', { n: blocked.length })]),
        ].join(' · ')}
      </p>
    </article>
  );
}
