import { type CallFlag, callFlags } from '@threerings/core/wire/desk';
import { ticketRow } from '@threerings/core/wire/tickets';
import { useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { SelfServiceRefusal } from './self-service-refusal.tsx';
import { useColleagues } from './use-colleagues.ts';

/** 标记情形: a complaint, not content, asks for a leader, will not use self-service, may turn to a higher body – the last is told to the leader with the newest ticket. */
export function FlagMarks({ interaction }: { interaction: string }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  const [marked, setMarked] = useState<ReadonlySet<CallFlag>>(new Set());
  const [refused, setRefused] = useState<'asked' | 'noted' | undefined>(undefined);
  const { items = [], channels = [] } = useColleagues().data?.selfService ?? {};
  const hasSelfService = items.length + channels.length > 0;
  const mark = async (flag: CallFlag) => {
    if (marked.has(flag) || pending.has('set-flag')) return;
    const ticket = flag === 'escalation' ? await newestTicket(interaction) : undefined;
    const result = await run({ kind: 'set-flag', interaction, flag, ...(ticket === undefined ? {} : { ticket }) });
    if (result.kind === 'done') setMarked((before) => new Set([...before, flag]));
  };
  return (
    <>
      <fieldset className="card-body row row-wrap flag-marks" aria-label={t('flag.title')}>
        {callFlags.map((flag) => (
          <Button
            key={flag}
            size="small"
            tone={marked.has(flag) ? 'plain' : 'text'}
            pressed={marked.has(flag)}
            onClick={() => void mark(flag)}
          >
            {t(`flag.${flag}`)}
          </Button>
        ))}
        {hasSelfService && (
          <Button
            size="small"
            tone={refused === 'noted' ? 'plain' : 'text'}
            pressed={refused === 'noted'}
            aria-expanded={refused === 'asked'}
            onClick={() => setRefused(refused === 'asked' ? undefined : 'asked')}
          >
            {t('self-service.refused')}
          </Button>
        )}
      </fieldset>
      {refused === 'asked' && (
        <div className="card-body">
          <SelfServiceRefusal interaction={interaction} onDone={() => setRefused('noted')} onClose={() => setRefused(undefined)} />
        </div>
      )}
    </>
  );
}

/** Without one, or where it cannot be read now, the leader is told all the same. */
async function newestTicket(interaction: string): Promise<string | undefined> {
  try {
    const own = await request('/api/tickets?view=mine', z.array(ticketRow));
    return own.filter((row) => row.interaction === interaction).sort((one, other) => other.madeAt - one.madeAt)[0]?.ticket;
  } catch {
    return undefined;
  }
}
