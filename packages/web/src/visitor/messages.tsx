import { useEffect, useRef } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { timeOfDay } from '../app/time.ts';
import { useOwnNow } from '../live/clock.ts';
import { FileBubble } from './file-bubble.tsx';
import type { VisitorChatState } from './visitor-state.ts';

/** How long “is writing” stands after the last sign of it, ms. */
const typingShownMs = 5000;

/** What was written. New messages are read out; a page in the background marks nothing as seen. */
export function Messages({
  state,
  onSeen,
  onFile,
}: {
  state: VisitorChatState;
  onSeen: () => void;
  onFile: (attachment: string) => Promise<Blob>;
}) {
  const t = useWords();
  const end = useRef<HTMLDivElement>(null);
  const now = useOwnNow();
  const { messages, outgoing, seen, typingAt } = state;
  const count = messages.length + outgoing.length;
  useEffect(() => {
    if (count === 0) return;
    end.current?.scrollIntoView({ block: 'end' });
    if (document.visibilityState === 'visible') onSeen();
  }, [count, onSeen]);
  const seenPlace = messages.findIndex(({ message }) => message === seen);
  const lastOwn = messages.findLastIndex(({ from }) => from === 'customer');
  return (
    <div className="visitor-messages" role="log" aria-live="polite" aria-label={t('chat-page.messages')}>
      {messages.map(({ message, from, text, at, as, attachment }, place) => (
        <div key={message} className="bubble" data-from={from}>
          <span className="visually-hidden">{t(from === 'customer' ? 'chat-page.you' : 'chat-page.agent')}</span>
          {attachment === undefined || text === undefined ? (
            <p>{text ?? t('chat-page.erased')}</p>
          ) : (
            <FileBubble name={text} picture={as === 'image'} load={() => onFile(attachment)} />
          )}
          <span className="bubble-note">
            {timeOfDay(at)}
            {place === lastOwn && seenPlace >= place && ` ${t('chat-page.seen')}`}
          </span>
        </div>
      ))}
      {outgoing.map(({ message, text, refused }) => (
        <div
          key={message}
          className="bubble"
          data-from="customer"
          data-waiting={refused === undefined}
          data-refused={refused !== undefined}
        >
          <p>{text}</p>
          <span className="bubble-note">{refused ?? t('chat-page.sending')}</span>
        </div>
      ))}
      {typingAt !== undefined && now - typingAt < typingShownMs && <p className="bubble-note">{t('chat-page.typing')}</p>}
      <div ref={end} />
    </div>
  );
}
