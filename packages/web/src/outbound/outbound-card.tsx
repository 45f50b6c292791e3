import type { CallView } from '@threerings/core/wire/desk';
import { type OutboundResult, outboundResult } from '@threerings/core/wire/outbound';
import { PhoneOutgoing } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import './outbound.css';

interface OutboundCardProps {
  readonly interaction: string;
  readonly outbound: NonNullable<CallView['outbound']>;
}

/** In a call of ours and after it: what was prepared, and what became of it; the ledger follows. */
export function OutboundCard({ interaction, outbound }: OutboundCardProps) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  const [message, setMessage] = useState(false);
  const { note, promise, settled } = outbound;
  const wordOf = (result: OutboundResult) =>
    t(result === 'done' && promise === undefined ? 'dial.result.done-plain' : `dial.result.${result}`);
  const tell = (outcome: OutboundResult) =>
    void run({ kind: 'settle-outbound', interaction, outcome, ...(outcome === 'absent' ? { message } : {}) });
  const told = outboundResult.safeParse(settled);
  return (
    <Card icon={<PhoneOutgoing size={16} aria-hidden />} title={t('dial.result')}>
      <div className="card-body stack">
        {note !== undefined && (
          <ul className="dial-points">
            {note.split('\n').map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        )}
        {told.success ? (
          <p role="status">{t('dial.result.told', { result: wordOf(told.data) })}</p>
        ) : (
          <>
            <div className="row row-wrap">
              {outboundResult.options.map((result) => (
                <Button
                  key={result}
                  size="small"
                  tone={result === 'done' ? 'primary' : 'plain'}
                  busy={pending.has('settle-outbound')}
                  onClick={() => tell(result)}
                >
                  {wordOf(result)}
                </Button>
              ))}
            </div>
            <label className="row">
              <input type="checkbox" checked={message} onChange={(event) => setMessage(event.target.checked)} />
              {t('dial.result.message')}
            </label>
          </>
        )}
      </div>
    </Card>
  );
}
