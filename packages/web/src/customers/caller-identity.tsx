import { Link } from '@tanstack/react-router';
import type { CustomerHit } from '@threerings/core/wire/customers';
import { Lock, UserCheck } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { NewCustomerSheet } from './new-customer-sheet.tsx';
import { customersKey, useCustomerSearch } from './use-customers.ts';

const methods = ['asked', 'number-and-name', 'document', 'callback'] as const;

interface CallerIdentityProps {
  readonly interaction: string;
  readonly number: string | undefined;
  /** searched instead of the number, where there is none */
  readonly words?: string;
}

/** Who is calling: surnames of those who used this number, and the step that opens a file. Nothing of any matter is shown before it. */
export function CallerIdentity({ interaction, number, words }: CallerIdentityProps) {
  const t = useWords();
  const [adding, setAdding] = useState(false);
  const found = useCustomerSearch(words ?? number ?? '');
  const hits = found.data ?? [];
  return (
    <div className="stack caller-identity">
      {hits.length > 1 && <p className="meta">{t('customer.several', { n: hits.length })}</p>}
      {hits.map((hit) => (
        <Candidate key={hit.customer} hit={hit} interaction={interaction} />
      ))}
      {hits.length === 0 && (
        <p className="row meta">
          <span className="grow">{t('customer.unknown')}</span>
          <Button size="small" onClick={() => setAdding(true)}>
            {t('customer.add')}
          </Button>
        </p>
      )}
      {adding && <NewCustomerSheet number={number} onClose={() => setAdding(false)} />}
    </div>
  );
}

function Candidate({ hit, interaction }: { hit: CustomerHit; interaction: string }) {
  const t = useWords();
  const toast = useToast();
  const { run, busy } = useAct(customersKey);
  const [method, setMethod] = useState<(typeof methods)[number]>('asked');
  const confirm = async (result: 'owner' | 'authorised' | 'refused') => {
    const took = await run(`/api/customers/${encodeURIComponent(hit.customer)}/confirm`, { interaction, method, result });
    if (took && result !== 'refused') toast.show(t('customer.confirmed'));
  };
  if (hit.open) {
    return (
      <p className="row">
        <UserCheck size={16} aria-hidden />
        <b className="grow">{hit.name}</b>
        <Link to="/customers/$customer" params={{ customer: hit.customer }}>
          {t('customer.open')}
        </Link>
      </p>
    );
  }
  return (
    <div className="stack">
      <p className="row">
        <Lock size={14} aria-hidden />
        <b className="grow">{hit.name}</b>
        <Select
          aria-label={t('customer.verify')}
          value={method}
          onChange={(event) => setMethod(methods.find((each) => each === event.target.value) ?? 'asked')}
        >
          {methods.map((each) => (
            <option key={each} value={each}>
              {t(`customer.verify.${each}`)}
            </option>
          ))}
        </Select>
      </p>
      <p className="row row-wrap">
        <Button size="small" tone="primary" busy={busy} onClick={() => void confirm('owner')}>
          {t('customer.is-owner')}
        </Button>
        <Button size="small" busy={busy} onClick={() => void confirm('authorised')}>
          {t('customer.is-authorised')}
        </Button>
        <Button size="small" tone="text" busy={busy} onClick={() => void confirm('refused')}>
          {t('customer.is-not')}
        </Button>
      </p>
    </div>
  );
}
