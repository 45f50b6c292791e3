import type { ChatRow, ChatsView } from '@threerings/core/wire/chat';
import { MessagesSquare } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useChats } from '../live/use-live.ts';
import { Loading, Note } from '../ui/states.tsx';
import { ChatList } from './chat-list.tsx';
import { LeadersChats } from './leaders-chats.tsx';
import { OpenChat } from './open-chat.tsx';
import './chats.css';

/** The chats of an agent: the nearest limit first, the open conversation, what the norms want in it. Leaders see those they watch over. */
export function ChatsPage() {
  const t = useWords();
  const person = useMe();
  const chats = useChats();
  if (!hasRole(person, 'agent')) return <LeadersChats />;
  if (chats === undefined) return <Loading what={t('nav.chats')} />;
  return <AgentsChats view={chats.view} />;
}

function AgentsChats({ view }: { view: ChatsView }) {
  const t = useWords();
  const [wanted, setOpen] = useState<string | undefined>(undefined);
  const { rows } = view;
  const open = rows.find(({ interaction }) => interaction === wanted) ?? rows[0];
  useRowKeys(rows, open, setOpen);
  return (
    <div className="chats">
      <ChatList view={view} open={open?.interaction} onOpen={setOpen} />
      {open === undefined ? (
        <Note
          icon={<MessagesSquare size={28} aria-hidden />}
          title={t('chats.none')}
          text={t(view.seat.open ? 'chats.none-open' : 'chats.none-closed')}
        />
      ) : (
        <OpenChat key={open.interaction} row={open} view={view} />
      )}
    </div>
  );
}

/** Alt ↑ ↓: the next conversation by its clock. */
function useRowKeys(rows: readonly ChatRow[], open: ChatRow | undefined, onOpen: (interaction: string) => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (!event.altKey || step === 0 || event.isComposing) return;
      const next = rows[rows.findIndex(({ interaction }) => interaction === open?.interaction) + step];
      if (next === undefined) return;
      event.preventDefault();
      onOpen(next.interaction);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [rows, open, onOpen]);
}
