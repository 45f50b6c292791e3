import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Field, Input } from '../ui/field.tsx';

/** A number as people write it: digits, with blanks, dashes and a leading plus. */
const looksLikeNumber = /^\+?[\d\s-]{5,30}$/;

export function CallbackForm({ asked, onAsk }: { asked: boolean; onAsk: (number: string) => void }) {
  const t = useWords();
  const [number, setNumber] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  if (asked) return <p className="caller-text">{t('call-page.asked')}</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = number.trim();
    if (looksLikeNumber.test(wanted)) onAsk(wanted.replace(/[\s-]/g, ''));
    else setError(t('call-page.number-wrong'));
  };
  return (
    <form className="caller-form" onSubmit={submit}>
      <Field label={t('call-page.number')} error={error}>
        {(ids) => (
          <Input
            {...ids}
            type="tel"
            autoComplete="tel"
            inputMode="tel"
            maxLength={32}
            value={number}
            onChange={(event) => setNumber(event.target.value)}
          />
        )}
      </Field>
      <button type="submit" className="caller-button" data-tone="primary">
        {t('call-page.ask-callback')}
      </button>
    </form>
  );
}
