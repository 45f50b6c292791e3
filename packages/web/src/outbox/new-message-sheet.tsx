import type { NewMessage } from '@threerings/core/wire/outbox';
import { Send } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { outboxKey } from './use-outbox.ts';

type Channel = NewMessage['channel'];

interface NewMessageSheetProps {
  readonly channels: readonly Channel[];
  readonly onClose: () => void;
  /** what it begins with, and the conversation that it belongs to */
  readonly begins?: { readonly text?: string; readonly interaction?: string } | undefined;
}

/** One message to one caller; asked twice, it goes once. */
export function NewMessageSheet({ channels, onClose, begins }: NewMessageSheetProps) {
  const t = useWords();
  const { run, busy } = useAct(outboxKey);
  const [message] = useState(uuid);
  const [channel, setChannel] = useState<Channel>(channels[0] ?? 'sms');
  const [to, setTo] = useState('');
  const [subject, setSubject] = useState('');
  const [text, setText] = useState(begins?.text ?? '');
  const empty = to.trim() === '' || text.trim() === '';
  const missing = empty ? t('outbox.missing') : channel === 'mail' && subject.trim() === '' ? t('outbox.missing-subject') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const { interaction } = begins ?? {};
    const about = { ...(channel === 'mail' ? { subject: subject.trim() } : {}), ...(interaction === undefined ? {} : { interaction }) };
    if (await run('/api/outbox', { message, channel, to: to.trim(), text: text.trim(), ...about })) onClose();
  };
  return (
    <Sheet
      icon={<Send size={16} aria-hidden />}
      title={t('outbox.new')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 460, maxHeight: 'calc(100vh - 76px)' }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Segmented<Channel>
          label={t('outbox.channel')}
          value={channel}
          onChange={setChannel}
          options={channels.map((value) => ({ value, label: t(`outbox.channel.${value}`) }))}
        />
        <Field label={t(`outbox.to-${channel}`)}>
          {(ids) => <Input {...ids} value={to} maxLength={254} onChange={(event) => setTo(event.target.value)} />}
        </Field>
        {channel === 'mail' && (
          <Field label={t('outbox.subject')}>
            {(ids) => <Input {...ids} value={subject} maxLength={200} onChange={(event) => setSubject(event.target.value)} />}
          </Field>
        )}
        <Field label={t('outbox.text')}>
          {(ids) => <Textarea {...ids} rows={8} value={text} maxLength={5000} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <Button type="submit" tone="primary" busy={busy} blocked={missing}>
          {t('outbox.send')}
        </Button>
      </form>
    </Sheet>
  );
}
