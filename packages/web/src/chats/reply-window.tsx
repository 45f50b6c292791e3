import type { ChatRow } from '@threerings/core/wire/chat';
import { Clock, Phone, Send } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useOutboxChannels } from '../outbox/use-outbox.ts';
import { Button } from '../ui/button.tsx';

const NewMessageSheet = lazy(() => import('../outbox/new-message-sheet.tsx').then((all) => ({ default: all.NewMessageSheet })));

/** Told beforehand from so little on. */
const fewMessages = 2;
const soonMs = 3_600_000;

/** What the customer's channel still lets the house write: known before the words are written. */
export function ReplyWindow({ window: { until, left } }: { window: NonNullable<ChatRow['window']> }) {
  const t = useWords();
  const now = useNow();
  const over = left === 0 || now >= until;
  const words = now >= until ? t('chats.window-over') : left === 0 ? t('chats.window-used') : undefined;
  return (
    <p
      className="chat-window meta"
      data-tone={over ? 'over' : left <= fewMessages || until - now < soonMs ? 'near' : 'plain'}
      role="status"
    >
      <Clock size={14} aria-hidden />
      {words ?? t('chats.window', { left, time: shortTime(until, now) })}
    </p>
  );
}

interface OtherWaysProps {
  readonly interaction: string;
  /** what is to be told, as far as it is written */
  readonly text: string;
  readonly onPromise: (about: string) => void;
}

/** The ways out when the channel brings nothing more: a text message or mail with the same words, or a promise to call back. */
export function OtherWays({ interaction, text, onPromise }: OtherWaysProps) {
  const t = useWords();
  const [sending, setSending] = useState(false);
  const channels = useOutboxChannels().data?.channels ?? [];
  return (
    <span className="row row-wrap chat-other-ways">
      <Button
        size="small"
        icon={<Send size={14} aria-hidden />}
        blocked={channels.length === 0 ? t('outbox.no-channels') : undefined}
        onClick={() => setSending(true)}
      >
        {t('chats.by-message')}
      </Button>
      <Button size="small" icon={<Phone size={14} aria-hidden />} onClick={() => onPromise(text)}>
        {t('chats.by-callback')}
      </Button>
      {sending && (
        <Suspense fallback={null}>
          <NewMessageSheet channels={channels} begins={{ text, interaction }} onClose={() => setSending(false)} />
        </Suspense>
      )}
    </span>
  );
}
