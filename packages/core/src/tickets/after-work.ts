import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { TicketCommand, TicketDo } from './commands.ts';
import { dueFault } from './due-fault.ts';
import type { Ticket } from './state.ts';

type AfterWork = TicketDo<'resolve' | 'tell-customer' | 'revisit' | 'reopen' | 'close'>;

/** A complaint is not closed before somebody asked whether it is settled (W10). */
const needRevisit: readonly string[] = ['complaint'];

/** From the department's answer to the end of a ticket. */
export function decideAfterWork(command: AfterWork, state: Ticket): Decision {
  switch (command.kind) {
    case 'resolve':
      return resolve(command, state);
    case 'tell-customer':
      return tell(command, state);
    case 'revisit':
      return revisit(command, state);
    case 'reopen':
      return reopen(command, state);
    case 'close':
      return close(command, state);
  }
}

function resolve({ at, ticket, agent, result, answer }: TicketDo<'resolve'>, state: Ticket): Decision {
  if (state.stage === 'resolved' && state.result === result) return [];
  if (state.stage !== 'in-work') return refuse('ticket.not-in-work');
  if (state.paused !== undefined) return refuse('ticket.paused');
  if (answer.value.trim() === '') return refuse('ticket.no-answer');
  const resolved = fact('ticket.resolved', at, { ticket, result, agent }, { personal: { answer } });
  if (state.kind !== 'suggestion') return [resolved];
  return [resolved, fact('suggestion.decided', at, { ticket, adopted: result === 'adopted' })];
}

function tell({ at, ticket, agent, channel }: TicketDo<'tell-customer'>, state: Ticket): Decision {
  if (state.stage === 'told') return [];
  return state.stage === 'resolved'
    ? [fact('ticket.customer-told', at, { ticket, channel, agent }, { by: 'agent' })]
    : refuse('ticket.not-resolved');
}

/** 回访: not content means that it is done again, with a due time of its own. */
function revisit(command: TicketDo<'revisit'>, state: Ticket): Decision {
  const { at, ticket, agent, resolved, score, reason = '', due } = command;
  if (state.stage !== 'told') return refuse('ticket.not-told');
  if (score !== undefined && (score < 1 || score > 5)) return refuse('ticket.score-range');
  const visited = [
    fact('ticket.revisited', at, { ticket, resolved, score, agent }, { by: 'agent' }),
    ...(state.kind === 'complaint' ? [fact('complaint.revisited', at, { ticket, resolved })] : []),
  ];
  if (resolved) return visited;
  const again = reopened({ at, ticket, agent, reason, due: due ?? at });
  return 'refused' in again ? again : [...visited, ...again];
}

function reopen(command: TicketDo<'reopen'>, state: Ticket): Decision {
  if (state.stage !== 'told' && state.stage !== 'closed') return refuse('ticket.not-told');
  return reopened(command);
}

function reopened({ at, ticket, agent, reason, due }: Pick<TicketDo<'reopen'>, 'at' | 'ticket' | 'agent' | 'reason' | 'due'>): Decision {
  if (reason.trim() === '') return refuse('ticket.no-reason');
  return dueFault(due, at) ?? [fact('ticket.reopened', at, { ticket, reason, due, agent }, { by: 'agent' })];
}

function close({ at, ticket, agent }: Extract<TicketCommand, { kind: 'close' }>, state: Ticket): Decision {
  if (state.stage === 'closed') return [];
  if (state.stage !== 'told') return refuse('ticket.not-told');
  if (needRevisit.includes(state.kind) && state.revisit?.resolved !== true) return refuse('ticket.revisit-first');
  const closed = fact('ticket.closed', at, { ticket, agent }, { by: 'agent' });
  return state.kind === 'complaint' ? [closed, fact('complaint.closed', at, { ticket }, { by: 'agent' })] : [closed];
}
