import { Link } from '@tanstack/react-router';
import { leftWord } from '@threerings/core/promises/view';
import { eventSpec } from '@threerings/core/timeline/vocabulary';
import type { PromiseDetail } from '@threerings/core/wire/ledger';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { hasRole, useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Card } from '../ui/card.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { PromiseActions } from './promise-actions.tsx';
import { promiseStanding } from './promise-standing.ts';
import { usePromise } from './use-promises.ts';
import { WordLeftBox } from './word-left.tsx';

/** One promise: what can be done now on top, then whom to call, then what happened. */
export function PromisePanel({ promise }: { promise: string }) {
  const t = useWords();
  const detail = usePromise(promise);
  if (detail.isPending) return <Loading what={t('ledger.title')} />;
  if (detail.isError) return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
  return <Shown detail={detail.data} />;
}

function Shown({ detail }: { detail: PromiseDetail }) {
  const t = useWords();
  const now = useNow();
  const person = useMe();
  const { view, number } = detail;
  const open = view.state === 'open' || view.state === 'missed';
  const mayAct = view.owner === person.agent || hasRole(person, 'leader');
  return (
    <Card
      title={
        <span className="row">
          <VerdictBadge standing={promiseStanding(view, now)} text={t(`promise.state.${view.state}`)} />
          {wordOfCode(t, 'promise.kind', view.kind)}
        </span>
      }
    >
      <div className="card-body scroll stack grow">
        {view.channel === leftWord && <WordLeftBox promise={view.promise} />}
        {view.about !== undefined && <p className="panel-about">{view.about}</p>}
        {open && mayAct && view.ticket === undefined && <PromiseActions view={view} />}
        <dl className="facts">
          <dt>{t('ledger.number')}</dt>
          <dd className="num strong">{number ?? t('ledger.no-number')}</dd>
          <dt>{t('ledger.due')}</dt>
          <dd className="num">{shortTime(view.dueAt, now)}</dd>
          <dt>{t('ledger.owner')}</dt>
          <dd className="num">
            {wordOfCode(t, 'role', view.owner)} {view.firstReceiver !== view.owner && t('promise.first', { who: view.firstReceiver })}
          </dd>
          {view.interaction !== undefined && (
            <>
              <dt>{t('nav.interactions')}</dt>
              <dd>
                <Link to="/interactions/$interaction" params={{ interaction: view.interaction }}>
                  {t('ledger.call')}
                </Link>
              </dd>
            </>
          )}
          {view.ticket !== undefined && (
            <>
              <dt>{t('nav.tickets')}</dt>
              <dd>
                <Link to="/tickets/$ticket" params={{ ticket: view.ticket }}>
                  {t('ledger.ticket')}
                </Link>
              </dd>
            </>
          )}
        </dl>
        <h3 className="meta strong">{t('ledger.steps')}</h3>
        <Steps steps={detail.steps} />
      </div>
    </Card>
  );
}

function Steps({ steps }: { steps: PromiseDetail['steps'] }) {
  const t = useWords();
  const now = useNow(60_000);
  const { language } = usePreferences();
  return (
    <ol className="steps">
      {steps.toReversed().map((step) => (
        <li key={`${step.at} ${step.type} ${step.facts['level'] ?? step.facts['attempt'] ?? ''}`}>
          <time className="num">{shortTime(step.at, now)}</time>
          <span>
            {eventSpec(step.type)?.[language] ?? step.type}
            {step.facts['outcome'] !== undefined && ` · ${wordOfCode(t, 'promise.outcome', step.facts['outcome'])}`}
            {step.facts['to'] !== undefined && ` → ${wordOfCode(t, 'role', step.facts['to'])}`}
            {step.facts['reason'] !== undefined && ` · ${step.facts['reason']}`}
          </span>
          <span className="meta num">{step.facts['agent'] ?? ''}</span>
        </li>
      ))}
    </ol>
  );
}
