import type { PromiseView } from '@threerings/core/wire/desk';
import { Handshake } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { PromiseItem } from '../promises/promise-item.tsx';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';

const mostShown = 20;

/** Open promises by due time, overdue ones on top. */
export function DuePromises({ promises }: { promises: readonly PromiseView[] }) {
  const t = useWords();
  const open = promises.filter(({ state }) => state === 'open' || state === 'missed').sort((a, b) => a.dueAt - b.dueAt);
  return (
    <Card
      className="grow"
      icon={<Handshake size={16} aria-hidden />}
      title={t('board.promises-due')}
      aside={<span className="meta num">{open.length}</span>}
    >
      <div className="card-body scroll stack">
        {open.length === 0 && <Empty title={t('promise.none')} />}
        {open.slice(0, mostShown).map((promise) => (
          <PromiseItem key={promise.promise} promise={promise} />
        ))}
      </div>
    </Card>
  );
}
