import type { PromiseView } from '@threerings/core/wire/desk';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { dueWords } from '../app/time-words.ts';
import { useNow } from '../live/clock.ts';
import { VerdictBadge } from '../ui/verdict.tsx';
import { promiseStanding } from './promise-standing.ts';
import './promise-item.css';

export function PromiseItem({ promise }: { promise: PromiseView }) {
  const t = useWords();
  const now = useNow();
  const standing = promiseStanding(promise, now);
  const settled = promise.state !== 'open';
  return (
    <article className="promise" data-standing={standing}>
      <p className="strong">
        {wordOfCode(t, 'promise.kind', promise.kind)}
        {promise.about !== undefined && ` · ${promise.about}`}
      </p>
      <p className="row row-wrap">
        <VerdictBadge standing={standing} text={settled ? t(`promise.state.${promise.state}`) : dueWords(t, promise.dueAt, now)} />
        <span className="grow" />
        <span className="meta num">
          {promise.owner}
          {promise.firstReceiver !== promise.owner && ` · ${t('promise.first', { who: promise.firstReceiver })}`}
        </span>
      </p>
    </article>
  );
}
