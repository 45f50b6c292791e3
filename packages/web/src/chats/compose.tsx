import type { ChatRow } from '@threerings/core/wire/chat';
import { type RefObject, useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { uuid } from '../app/uuid.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { PickFile } from '../ui/pick-file.tsx';
import { FoundWords } from './found-words.tsx';
import { QuickReplies } from './quick-replies.tsx';
import { type Draft, opensReplies, replyIn, withSentence } from './reply-draft.ts';
import { OtherWays, ReplyWindow } from './reply-window.tsx';
import { useChatAct } from './use-chat-act.ts';
import { useSendFile } from './use-send-file.ts';
import { useWordsCheck } from './use-words-check.ts';

const typingEveryMs = 3000;

interface ComposeProps {
  readonly row: ChatRow;
  /** the customer was asked whether there is anything else */
  readonly asked: boolean;
  readonly onPromise: (about: string) => void;
}

/** Enter sends, with Shift it breaks the line; "/" in an empty box opens the stored replies. */
export function Compose({ row, asked, onPromise }: ComposeProps) {
  const t = useWords();
  const { interaction, window: left } = row;
  const now = useNow();
  const box = useRef<HTMLTextAreaElement>(null);
  const [choosing, setChoosing] = useState(false);
  const { text, type, insert, send, busy, words } = useDraft(interaction);
  const files = useSendFile(interaction);
  const shut = left !== undefined && (left.left === 0 || now >= left.until);
  const closeReplies = () => {
    setChoosing(false);
    focusEnd(box);
  };
  const put = (...inserted: Parameters<typeof insert>) => {
    insert(...inserted);
    closeReplies();
  };
  return (
    <div className="chat-compose">
      {words.findings.length > 0 && (
        <FoundWords
          findings={words.findings}
          busy={busy}
          onCorrect={(found, instead) => type(text.replaceAll(found, instead))}
          onSend={(reason) => void send(reason)}
        />
      )}
      {choosing && <QuickReplies interaction={interaction} name={row.name} onUse={put} onClose={closeReplies} />}
      <textarea
        ref={box}
        className="input textarea"
        rows={3}
        maxLength={2000}
        aria-label={t('chats.write')}
        placeholder={t('chats.write')}
        value={text}
        onChange={(event) => {
          if (opensReplies(text, event.target.value)) setChoosing(true);
          else type(event.target.value);
        }}
        onPaste={(event) => {
          // A picture from the clipboard; words go into the box.
          if (event.clipboardData.types.includes('text/plain')) return;
          for (const file of event.clipboardData.files) void files.send(file);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      {left !== undefined && (
        <div className="row row-wrap">
          <ReplyWindow window={left} />
          {shut && <OtherWays interaction={interaction} text={text} onPromise={onPromise} />}
        </div>
      )}
      <div className="chat-compose-foot">
        <Button pressed={choosing} hint="/" onClick={() => (choosing ? closeReplies() : setChoosing(true))}>
          {t('chats.replies')}
        </Button>
        <Button onClick={() => put(t(asked ? 'chats.farewell-words' : 'chats.ask-more-words'))}>{t('chats.closing')}</Button>
        <PickFile label={t('chats.file')} busy={files.sending} onPick={(file) => void files.send(file)} />
        <span className="grow" />
        <Button tone="primary" hint="Enter" busy={busy} onClick={() => void send()}>
          {t('chat-page.send')}
        </Button>
      </div>
    </div>
  );
}

function focusEnd(box: RefObject<HTMLTextAreaElement | null>): void {
  requestAnimationFrame(() => {
    box.current?.focus();
    box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
  });
}

/** The words in the box. What was not taken stays there under the same id, so that nothing is sent twice. */
function useDraft(interaction: string) {
  const { run, busy } = useChatAct();
  // Apart: an Enter that comes while the stroke before it is still being told must not be lost.
  const telling = useChatAct();
  const [draft, setDraft] = useState<Draft>({ text: '' });
  const sent = useRef({ message: uuid(), typedAt: 0 });
  const words = useWordsCheck();
  const { text } = draft;
  const change = (next: Draft) => {
    setDraft(next);
    words.clear();
    // Other words are another message, also where the answer to the first attempt was lost.
    sent.current.message = uuid();
  };
  const send = async (despite?: string) => {
    const written = text.trim();
    if (written === '' || busy) return;
    const { message } = sent.current;
    if (despite === undefined && (await words.check(written)).length > 0) return;
    const quickReply = replyIn(draft);
    const more = { ...(despite === undefined ? {} : { despite }), ...(quickReply === undefined ? {} : { quickReply }) };
    if (!(await run({ kind: 'send', interaction, message, text: written, ...more }))) return;
    words.clear();
    // What was typed while it was on its way is another message.
    if (sent.current.message !== message) return;
    sent.current = { message: uuid(), typedAt: 0 };
    setDraft({ text: '' });
  };
  const type = (typed: string) => {
    change({ ...draft, text: typed });
    if (Date.now() - sent.current.typedAt < typingEveryMs) return;
    sent.current.typedAt = Date.now();
    void telling.run({ kind: 'typing', interaction });
  };
  const insert = (sentence: string, used?: Draft['used']) => change(withSentence(draft, sentence, used));
  return { text, type, insert, send, busy, words };
}
