import { type Refusal, refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import { decideAfterWork } from './after-work.ts';
import { countedPause, mostPauses } from './clock.ts';
import type { TicketCommand, TicketDo } from './commands.ts';
import { dueFault } from './due-fault.ts';
import type { Ticket, TicketStage } from './state.ts';

/** A department has it. */
const withDepartment: readonly TicketStage[] = ['dispatched', 'in-work'];

/**
 * The life of a ticket (W12): draft → dispatched → in work → resolved → customer told → closed; returned with reasons goes back to its
 * owner; not content at the revisit goes back to the department. A repeated command changes nothing.
 */
export function decideTicket(command: TicketCommand, state: Ticket): Decision {
  if (command.kind === 'create') return create(command, state);
  if (state.stage === 'none') return refuse('ticket.unknown');
  switch (command.kind) {
    case 'dispatch':
      return dispatch(command, state);
    case 'acknowledge':
      return acknowledge(command, state);
    case 'return':
      return giveBack(command, state);
    case 'note':
      return [fact('ticket.noted', command.at, { ticket: command.ticket, agent: command.agent }, { personal: { note: command.note } })];
    case 'pause':
      return pause(command, state);
    case 'resume':
      return resume(command, state);
    case 'urge':
      return beingWorked(state) ?? [fact('ticket.urged', command.at, { ticket: command.ticket, agent: command.agent })];
    case 'supervise':
      return supervise(command, state);
    case 'ask-exception':
      return askException(command, state);
    case 'decide-exception':
      return decideException(command, state);
    case 'value':
      return valueIt(command, state);
    case 'change-owner':
      return changeOwner(command, state);
    default:
      return decideAfterWork(command, state);
  }
}

function create(command: TicketDo<'create'>, state: Ticket): Decision {
  if (state.stage !== 'none') return [];
  const { at, ticket, agent, what, title, about, customer, proposal, secret, demand, category, contact } = command;
  if (title.value.trim() === '') return refuse('ticket.no-title');
  const owner = command.owner ?? agent;
  const fields = { ticket, kind: what, owner, first: command.first ?? owner, customer, case: command.case, proposal, secret };
  const created = fact('ticket.created', at, fields, { by: 'agent', personal: { title, about } });
  if (what === 'complaint') return [created, fact('complaint.recorded', at, { ticket, demand: demand ?? false, category })];
  if (what === 'suggestion') return [created, fact('suggestion.recorded', at, { ticket, contact: contact ?? false })];
  return [created];
}

function dispatch({ at, ticket, agent, department, due }: TicketDo<'dispatch'>, state: Ticket): Decision {
  if (state.stage === 'dispatched' && state.department === department && state.due === due) return [];
  if (state.stage !== 'draft' && state.stage !== 'returned') return refuse('ticket.not-draft');
  return dueFault(due, at) ?? [fact('ticket.dispatched', at, { ticket, department, due, agent }, { by: 'agent' })];
}

function acknowledge({ at, ticket, agent }: TicketDo<'acknowledge'>, state: Ticket): Decision {
  if (state.stage === 'in-work') return [];
  if (state.stage !== 'dispatched') return refuse('ticket.not-dispatched');
  return [fact('ticket.acknowledged', at, { ticket, department: state.department ?? '', agent })];
}

/** Once incomplete, with everything that is missing: a second time needs somebody's approval (一次性告知). */
function giveBack({ at, ticket, agent, because, reason, missing }: TicketDo<'return'>, state: Ticket): Decision {
  const refusal = beingWorked(state);
  if (refusal !== undefined) return refusal;
  if (reason.trim() === '') return refuse('ticket.no-reason');
  if (because === 'incomplete' && missing.length === 0) return refuse('ticket.no-missing');
  if (state.returns.includes(because)) return refuse('ticket.returned-before');
  return [fact('ticket.returned', at, { ticket, reason, missing, because, agent })];
}

function pause({ at, ticket, agent, reason }: TicketDo<'pause'>, state: Ticket): Decision {
  if (state.paused !== undefined) return [];
  if (state.stage !== 'in-work') return refuse('ticket.not-in-work');
  if (state.pauses >= mostPauses) return refuse('ticket.pauses-used-up', { times: mostPauses });
  return [fact('ticket.paused', at, { ticket, reason, agent }, { by: 'department' })];
}

function resume({ at, ticket, agent }: TicketDo<'resume'>, state: Ticket): Decision {
  const { paused } = state;
  if (paused === undefined) return [];
  const counted = countedPause(paused.reason, paused.at, at);
  return [fact('ticket.resumed', at, { ticket, due: (state.due ?? at) + counted, paused: counted, agent }, { by: 'department' })];
}

function supervise({ at, ticket, agent, reason }: TicketDo<'supervise'>, state: Ticket): Decision {
  if (state.supervised) return [];
  if (reason.trim() === '') return refuse('ticket.no-reason');
  return beingWorked(state) ?? [fact('ticket.supervised', at, { ticket, reason, agent })];
}

function askException({ at, ticket, agent, exception, reason, due }: TicketDo<'ask-exception'>, state: Ticket): Decision {
  const refusal = beingWorked(state);
  if (refusal !== undefined) return refusal;
  if (state.exception !== undefined) return refuse('ticket.exception-open');
  if (reason.trim() === '') return refuse('ticket.no-reason');
  if (exception === 'extension' && (due === undefined || due <= (state.due ?? at))) return refuse('ticket.not-later');
  return [fact('ticket.exception-asked', at, { ticket, exception, reason, due, agent }, { by: 'department' })];
}

/** Who asked does not decide. */
function decideException({ at, ticket, agent, approved, reason }: TicketDo<'decide-exception'>, state: Ticket): Decision {
  const asked = state.exception;
  if (asked === undefined) return refuse('ticket.no-exception');
  if (asked.by === agent) return refuse('ticket.own-exception');
  if (!approved && reason.trim() === '') return refuse('ticket.no-reason');
  const due = approved ? asked.due : undefined;
  return [fact('ticket.exception-decided', at, { ticket, approved, reason, due, agent })];
}

/** Valued once, or anew: what stands is the last word, and what came before stays in the stream. */
function valueIt({ at, ticket, agent, value, award }: TicketDo<'value'>, state: Ticket): Decision {
  if (state.kind !== 'suggestion') return refuse('ticket.not-suggestion');
  const given = award?.trim() === '' ? undefined : award?.trim();
  if (state.value === value && state.award === given) return [];
  return [fact('suggestion.valued', at, { ticket, value, award: given, agent }, { by: 'leader' })];
}

function changeOwner({ at, ticket, agent, to, approved }: TicketDo<'change-owner'>, state: Ticket): Decision {
  if (state.stage === 'closed') return refuse('ticket.closed');
  if (to === state.owner) return [];
  return [fact('ticket.owner-changed', at, { ticket, from: state.owner, to, approved, agent }, { by: approved ? 'leader' : 'agent' })];
}

function beingWorked({ stage }: Ticket): Refusal | undefined {
  return withDepartment.includes(stage) ? undefined : refuse('ticket.not-with-department');
}
