import { useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { PickFile } from '../ui/pick-file.tsx';
import { FoundWords } from './found-words.tsx';
import { useChatAct } from './use-chat-act.ts';
import { useSendFile } from './use-send-file.ts';
import { useWordsCheck } from './use-words-check.ts';

const typingEveryMs = 3000;

/** Enter sends, with Shift it breaks the line. What was not taken stays in the box under the same id, so that nothing is sent twice. */
export function Compose({ interaction }: { interaction: string }) {
  const t = useWords();
  const { run, busy } = useChatAct();
  const [text, setText] = useState('');
  const files = useSendFile(interaction);
  const draft = useRef({ message: uuid(), typedAt: 0 });
  const words = useWordsCheck();
  const send = async (despite?: string) => {
    const written = text.trim();
    if (written === '' || busy) return;
    const { message } = draft.current;
    if (despite === undefined && (await words.check(written)).length > 0) return;
    if (!(await run({ kind: 'send', interaction, message, text: written, ...(despite === undefined ? {} : { despite }) }))) return;
    words.clear();
    // What was typed while it was on its way is another message.
    if (draft.current.message !== message) return;
    draft.current = { message: uuid(), typedAt: 0 };
    setText('');
  };
  const type = (typed: string) => {
    setText(typed);
    words.clear();
    // Other words are another message, also where the answer to the first attempt was lost.
    draft.current.message = uuid();
    if (Date.now() - draft.current.typedAt < typingEveryMs) return;
    draft.current.typedAt = Date.now();
    void run({ kind: 'typing', interaction });
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
      <textarea
        className="input textarea"
        rows={3}
        maxLength={2000}
        aria-label={t('chats.write')}
        placeholder={t('chats.write')}
        value={text}
        onChange={(event) => type(event.target.value)}
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
      <div className="chat-compose-foot">
        <PickFile label={t('chats.file')} busy={files.sending} onPick={(file) => void files.send(file)} />
        <span className="grow" />
        <Button tone="primary" hint="Enter" busy={busy} onClick={() => void send()}>
          {t('chat-page.send')}
        </Button>
      </div>
    </div>
  );
}
