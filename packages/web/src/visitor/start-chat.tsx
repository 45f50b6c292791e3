import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import type { VisitorChatState } from './visitor-state.ts';

interface StartChatProps {
  readonly state: VisitorChatState;
  readonly onStart: (given: { readonly name: string; readonly text: string; readonly remember: boolean }) => void;
}

/** Before the chat: whether somebody is there, what the matter is, and whether this device may remember it. */
export function StartChat({ state: { door, phase, problem }, onStart }: StartChatProps) {
  const t = useWords();
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [remember, setRemember] = useState(false);
  const there = door === undefined || door.staffed;
  return (
    <form
      className="visitor-form"
      onSubmit={(event) => {
        event.preventDefault();
        onStart({ name, text, remember });
      }}
    >
      <p role="status">
        {there
          ? door !== undefined && door.waiting > 0
            ? t('chat-page.door-waiting', { n: door.waiting })
            : t('chat-page.door')
          : t('chat-page.door-nobody', { time: door.replyBy === undefined ? '' : shortTime(door.replyBy, Date.now()) })}
      </p>
      <Field label={t('chat-page.name')} hint={t('chat-page.name-hint')}>
        {(ids) => <Input {...ids} value={name} maxLength={60} autoComplete="name" onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t('chat-page.matter')}>
        {(ids) => <Textarea {...ids} value={text} rows={4} maxLength={2000} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <label className="visitor-check">
        <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} />
        {t('chat-page.remember')}
      </label>
      <p className="meta">{t('chat-page.kept')}</p>
      {problem !== undefined && <p role="alert">{problem === '' ? t('chat-page.failed') : problem}</p>}
      <Button tone="primary" size="large" type="submit" busy={phase === 'starting'}>
        {t('chat-page.start')}
      </Button>
    </form>
  );
}
