import { Lock } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { retentionKey } from './use-retention.ts';

type Of = 'interaction' | 'customer';

/** A hold on one call, or on everything of one customer. */
export function NewHoldSheet({ call, onClose }: { call: string | undefined; onClose: () => void }) {
  const t = useWords();
  const { run, busy } = useAct(retentionKey);
  const [hold] = useState(uuid);
  const [of, setOf] = useState<Of>('interaction');
  const [id, setId] = useState(call ?? '');
  const [reason, setReason] = useState('');
  const missing = id.trim() === '' ? t('hold.of-missing') : reason.trim().length < 3 ? t('retention.reason-missing') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing === undefined && (await run('/api/retention/holds', { hold, [of]: id.trim(), reason: reason.trim() }))) onClose();
  };
  return (
    <Sheet
      icon={<Lock size={16} aria-hidden />}
      title={t('hold.new')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 440 }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Segmented<Of>
          label={t('hold.of')}
          value={of}
          onChange={setOf}
          options={(['interaction', 'customer'] as const).map((value) => ({ value, label: t(`hold.of.${value}`) }))}
        />
        <Field label={t(`hold.id.${of}`)} hint={t('hold.id-hint')}>
          {(ids) => (
            <Input
              {...ids}
              data-autofocus={call === undefined || undefined}
              maxLength={128}
              value={id}
              onChange={(event) => setId(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('retention.reason')} hint={t('retention.no-names')}>
          {(ids) => (
            <Input
              {...ids}
              data-autofocus={call !== undefined || undefined}
              maxLength={200}
              placeholder={t('hold.reason-hint')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" tone="primary" busy={busy} blocked={missing}>
          {t('hold.new')}
        </Button>
      </form>
    </Sheet>
  );
}
