import { Contact } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { linesOf } from '../tickets/ticket-draft.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { customersKey } from './use-customers.ts';

export function NewCustomerSheet({ onClose, number = '' }: { onClose: () => void; number?: string | undefined }) {
  const t = useWords();
  const { run, busy } = useAct(customersKey);
  const [customer] = useState(uuid);
  const [name, setName] = useState('');
  const [numbers, setNumbers] = useState(number);
  const missing = name.trim() === '' ? t('customer.name') : linesOf(numbers).length === 0 ? t('customer.numbers') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing === undefined && (await run('/api/customers', { customer, name: name.trim(), numbers: linesOf(numbers) }))) onClose();
  };
  return (
    <Sheet
      icon={<Contact size={16} aria-hidden />}
      title={t('customer.add')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 400 }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Field label={t('customer.name')}>
          {(ids) => <Input {...ids} data-autofocus maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t('customer.numbers')}>
          {(ids) => <Textarea {...ids} rows={2} maxLength={300} value={numbers} onChange={(event) => setNumbers(event.target.value)} />}
        </Field>
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('customer.add')}
          </Button>
          <Button tone="text" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
