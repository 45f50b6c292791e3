import type { ChatRow, ChatsView } from '@threerings/core/wire/chat';
import type { WireEvent } from '@threerings/core/wire/events';
import { useEffect, useRef, useState } from 'react';
import { ActingButton } from '../acting/acting-button.tsx';
import { useWords } from '../app/i18n/use-words.ts';
import { timeOfDay } from '../app/time.ts';
import { useOwnNow } from '../live/clock.ts';
import { useInteractionFeed, useLive } from '../live/use-live.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Compose } from './compose.tsx';
import { type Fate, fatesOf } from './fates.ts';
import { HandOverSheet } from './hand-over-sheet.tsx';
import { OtherWays } from './reply-window.tsx';
import { SaidFile } from './said-file.tsx';
import { type SentFiles, sentFilesOf } from './sent-files.ts';
import { useChatAct } from './use-chat-act.ts';

const shown: ReadonlySet<string> = new Set(['chat.received', 'chat.sent', 'chat.whispered', 'chat.transferred', 'chat.idle', 'chat.ended']);

interface TalkProps {
  readonly row: ChatRow;
  readonly view: ChatsView;
  readonly closing: boolean;
  readonly onClose: () => void;
  readonly onPromise: (about?: string) => void;
  readonly onIdentity: () => void;
}

/** The open conversation and the box in which it is answered. */
export function Talk({ row, view, closing, onClose, onPromise, onIdentity }: TalkProps) {
  const t = useWords();
  const { run, busy } = useChatAct();
  const [handing, setHanding] = useState(false);
  const { interaction, state } = row;
  const all = useInteractionFeed(interaction)?.events ?? [];
  const events = all.filter(({ type }) => shown.has(type));
  useSeen(interaction, events, run);
  const asked = events.some(({ type, text }) => type === 'chat.sent' && text?.includes(t('chats.ask-more-words')) === true);
  return (
    <Card
      className="chat-talk"
      title={row.name ?? t('chats.visitor', { id: interaction.slice(0, 4) })}
      aside={
        state === 'ended' ? (
          <Button tone="primary" hint="Ctrl ↵" busy={closing} onClick={onClose}>
            {t('chats.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onIdentity}>{t('chats.beside.identity')}</Button>
            <Button hint="Alt P" onClick={() => onPromise()}>
              {t('chats.beside.promises')}
            </Button>
            <ActingButton interaction={interaction} />
            <Button onClick={() => setHanding(true)}>{t('chats.hand-over')}</Button>
            <Button busy={busy} onClick={() => void run({ kind: 'end', interaction })}>
              {t('chats.end')}
            </Button>
          </>
        )
      }
    >
      {row.brief !== undefined && <p className="chat-brief">{t('chats.brief', { brief: row.brief })}</p>}
      <Conversation interaction={interaction} events={events} fates={fatesOf(all)} files={sentFilesOf(all)} onPromise={onPromise} />
      {state !== 'ended' && <Compose key={interaction} row={row} asked={asked} onPromise={onPromise} />}
      {handing && <HandOverSheet interaction={interaction} colleagues={view.colleagues} onClose={() => setHanding(false)} />}
    </Card>
  );
}

/** The newest message of the customer counts as seen once this page, in the foreground, shows it. */
function useSeen(interaction: string, events: readonly WireEvent[], run: ReturnType<typeof useChatAct>['run']): void {
  const newest = events.findLast(({ type }) => type === 'chat.received')?.fields['message'];
  const answered = events.at(-1)?.type === 'chat.sent';
  useEffect(() => {
    if (typeof newest !== 'string' || answered) return;
    const tell = () => document.visibilityState === 'visible' && void run({ kind: 'read', interaction, message: newest });
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [interaction, newest, answered, run]);
}

const typingShownMs = 5000;

interface ConversationProps {
  interaction: string;
  events: readonly WireEvent[];
  fates: ReadonlyMap<string, Fate>;
  files: ReadonlyMap<string, SentFiles>;
  /** offers the ways out beside a message that did not arrive */
  onPromise?: ((about: string) => void) | undefined;
}

export function Conversation({ interaction, events, fates, files, onPromise }: ConversationProps) {
  const t = useWords();
  const end = useRef<HTMLDivElement>(null);
  const typing = useTyping(interaction);
  const count = events.length;
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: 'end' });
  }, [count]);
  return (
    <div className="chat-messages" role="log" aria-live="polite" aria-label={t('chats.conversation')}>
      {events.map((event) => (
        <Said
          key={event.id}
          interaction={interaction}
          event={event}
          fate={event.type === 'chat.sent' ? fates.get(String(event.fields['message'])) : undefined}
          files={event.type === 'chat.received' ? files.get(String(event.fields['message'])) : undefined}
          onPromise={onPromise}
        />
      ))}
      {typing && <p className="meta">{t('chats.typing')}</p>}
      <div ref={end} />
    </div>
  );
}

interface SaidProps extends Pick<ConversationProps, 'interaction' | 'onPromise'> {
  readonly event: WireEvent;
  readonly fate: Fate | undefined;
  readonly files: SentFiles | undefined;
}

function Said({ interaction, event, fate, files, onPromise }: SaidProps) {
  const t = useWords();
  const { type, text, occurredAt, fields } = event;
  if (type === 'chat.transferred')
    return (
      <p className="chat-mark">
        {t(event.by === 'system' ? 'chats.handed-on' : 'chats.handed-over', { agent: String(fields['agent'] ?? '') })}
      </p>
    );
  if (type === 'chat.idle') return <p className="chat-mark">{t('chats.idle')}</p>;
  if (type === 'chat.ended') return <p className="chat-mark">{t('chats.ended')}</p>;
  const from = type === 'chat.received' ? 'customer' : type === 'chat.whispered' ? 'leader' : 'agent';
  return (
    <div className="chat-said" data-from={from}>
      {from === 'leader' && <b>{t('chats.whisper')}</b>}
      {type === 'chat.sent' && event.by === 'system' && <b className="meta">{t('chats.automatic')}</b>}
      {typeof fields['attachment'] === 'string' && text !== undefined ? (
        <SaidFile interaction={interaction} attachment={fields['attachment']} name={text} picture={fields['kind'] === 'image'} />
      ) : (
        <p>{text ?? t('chat-page.erased')}</p>
      )}
      {files?.kept.map((attachment) => (
        <SaidFile key={attachment} interaction={interaction} attachment={attachment} picture={fields['kind'] === 'image'} />
      ))}
      {files?.missing.map((reason) => (
        <p key={reason} className="chat-fate">
          {t('chats.missing', { why: t(isMissing(reason) ? missingKeys[reason] : 'chats.missing.refused') })}
        </p>
      ))}
      <span className="meta">{timeOfDay(occurredAt)}</span>
      {fate !== undefined && <Undelivered fate={fate} />}
      {fate?.final === true && onPromise !== undefined && <OtherWays interaction={interaction} text={text ?? ''} onPromise={onPromise} />}
    </div>
  );
}

/** Why a message has not reached the customer, and whether somebody must do something. */
function Undelivered({ fate: { reason, final } }: { fate: Fate }) {
  const t = useWords();
  const why = t(isReason(reason) ? reasonKeys[reason] : 'chats.undelivered.refused');
  return (
    <p className="chat-fate" data-final={final} role={final ? 'alert' : undefined}>
      {t(final ? 'chats.undelivered' : 'chats.delayed', { why })}
    </p>
  );
}

const reasonKeys = {
  unreachable: 'chats.undelivered.unreachable',
  busy: 'chats.undelivered.busy',
  unauthorised: 'chats.undelivered.unauthorised',
  'window-closed': 'chats.undelivered.window-closed',
  'window-used': 'chats.undelivered.window-used',
  'customer-refuses': 'chats.undelivered.customer-refuses',
  elsewhere: 'chats.undelivered.elsewhere',
  refused: 'chats.undelivered.refused',
  'no-channel': 'chats.undelivered.no-channel',
  erased: 'chats.undelivered.erased',
} as const;

function isReason(reason: string): reason is keyof typeof reasonKeys {
  return Object.hasOwn(reasonKeys, reason);
}

const missingKeys = {
  expired: 'chats.missing.expired',
  type: 'chats.missing.type',
  'too-large': 'chats.missing.too-large',
  'too-many': 'chats.missing.too-many',
  infected: 'chats.missing.infected',
  refused: 'chats.missing.refused',
  'no-channel': 'chats.undelivered.no-channel',
  erased: 'chat-page.erased',
} as const;

function isMissing(reason: string): reason is keyof typeof missingKeys {
  return Object.hasOwn(missingKeys, reason);
}

function useTyping(interaction: string): boolean {
  const live = useLive();
  const [at, setAt] = useState(0);
  const now = useOwnNow();
  useEffect(
    () =>
      live.onPush((push) => {
        if (push.kind === 'chat-typing' && push.interaction === interaction) setAt(Date.now());
      }),
    [live, interaction],
  );
  return now - at < typingShownMs;
}
