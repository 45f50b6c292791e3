import { UserX } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { retentionKey } from './use-retention.ts';

/** Asks that this customer be erased; an administrator decides. */
export function AskErasure({ customer }: { customer: string }) {
  const t = useWords();
  const toast = useToast();
  const { run, busy } = useAct(retentionKey);
  const [open, setOpen] = useState(false);
  const [erasure] = useState(uuid);
  const [basis, setBasis] = useState('');
  const missing = basis.trim().length < 3 ? t('retention.reason-missing') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined || !(await run('/api/erasures', { erasure, customer, basis: basis.trim() }))) return;
    toast.show(t('erasure.asked'), t('erasure.asked-text'));
    setOpen(false);
  };
  return (
    <>
      <Button pressed={open} onClick={() => setOpen(!open)}>
        {t('erasure.ask')}
      </Button>
      {open && (
        <Sheet
          icon={<UserX size={16} aria-hidden />}
          title={t('erasure.ask')}
          onClose={() => setOpen(false)}
          style={{ insetInlineEnd: 16, top: 56, width: 440 }}
        >
          <form className="stack" onSubmit={(event) => void submit(event)}>
            <p>{t('erasure.goes')}</p>
            <p className="t2">{t('erasure.stays')}</p>
            <Field label={t('erasure.basis')} hint={t('retention.no-names')}>
              {(ids) => (
                <Input
                  {...ids}
                  data-autofocus
                  maxLength={200}
                  placeholder={t('erasure.basis-hint')}
                  value={basis}
                  onChange={(event) => setBasis(event.target.value)}
                />
              )}
            </Field>
            <Button type="submit" tone="primary" busy={busy} blocked={missing}>
              {t('erasure.ask')}
            </Button>
          </form>
        </Sheet>
      )}
    </>
  );
}
