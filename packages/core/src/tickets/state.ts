import type { Instant } from '@threerings/norms/trace';
import { type Happened, numberOf, textOf } from '../timeline/decider.ts';

export const ticketKinds = ['request', 'enquiry', 'complaint', 'suggestion', 'fault', 'expert'] as const;
export type TicketKind = (typeof ticketKinds)[number];

/** What the department answered with. */
export const ticketResults = ['solved', 'explained', 'partly', 'not-possible', 'adopted', 'not-adopted'] as const;
export type TicketResult = (typeof ticketResults)[number];

/** What a suggestion is worth to the house, as somebody judged it. */
export const suggestionValues = ['high', 'some', 'none'] as const;
export type SuggestionValue = (typeof suggestionValues)[number];

export type TicketStage = 'none' | 'draft' | 'dispatched' | 'in-work' | 'returned' | 'resolved' | 'told' | 'closed';

export interface AskedException {
  readonly exception: string;
  readonly reason: string;
  readonly by: string;
  readonly due?: Instant | undefined;
}

/** A ticket. Plain data; a fold of the events of one ticket stream. */
export interface Ticket {
  readonly stage: TicketStage;
  readonly kind: string;
  /** answers for it to the customer */
  readonly owner: string;
  /** took the matter first and stays in view whoever owns it (首问负责) */
  readonly first: string;
  readonly madeAt: Instant;
  readonly department?: string | undefined;
  /** the due time as first dispatched: 按时办结率 is measured against it */
  readonly firstDue?: Instant | undefined;
  readonly due?: Instant | undefined;
  readonly returns: readonly string[];
  /** what the customer must still bring, as the department listed it once and in full */
  readonly missing: readonly string[];
  readonly urged: number;
  readonly supervised: boolean;
  readonly paused?: { readonly at: Instant; readonly reason: string } | undefined;
  readonly pauses: number;
  /** counted pauses, ms */
  readonly pausedMs: number;
  readonly exception?: AskedException | undefined;
  readonly result?: string | undefined;
  readonly revisit?: { readonly resolved: boolean; readonly score?: number | undefined } | undefined;
  readonly reopened: number;
  readonly secret: boolean;
  readonly customer?: string | undefined;
  readonly case?: string | undefined;
  /** of a suggestion */
  readonly value?: string | undefined;
  readonly award?: string | undefined;
}

export const noTicket: Ticket = {
  stage: 'none',
  kind: '',
  owner: '',
  first: '',
  madeAt: 0,
  returns: [],
  missing: [],
  urged: 0,
  supervised: false,
  pauses: 0,
  pausedMs: 0,
  reopened: 0,
  secret: false,
};

export function evolveTicket(state: Ticket, event: Happened): Ticket {
  const at = event.occurredAt;
  const due = numberOf(event, 'due') ?? state.due;
  switch (event.type) {
    case 'ticket.created':
      return created(event);
    case 'ticket.dispatched':
      return { ...state, stage: 'dispatched', department: textOf(event, 'department'), due, firstDue: state.firstDue ?? due };
    case 'ticket.acknowledged':
      return { ...state, stage: 'in-work' };
    case 'ticket.returned':
      return returned(state, event);
    case 'ticket.paused':
      return { ...state, paused: { at, reason: textOf(event, 'reason') ?? '' }, pauses: state.pauses + 1 };
    case 'ticket.resumed':
      return { ...state, paused: undefined, due, pausedMs: state.pausedMs + (numberOf(event, 'paused') ?? 0) };
    case 'ticket.urged':
      return { ...state, urged: state.urged + 1 };
    case 'ticket.supervised':
      return { ...state, supervised: true };
    case 'ticket.exception-asked':
      return { ...state, exception: askedOf(event) };
    case 'ticket.exception-decided':
      return decidedException(state, event, due);
    case 'ticket.resolved':
      return { ...state, stage: 'resolved', result: textOf(event, 'result'), exception: undefined };
    case 'ticket.customer-told':
      return { ...state, stage: 'told' };
    case 'ticket.revisited':
      return { ...state, revisit: { resolved: event.fields['resolved'] === true, score: numberOf(event, 'score') } };
    case 'ticket.reopened':
      return { ...state, stage: 'in-work', due, result: undefined, revisit: undefined, reopened: state.reopened + 1 };
    case 'ticket.owner-changed':
      return { ...state, owner: textOf(event, 'to') ?? state.owner };
    case 'suggestion.valued':
      return { ...state, value: textOf(event, 'value'), award: textOf(event, 'award') };
    case 'ticket.closed':
      return { ...state, stage: 'closed' };
    default:
      return state;
  }
}

function created(event: Happened): Ticket {
  const [kind = '', owner = '', first = ''] = ['kind', 'owner', 'first'].map((name) => textOf(event, name));
  const secret = event.fields['secret'] === true;
  const place = { customer: textOf(event, 'customer'), case: textOf(event, 'case') };
  return { ...noTicket, stage: 'draft', kind, owner, first, madeAt: event.occurredAt, secret, ...place };
}

function returned(state: Ticket, event: Happened): Ticket {
  const listed = event.fields['missing'];
  const missing = Array.isArray(listed) ? listed.map(String) : [];
  const because = textOf(event, 'because') ?? 'other';
  return { ...state, stage: 'returned', returns: [...state.returns, because], missing, paused: undefined, exception: undefined };
}

function askedOf(event: Happened): AskedException {
  const [exception = '', reason = '', by = ''] = ['exception', 'reason', 'agent'].map((name) => textOf(event, name));
  return { exception, reason, by, due: numberOf(event, 'due') };
}

function decidedException(state: Ticket, event: Happened, due: Instant | undefined): Ticket {
  const open: Ticket = { ...state, exception: undefined };
  if (event.fields['approved'] !== true || state.exception === undefined) return open;
  return state.exception.exception === 'extension'
    ? { ...open, due }
    : { ...open, stage: 'returned', returns: [...state.returns, 'not-ours'] };
}
