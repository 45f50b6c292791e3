import type { BoardView } from '@threerings/core/wire/board';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useNow } from '../live/clock.ts';
import { useBoard } from '../live/use-live.ts';
import { Loading, NoPermission } from '../ui/states.tsx';
import { AlertsCard } from './alerts-card.tsx';
import { CallsCard } from './calls-card.tsx';
import { DuePromises } from './due-promises.tsx';
import { EngineBanner } from './engine-banner.tsx';
import { Figures } from './figures.tsx';
import { NormsCard } from './norms-card.tsx';
import { PeopleCard } from './people-card.tsx';
import { QueuesCard } from './queues-card.tsx';
import './board.css';

/** The shift leader's board. It is fed by the live socket; the age of the data stands beside the queues. */
export function BoardPage() {
  const t = useWords();
  const person = useMe();
  const board = useBoard();
  if (!hasRole(person, 'leader', 'operations', 'administrator')) return <NoPermission roles={[t('role.leader'), t('role.operations')]} />;
  if (board === undefined) return <Loading what={t('nav.board')} rows={8} />;
  return <BoardScreen view={board.view} receivedAt={board.at} />;
}

function BoardScreen({ view, receivedAt }: { view: BoardView; receivedAt: number }) {
  const now = useNow();
  const inTongue = useTongue();
  const queueName = (queue: string) => {
    const known = view.queues.find((each) => each.queue === queue);
    return known === undefined ? queue : inTongue(known.name);
  };
  return (
    <div className="board">
      {view.engineDown !== undefined && <EngineBanner down={view.engineDown} now={now} />}
      <Figures view={view} now={now} />
      <div className="board-columns">
        <div className="board-left">
          <QueuesCard queues={view.queues} now={now} receivedAt={receivedAt} />
          <PeopleCard people={view.people} calls={view.calls} now={now} queueName={queueName} />
          <CallsCard calls={view.calls} people={view.people} now={now} queueName={queueName} />
        </div>
        <div className="board-right">
          <AlertsCard alerts={view.alerts} now={now} />
          <NormsCard norms={view.norms} now={now} />
          <DuePromises promises={view.promises} />
        </div>
      </div>
    </div>
  );
}
