import type { ChatRow, ChatsView } from '@threerings/core/wire/chat';
import { MessagesSquare } from 'lucide-react';
import type { PlainKey } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { useChatAct } from './use-chat-act.ts';

const stateWords: Record<ChatRow['state'], PlainKey> = {
  waiting: 'chats.state.waiting',
  new: 'chats.state.new',
  reply: 'chats.state.reply',
  theirs: 'chats.state.theirs',
  ended: 'chats.state.ended',
};

interface ChatListProps {
  readonly view: ChatsView;
  readonly open: string | undefined;
  readonly onOpen: (interaction: string) => void;
}

export function ChatList({ view, open, onOpen }: ChatListProps) {
  const t = useWords();
  const { run, busy } = useChatAct();
  const { seat, rows, waiting, reassignMs } = view;
  return (
    <Card
      icon={<MessagesSquare size={16} aria-hidden />}
      title={t('chats.mine')}
      aside={
        <>
          <span className="meta">{t('chats.room', { chats: seat.chats, capacity: seat.capacity })}</span>
          <Button size="small" pressed={seat.open} busy={busy} onClick={() => void run({ kind: 'seat', open: !seat.open })}>
            {t(seat.open ? 'chats.seat-open' : 'chats.seat-closed')}
          </Button>
        </>
      }
      footer={<p className="meta">{t('chats.queue', { waiting, seconds: Math.round(reassignMs / 1000) })}</p>}
    >
      <ul className="chat-rows">
        {rows.map((row) => (
          <li key={row.interaction}>
            <button
              type="button"
              className="chat-row"
              aria-current={row.interaction === open}
              data-state={row.state}
              onClick={() => onOpen(row.interaction)}
            >
              {row.clock === undefined ? (
                <span className="chat-row-clock" aria-hidden />
              ) : (
                <Countdown since={row.waitingSince ?? row.since} deadline={row.clock.deadline} warnAt={row.clock.deadline - 15_000} />
              )}
              <RowWords row={row} />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Who it is, the newest words, and where it stands; also in the leader's list. */
export function RowWords({ row }: { row: ChatRow }) {
  const t = useWords();
  const localised = useTongue();
  const { name, channel, queueName, last, unread, state, reassigned } = row;
  return (
    <span className="chat-row-words">
      <span className="chat-row-head">
        <b>{name ?? t('chats.visitor', { id: row.interaction.slice(0, 4) })}</b>
        <span className="meta">
          {t(channelWord(channel))}
          {queueName !== undefined && ` · ${localised(queueName)}`}
        </span>
      </span>
      <span className="chat-row-last">{last?.text ?? ''}</span>
      <span className="meta">
        {t(stateWords[state])}
        {reassigned && ` · ${t('chats.reassigned')}`}
        {unread > 0 && <span className="chat-unread">{unread}</span>}
      </span>
    </span>
  );
}

function channelWord(channel: string): PlainKey {
  if (channel === 'wechat') return 'chats.channel.wechat';
  if (channel === 'wecom') return 'chats.channel.wecom';
  return channel === 'qq' ? 'chats.channel.qq' : 'chats.channel.web';
}
