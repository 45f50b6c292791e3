import type { ActingView } from '@threerings/core/wire/acting';
import { UserCheck, UserX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useDraft } from '../app/use-draft.ts';
import { Button } from '../ui/button.tsx';
import { Input, Select } from '../ui/field.tsx';
import type { Acts } from './use-acting.ts';

const methods = ['asked', 'number-and-name', 'document', 'callback'] as const;

/** Who it is, checked in this conversation; without it nothing is done for the account. */
export function IdentityPart({ view, acts: { act, busy } }: { view: ActingView; acts: Acts }) {
  const t = useWords();
  const [again, setAgain] = useState(false);
  const { values, change } = useDraft(`identity.${view.interaction}`, {});
  const [method, setMethod] = useState<(typeof methods)[number]>('asked');
  const { identity } = view;
  const known = identity === 'owner' || identity === 'authorised';
  const customer = (values['customer'] ?? '').trim();
  const asking = !known || again;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (asking) field.current?.focus();
  }, [asking]);
  const verify = async (result: 'owner' | 'authorised' | 'unknown') => {
    if (await act({ kind: 'verify', customer, method, result })) setAgain(false);
  };
  if (!asking) {
    return (
      <p className="row acting-identity">
        <UserCheck size={16} aria-hidden />
        <b>{t(`acting.identity.${identity}`)}</b>
        <span className="meta grow">{values['customer']}</span>
        <Button size="small" tone="text" onClick={() => setAgain(true)}>
          {t('acting.verify-again')}
        </Button>
      </p>
    );
  }
  const blocked = customer === '' ? t('acting.no-customer') : undefined;
  return (
    <form className="acting-form" onSubmit={(event) => event.preventDefault()}>
      <p className="row">
        <UserX size={16} aria-hidden />
        <b className="grow">{t(`acting.identity.${identity}`)}</b>
      </p>
      <div className="row">
        <Input
          aria-label={t('acting.customer')}
          placeholder={t('acting.customer')}
          value={values['customer'] ?? ''}
          maxLength={64}
          ref={field}
          onChange={(event) => change('customer', event.target.value)}
        />
        <Select
          aria-label={t('customer.verify')}
          value={method}
          onChange={(event) => setMethod(methods.find((one) => one === event.target.value) ?? 'asked')}
        >
          {methods.map((one) => (
            <option key={one} value={one}>
              {t(`customer.verify.${one}`)}
            </option>
          ))}
        </Select>
      </div>
      <div className="row row-wrap">
        <Button tone="primary" size="small" busy={busy} blocked={blocked} blockedShownElsewhere onClick={() => void verify('owner')}>
          {t('acting.is-owner')}
        </Button>
        <Button size="small" busy={busy} blocked={blocked} blockedShownElsewhere onClick={() => void verify('authorised')}>
          {t('customer.is-authorised')}
        </Button>
        <Button size="small" tone="text" busy={busy} blocked={blocked} blockedShownElsewhere onClick={() => void verify('unknown')}>
          {t('acting.is-unknown')}
        </Button>
        {blocked !== undefined && <span className="meta">{blocked}</span>}
      </div>
    </form>
  );
}
