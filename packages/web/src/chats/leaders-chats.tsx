import { useQuery } from '@tanstack/react-query';
import { type ChatRow, chatRow } from '@threerings/core/wire/chat';
import { MessagesSquare } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useInteractionFeed } from '../live/use-live.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Textarea } from '../ui/field.tsx';
import { Loading, Note } from '../ui/states.tsx';
import { RowWords } from './chat-list.tsx';
import { fatesOf } from './fates.ts';
import { sentFilesOf } from './sent-files.ts';
import { Conversation } from './talk.tsx';
import { useChatAct } from './use-chat-act.ts';

const everyMs = 5000;

/** All chats of the agents whom a leader watches over, and a word to one of them that the customer does not see. */
export function LeadersChats() {
  const t = useWords();
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const chats = useQuery({
    queryKey: ['chats-of-leaders'],
    queryFn: () => request('/api/chats', z.array(chatRow)),
    refetchInterval: everyMs,
  });
  if (chats.data === undefined) return <Loading what={t('nav.chats')} />;
  const open = chats.data.find(({ interaction }) => interaction === wanted);
  return (
    <div className="chats">
      <Card icon={<MessagesSquare size={16} aria-hidden />} title={t('chats.all')}>
        <ul className="chat-rows">
          {chats.data.map((row) => (
            <li key={row.interaction}>
              <button
                type="button"
                className="chat-row"
                aria-current={row.interaction === wanted}
                onClick={() => setWanted(row.interaction)}
              >
                <span className="chat-row-clock">{row.agent ?? '—'}</span>
                <RowWords row={row} />
              </button>
            </li>
          ))}
        </ul>
      </Card>
      {open === undefined ? (
        <Note icon={<MessagesSquare size={28} aria-hidden />} title={t('chats.choose')} text={t('chats.choose-text')} />
      ) : (
        <Watched key={open.interaction} row={open} />
      )}
    </div>
  );
}

function Watched({ row }: { row: ChatRow }) {
  const t = useWords();
  const { run, busy } = useChatAct();
  const [text, setText] = useState('');
  const { interaction, agent } = row;
  const events = useInteractionFeed(interaction)?.events.filter(({ type }) => type.startsWith('chat.')) ?? [];
  const said = events.filter(({ type }) => ['chat.received', 'chat.sent', 'chat.whispered', 'chat.ended'].includes(type));
  const whisper = async () => {
    if (await run({ kind: 'whisper', interaction, text: text.trim() })) setText('');
  };
  return (
    <Card className="chat-talk" title={row.name ?? t('chats.visitor', { id: interaction.slice(0, 4) })}>
      <Conversation interaction={interaction} events={said} fates={fatesOf(events)} files={sentFilesOf(events)} />
      {agent !== undefined && row.state !== 'ended' && (
        <div className="chat-compose">
          <Textarea
            rows={2}
            maxLength={2000}
            aria-label={t('chats.whisper-to', { agent })}
            placeholder={t('chats.whisper-to', { agent })}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <div className="chat-compose-foot">
            <span className="grow" />
            <Button
              tone="primary"
              busy={busy}
              blocked={text.trim() === '' ? t('chats.whisper-empty') : undefined}
              onClick={() => void whisper()}
            >
              {t('chats.whisper')}
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}
