import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import './hold-sheet.css';

/** One of the things to do before a caller is made to wait. */
export function Step({ n, title, done, children }: { n: number; title: string; done: boolean; children: ReactNode }) {
  return (
    <li className="hold-step" data-done={done}>
      <span className="hold-step-number" aria-hidden>
        {done ? <Check size={14} /> : n}
      </span>
      <div className="stack">
        <b className="strong">{title}</b>
        {children}
      </div>
    </li>
  );
}

interface ConsentStepProps {
  readonly n: number;
  /** what to say to the caller */
  readonly sentence: string;
  readonly consent: boolean;
  readonly onAgreed: () => void;
  readonly onDeclined: () => void;
  readonly declined: string;
}

/** The sentence that asks, and what the caller answered; an attestation of the agent's. After a yes Enter does what was asked for. */
export function ConsentStep({ n, sentence, consent, onAgreed, onDeclined, declined }: ConsentStepProps) {
  const t = useWords();
  const asked = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (consent) asked.current?.closest('.sheet')?.querySelector<HTMLElement>('.sheet-foot [data-tone="primary"]')?.focus();
  }, [consent]);
  return (
    <Step n={n} title={t('hold.ask')} done={consent}>
      <p ref={asked} className="hold-sentence">
        “{sentence}”
      </p>
      <div className="row row-wrap">
        {consent ? (
          <VerdictBadge standing="attested" text={t('hold.agreed')} />
        ) : (
          <Button size="small" icon={<Check size={14} aria-hidden />} hint="Y" data-consent onClick={onAgreed}>
            {t('hold.yes')}
          </Button>
        )}
        <Button size="small" hint="X" onClick={onDeclined}>
          {declined}
        </Button>
      </div>
    </Step>
  );
}
