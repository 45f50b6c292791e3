import type { QueryKey } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { onEscape } from '../app/keys.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';

interface ReasonFormProps {
  readonly path: string;
  readonly body: (reason: string) => object;
  /** of the button that does it */
  readonly label: string;
  readonly stale: QueryKey;
  readonly onClose: () => void;
}

/** Something that is done with a reason of three characters or more, in its row. */
export function ReasonForm({ path, body, label, stale, onClose }: ReasonFormProps) {
  const t = useWords();
  const { run, busy } = useAct(stale);
  const [reason, setReason] = useState('');
  const missing = reason.trim().length < 3 ? t('retention.reason-missing') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing === undefined && (await run(path, body(reason.trim())))) onClose();
  };
  return (
    <form className="row" onSubmit={(event) => void submit(event)}>
      <Input
        autoFocus
        aria-label={t('retention.reason')}
        placeholder={t('retention.reason-hint')}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => onEscape(event, onClose)}
      />
      <Button type="submit" size="small" tone="primary" busy={busy} blocked={missing} blockedShownElsewhere>
        {label}
      </Button>
      <Button size="small" tone="text" onClick={onClose}>
        {t('action.cancel')}
      </Button>
    </form>
  );
}
