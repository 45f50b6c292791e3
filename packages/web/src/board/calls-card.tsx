import { Link } from '@tanstack/react-router';
import type { BoardCall, BoardPerson } from '@threerings/core/wire/board';
import { PhoneCall } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';
import { Tallies } from '../verdicts/tallies.tsx';

interface CallsCardProps {
  readonly calls: readonly BoardCall[];
  readonly people: readonly BoardPerson[];
  readonly now: number;
  readonly queueName: (queue: string) => string;
}

/** Calls under way. A replayed one is marked 回放, so that nobody takes it for a caller. */
export function CallsCard({ calls, people, now, queueName }: CallsCardProps) {
  const t = useWords();
  const nameOf = (agent: string | undefined) => people.find((person) => person.agent === agent)?.name ?? '';
  const open = calls.filter((call) => call.state !== 'closed').sort((a, b) => a.since - b.since);
  return (
    <Card
      className="board-calls"
      icon={<PhoneCall size={16} aria-hidden />}
      title={t('board.calls')}
      aside={<span className="meta num">{open.length}</span>}
    >
      {open.length === 0 ? (
        <Empty title={t('board.no-calls')} text={t('board.no-calls-text')} />
      ) : (
        <div className="scroll">
          <table>
            <tbody>
              {open.map((call) => (
                <tr key={call.interaction}>
                  <td className="nowrap">
                    <Link to="/interactions/$interaction" params={{ interaction: call.interaction }}>
                      {t(`board.call.${call.state}`)}
                    </Link>{' '}
                    {call.test === true && (
                      <span className="chip" data-tone="unknown">
                        {t('board.call.test')}
                      </span>
                    )}
                    {call.origin === 'replay' && (
                      <span className="chip" data-tone="unknown">
                        {t('origin.replay')}
                      </span>
                    )}
                  </td>
                  <td className="num-col">{clock(now - call.since)}</td>
                  <td>
                    {nameOf(call.agent)} <span className="num t2">{call.agent}</span>
                  </td>
                  <td className="t2">{call.queue === undefined ? '' : queueName(call.queue)}</td>
                  <td>
                    <Tallies row={call} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
