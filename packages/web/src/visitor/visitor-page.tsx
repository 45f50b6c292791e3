import { WifiOff } from 'lucide-react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { hotlineTitle } from '../app/hotline-title.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { rememberNoPreferences, usePreferences } from '../app/preferences.ts';
import { LanguageChoice } from '../app/settings-sheet.tsx';
import { Ended } from './ended.tsx';
import { LeaveMessage } from './leave-message.tsx';
import { Messages } from './messages.tsx';
import { StartChat } from './start-chat.tsx';
import { VisitorChat } from './visitor-chat.ts';
import type { VisitorChatState } from './visitor-state.ts';
import { WriteBox } from './write-box.tsx';
import './visitor.css';

/** The public page of chats, alone or inside another site: one column, no account, nothing stored before the visitor agrees. */
export function VisitorPage() {
  const queue = new URLSearchParams(window.location.search).get('queue') ?? undefined;
  const chat = useMemo(() => new VisitorChat(), []);
  const state = useSyncExternalStore(chat.subscribe, chat.getState);
  useEffect(() => {
    rememberNoPreferences();
    void chat.look(queue);
    return () => chat.stop();
  }, [chat, queue]);
  return <VisitorView chat={chat} state={state} queue={queue} />;
}

export type VisitorActions = Pick<
  VisitorChat,
  'start' | 'write' | 'sendFile' | 'file' | 'typing' | 'read' | 'leave' | 'askReply' | 'rate' | 'again'
>;

export function VisitorView({ chat, state, queue }: { chat: VisitorActions; state: VisitorChatState; queue?: string | undefined }) {
  const t = useWords();
  const { language } = usePreferences();
  const { door, push } = state;
  const writing = push !== undefined && push.state !== 'ended' && !state.over;
  return (
    <div className="visitor">
      <header className="visitor-head">
        <h1 className="grow">{door === undefined ? t('chat-page.title') : hotlineTitle(door.hotline)}</h1>
        <LanguageChoice language={language} />
      </header>
      {state.lineLost && (
        <p className="banner" data-tone="warn" role="status">
          <WifiOff size={18} aria-hidden />
          {t('chat-page.line-lost')}
        </p>
      )}
      {state.phase === 'up' ? (
        <>
          <Standing state={state} />
          <Messages state={state} onSeen={chat.read} onFile={chat.file} />
          {push?.state === 'nobody' || push?.state === 'closed' ? <LeaveMessage onSend={chat.askReply} onLeave={chat.leave} /> : null}
          {push?.state === 'ended' || state.over ? <Ended state={state} onRate={chat.rate} onAgain={chat.again} /> : null}
          {writing && (
            <WriteBox
              waiting={push.state !== 'talking'}
              onWrite={chat.write}
              onFile={(file) => chat.sendFile(file, t('chat-page.file-too-large', { most: door?.mostFileMegabytes ?? 0 }))}
              onTyping={chat.typing}
              onLeave={chat.leave}
              onAskReply={chat.askReply}
            />
          )}
        </>
      ) : (
        <StartChat state={state} onStart={(given) => void chat.start({ ...given, language, queue })} />
      )}
    </div>
  );
}

/** Where the chat stands, in words; read out politely when it changes. */
function Standing({ state: { push } }: { state: VisitorChatState }) {
  const t = useWords();
  if (push === undefined) return <p className="visitor-standing">{t('chat-page.connecting')}</p>;
  const ahead = (push.position ?? 1) - 1;
  const words = {
    waiting: ahead === 0 ? t('chat-page.next') : t('chat-page.ahead', { n: ahead }),
    nobody: t('chat-page.nobody'),
    closed: t('chat-page.closed'),
    talking: t('chat-page.with', { agent: push.agent ?? '' }),
    ended: t(push.outcome === 'timeout' ? 'chat-page.timed-out' : 'chat-page.ended'),
  }[push.state];
  return (
    <p className="visitor-standing" role="status">
      {words}
      {push.idle && ` ${t('chat-page.idle')}`}
    </p>
  );
}
