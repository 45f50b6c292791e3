import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';

interface LeaveMessageProps {
  readonly onSend: (contact: string, text: string) => void;
  readonly onLeave: () => void;
}

/** Nobody is there, or the wait is too long: a number and what it is about; the hotline promises to reply. */
export function LeaveMessage({ onSend, onLeave }: LeaveMessageProps) {
  const t = useWords();
  const [contact, setContact] = useState('');
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const wrong = asked && contact.trim().length < 3 ? t('chat-page.contact-missing') : undefined;
  return (
    <form
      className="visitor-form"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (contact.trim().length >= 3) onSend(contact.trim(), text);
      }}
    >
      <Field label={t('chat-page.contact')} error={wrong}>
        {(ids) => (
          <Input
            {...ids}
            value={contact}
            inputMode="tel"
            autoComplete="tel"
            maxLength={64}
            onChange={(event) => setContact(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('chat-page.message')}>
        {(ids) => <Textarea {...ids} value={text} rows={3} maxLength={2000} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <div className="visitor-row">
        <Button tone="primary" type="submit">
          {t('chat-page.leave-message')}
        </Button>
        <Button onClick={onLeave}>{t('chat-page.leave')}</Button>
      </div>
    </form>
  );
}
