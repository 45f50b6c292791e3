import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { PickFile } from '../ui/pick-file.tsx';
import { LeaveMessage } from './leave-message.tsx';

interface WriteBoxProps {
  /** nobody has the chat yet */
  readonly waiting: boolean;
  readonly onWrite: (text: string) => void;
  readonly onFile: (file: File) => void;
  readonly onTyping: () => void;
  readonly onLeave: () => void;
  readonly onAskReply: (contact: string, text: string) => void;
}

/** Enter sends, with Shift it breaks the line; an input method's Enter does neither. */
export function WriteBox({ waiting, onWrite, onFile, onTyping, onLeave, onAskReply }: WriteBoxProps) {
  const t = useWords();
  const [text, setText] = useState('');
  const [later, setLater] = useState(false);
  const send = () => {
    onWrite(text);
    setText('');
  };
  if (later) return <LeaveMessage onSend={onAskReply} onLeave={() => setLater(false)} />;
  return (
    <div className="visitor-write">
      <div className="visitor-row">
        <textarea
          className="input textarea grow"
          rows={2}
          maxLength={2000}
          aria-label={t('chat-page.write')}
          placeholder={t('chat-page.write')}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onTyping();
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <Button tone="primary" onClick={send}>
          {t('chat-page.send')}
        </Button>
      </div>
      <div className="visitor-row">
        <PickFile label={t('chat-page.file')} onPick={onFile} />
        {waiting && <Button onClick={() => setLater(true)}>{t('chat-page.reply-later')}</Button>}
        <Button tone="text" onClick={onLeave}>
          {t('chat-page.end')}
        </Button>
      </div>
    </div>
  );
}
