import type { TicketCommand } from '@threerings/core/tickets/commands';
import type { NewTicket, TicketChange } from '@threerings/core/wire/tickets';

export interface Doing {
  readonly ticket: string;
  /** 工号 */
  readonly agent: string;
  readonly at: number;
}

/** Whose personal data a ticket holds: its customer's, else its own. */
export function subjectOf(ticket: string, customer: string | undefined, interaction: string | undefined): string {
  return `customer-${customer ?? interaction ?? `ticket-${ticket}`}`;
}

export function createOf(body: NewTicket, who: Doing): TicketCommand {
  const { kind: what, title, about, interaction, customer, proposal, secret, demand, category, contact } = body;
  const subject = subjectOf(body.ticket, customer, interaction);
  const personal = { title: { subject, value: title }, about: { subject, value: about } };
  return { kind: 'create', ...who, what, ...personal, customer, proposal, secret, demand, category, contact };
}

/** What a page asks, as the lifecycle's command. `subject`: whose data its texts are. */
export function commandOf(change: TicketChange, who: Doing, subject: string): TicketCommand {
  switch (change.do) {
    case 'dispatch':
      return { kind: 'dispatch', department: change.department, due: change.dueAt, ...who };
    case 'return':
      return { kind: 'return', because: change.because, reason: change.reason, missing: change.missing, ...who };
    case 'note':
      return { kind: 'note', note: { subject, value: change.note }, ...who };
    case 'pause':
      return { kind: 'pause', reason: change.reason, ...who };
    case 'supervise':
      return { kind: 'supervise', reason: change.reason, ...who };
    case 'ask-exception':
      return { kind: 'ask-exception', exception: change.exception, reason: change.reason, due: change.dueAt, ...who };
    case 'decide-exception':
      return { kind: 'decide-exception', approved: change.approved, reason: change.reason, ...who };
    case 'resolve':
      return { kind: 'resolve', result: change.result, answer: { subject, value: change.answer }, ...who };
    case 'tell-customer':
      return { kind: 'tell-customer', channel: change.channel, ...who };
    case 'revisit':
      return { kind: 'revisit', resolved: change.resolved, score: change.score, reason: change.reason, due: change.dueAt, ...who };
    case 'reopen':
      return { kind: 'reopen', reason: change.reason, due: change.dueAt, ...who };
    case 'change-owner':
      return { kind: 'change-owner', to: change.to, approved: true, ...who };
    case 'value':
      return { kind: 'value', value: change.value, award: change.award, ...who };
    default:
      return { kind: change.do, ...who };
  }
}
