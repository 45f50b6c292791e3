import type { TicketAct, TicketChange, TicketDetail } from '@threerings/core/wire/tickets';
import { ListChecks } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { promisesKey } from '../promises/use-promises.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';
import { TicketForm } from './ticket-form.tsx';
import { ticketsKey } from './use-tickets.ts';

/** Done with one press. */
const plain = ['acknowledge', 'resume', 'urge', 'close'] as const;
type Plain = (typeof plain)[number];
const isPlain = (act: TicketAct): act is Plain => plain.some((each) => each === act);
/** What the ticket waits for now: shown first and strong. */
const next: Readonly<Record<string, TicketAct>> = {
  draft: 'dispatch',
  returned: 'dispatch',
  dispatched: 'acknowledge',
  'in-work': 'resolve',
  resolved: 'tell-customer',
  told: 'revisit',
};

/** What this person can do with the ticket now. What needs words opens its form in place. */
export function TicketActions({ detail }: { detail: TicketDetail }) {
  const t = useWords();
  const { row, may } = detail;
  const { run, busy } = useAct(ticketsKey, promisesKey);
  const strong = next[row.stage];
  const [chosen, setChosen] = useState<TicketAct | undefined>(undefined);
  const form = chosen !== undefined && may.includes(chosen) ? chosen : undefined;
  const say = async (change: TicketChange) => {
    if (await run(`/api/tickets/${encodeURIComponent(row.ticket)}`, change)) setChosen(undefined);
  };
  const acts = [...may].sort((one, other) => Number(other === strong) - Number(one === strong));
  return (
    <Card icon={<ListChecks size={16} aria-hidden />} title={t('ticket.acts')}>
      <div className="card-body scroll stack">
        {acts.length === 0 && <Empty title={t('ticket.no-acts')} />}
        <div className="ticket-acts">
          {acts.map((act) => (
            <Button
              key={act}
              tone={act === strong ? 'primary' : 'plain'}
              busy={busy && isPlain(act)}
              pressed={isPlain(act) ? undefined : form === act}
              onClick={() => (isPlain(act) ? void say({ do: act }) : setChosen(form === act ? undefined : act))}
            >
              {t(`ticket.do.${act}`)}
            </Button>
          ))}
        </div>
        {form !== undefined && <TicketForm key={form} act={form} detail={detail} busy={busy} onSay={say} />}
      </div>
    </Card>
  );
}
