import type { BoardQueue } from '@threerings/core/wire/board';
import { Check, ListOrdered, TriangleAlert } from 'lucide-react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';
import { percent } from '../verdicts/tally.ts';
import { share } from './figures.ts';

/** A service level below this is said in words and by a sign, not by colour alone. */
const target = 0.95;
const longWaitMs = 15_000;

interface QueuesCardProps {
  readonly queues: readonly BoardQueue[];
  readonly now: number;
  readonly receivedAt: number;
}

export function QueuesCard({ queues, now, receivedAt }: QueuesCardProps) {
  const t = useWords();
  const age = Math.max(0, Math.floor((now - receivedAt) / 1000));
  return (
    <Card
      icon={<ListOrdered size={16} aria-hidden />}
      title={t('board.queues')}
      aside={<span className="meta num">{age < 1 ? t('data.now') : t('data.age', { n: age })}</span>}
    >
      {queues.length === 0 ? (
        <Empty title={t('board.no-queues')} />
      ) : (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th>{t('board.queue')}</th>
                <th className="num-col">{t('board.waiting')}</th>
                <th className="num-col">{t('board.longest-head')}</th>
                <th className="num-col">{t('board.ready')}</th>
                <th className="num-col">{t('board.talking')}</th>
                <th>{t('board.in-time-today')}</th>
              </tr>
            </thead>
            <tbody>
              {queues.map((queue) => (
                <QueueRow key={queue.queue} queue={queue} now={now} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function QueueRow({ queue, now }: { queue: BoardQueue; now: number }) {
  const t = useWords();
  const inTongue = useTongue();
  const oldest = queue.waitingSince[0];
  const wait = oldest === undefined ? undefined : now - oldest;
  const long = wait !== undefined && wait > longWaitMs;
  const inTime = share(queue.today.answeredInTime, queue.today.answered + queue.today.abandoned - queue.today.abandonedShort);
  const below = inTime !== undefined && inTime < target;
  return (
    <tr>
      <td className="strong">{inTongue(queue.name)}</td>
      <td className="num-col strong">{queue.waitingSince.length}</td>
      <td className="num-col" data-alert={long}>
        {long && <TriangleAlert size={14} aria-label={t('board.long-wait')} />} {wait === undefined ? '—' : clock(wait)}
      </td>
      <td className="num-col">{queue.ready}</td>
      <td className="num-col">{queue.talking}</td>
      <td>
        <span className="row">
          <span className="level" aria-hidden>
            <i data-below={below} style={{ width: `${(inTime ?? 0) * 100}%` }} />
          </span>
          <span className="num">{percent(inTime)}</span>
          {inTime !== undefined &&
            (below ? (
              <TriangleAlert size={15} className="level-below" aria-label={t('board.below')} />
            ) : (
              <Check size={15} className="level-ok" aria-label={t('board.on-target')} />
            ))}
        </span>
      </td>
    </tr>
  );
}
