import { TriangleAlert } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { ringCount } from './rings.ts';

interface RingCounterProps {
  readonly since: number;
  readonly now: number;
  readonly ringMs: number;
  readonly limit: number;
}

/** One box a ring; the last, dashed one is where late begins. The number of boxes follows the limit of the pack. */
export function RingCounter({ since, now, ringMs, limit }: RingCounterProps) {
  const t = useWords();
  const count = ringCount(since, now, ringMs, limit);
  return (
    <ol className="ring-boxes" data-late={count.late} aria-label={t('ring.count', { n: count.ring })}>
      {count.boxes.map((box) => (
        <li
          key={box.state === 'over' ? 'over' : box.ring}
          className={box.state === 'now' ? 'breathe' : ''}
          data-state={box.state}
          data-last={box.ring === limit}
        >
          <b className="row">
            {box.state === 'now' && box.ring === limit && <TriangleAlert size={15} aria-hidden />}
            {t('ring.nth', { n: box.ring })}
          </b>
          <span>
            {box.state === 'past' && t('ring.past')}
            {box.state === 'now' && t('ring.left', { n: ((box.leftMs ?? 0) / 1000).toFixed(1) })}
            {box.state === 'next' && t('ring.next')}
            {box.state === 'over' && t(count.late ? 'ring.late' : 'ring.late-from')}
          </span>
        </li>
      ))}
    </ol>
  );
}
