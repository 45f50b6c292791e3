import type { ChatsView } from '@threerings/core/wire/chat';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Select, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useChatAct } from './use-chat-act.ts';

interface HandOverProps {
  readonly interaction: string;
  readonly colleagues: ChatsView['colleagues'];
  readonly onClose: () => void;
}

/** To a colleague who has room, with a summary: the customer says nothing twice. */
export function HandOverSheet({ interaction, colleagues, onClose }: HandOverProps) {
  const t = useWords();
  const { run, busy } = useChatAct();
  const [to, setTo] = useState(colleagues[0]?.agent ?? '');
  const [brief, setBrief] = useState('');
  const lacks = to === '' ? t('chats.no-colleague') : brief.trim() === '' ? t('chats.brief-missing') : undefined;
  const hand = async () => {
    if (await run({ kind: 'hand-over', interaction, to, brief: brief.trim() })) onClose();
  };
  return (
    <Sheet side title={t('chats.hand-over')} onClose={onClose}>
      <div className="stack">
        <Field label={t('chats.colleague')}>
          {(ids) => (
            <Select {...ids} value={to} onChange={(event) => setTo(event.target.value)}>
              {colleagues.map(({ agent, room }) => (
                <option key={agent} value={agent}>
                  {t('chats.colleague-room', { agent, room })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('chats.summary')} hint={t('chats.summary-hint')}>
          {(ids) => <Textarea {...ids} rows={4} maxLength={1000} value={brief} onChange={(event) => setBrief(event.target.value)} />}
        </Field>
        <Button tone="primary" busy={busy} blocked={lacks} onClick={() => void hand()}>
          {t('chats.hand-over')}
        </Button>
      </div>
    </Sheet>
  );
}
