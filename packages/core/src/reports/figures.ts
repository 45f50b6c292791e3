import type { Instant } from '@threerings/norms/trace';
import type { CallFact } from './call-facts.ts';
import type { ChatFact } from './chat-facts.ts';
import type { ShiftFact } from './shift-facts.ts';

/** The figures of the hotline that reports are made with. */
export interface ReportPolicy {
  /** an answer within this is in time, ms */
  readonly serviceLevelMs: number;
  /** abandons up to this are not counted, ms */
  readonly shortAbandonMs: number;
  /** connection rate wanted over any rolling day, 0–1 */
  readonly connectionGoal: number;
  /** a customer in a chat who waits longer than this for an answer waits too long, ms */
  readonly chatSilenceMs: number;
  /** what has not come yet is not due */
  readonly now: Instant;
}

export interface PromiseFact {
  /** `callback`, `message` …, as in the timeline */
  readonly kind: string;
  readonly firstDue: Instant;
  readonly due: Instant;
  readonly state: 'open' | 'kept' | 'kept-late' | 'missed' | 'unreached' | 'withdrawn';
}

export interface TicketFact {
  /** as it stands, with what counts of pauses */
  readonly due: Instant;
  readonly closedAt: Instant | undefined;
  readonly returns: number;
  /** the handling body has taken it up */
  readonly acknowledged: boolean;
  /** what the customer said of it afterwards, 1–5 */
  readonly score: number | undefined;
  /** times it had to be handled again */
  readonly reopened: number;
}

export interface AppealFact {
  readonly upheld: boolean;
}

/** What the rows of one kind of figure are. Verdicts are too many to be read: the database counts them. */
export interface RowKinds {
  readonly calls: CallFact;
  readonly shifts: ShiftFact;
  readonly chats: ChatFact;
  readonly promises: PromiseFact;
  readonly tickets: TicketFact;
  readonly appeals: AppealFact;
}

/**
 * `share` = rows in `part` ÷ rows in `whole`; `count` = rows in `part`; `mean` and `p90` are over `value` of the rows in `part`, ms;
 * `ratio` = sum of `value` ÷ sum of `of`, both ms, over the rows in `part`.
 * The rows behind a figure are found by the same functions that counted them.
 */
export interface FigureRule<Row> {
  readonly how: 'count' | 'share' | 'mean' | 'p90' | 'ratio';
  part(row: Row, policy: ReportPolicy): boolean;
  whole?(row: Row, policy: ReportPolicy): boolean;
  value?(row: Row): number;
  of?(row: Row): number;
}

const asked = ({ direction, askedAt }: CallFact) => direction === 'in' && askedAt !== undefined;
const answered = (call: CallFact) => asked(call) && call.outcome === 'answered';
const abandoned = (call: CallFact) => asked(call) && call.outcome === 'abandoned';
const gaveUpAtOnce = (call: CallFact, { shortAbandonMs }: ReportPolicy) => abandoned(call) && (call.waitMs ?? 0) <= shortAbandonMs;
const gaveUp = (call: CallFact, policy: ReportPolicy) => abandoned(call) && !gaveUpAtOnce(call, policy);
const inTime = (call: CallFact, { serviceLevelMs }: ReportPolicy) => answered(call) && (call.waitMs ?? 0) <= serviceLevelMs;
const handled = ({ talkMs, holdMs, wrapUpMs }: CallFact) => talkMs + holdMs + wrapUpMs;
const mean = (value: (call: CallFact) => number): FigureRule<CallFact> => ({ how: 'mean', part: answered, value });
const rated = (call: CallFact) => answered(call) && call.score !== undefined;
/** Of five: satisfied and very satisfied. */
const satisfiedFrom = 4;

export const callFigures = {
  offered: { how: 'count', part: asked },
  answered: { how: 'count', part: answered },
  abandoned: { how: 'count', part: gaveUp },
  'abandoned-short': { how: 'count', part: gaveUpAtOnce },
  connection: { how: 'share', part: answered, whole: (call, policy) => asked(call) && !gaveUpAtOnce(call, policy) },
  'connection-raw': { how: 'share', part: answered, whole: asked },
  'service-level': { how: 'share', part: inTime, whole: (call, policy) => answered(call) || gaveUp(call, policy) },
  'speed-of-answer': mean(({ waitMs = 0 }) => waitMs),
  'wait-p90': { how: 'p90', part: answered, value: ({ waitMs = 0 }) => waitMs },
  talk: mean(({ talkMs }) => talkMs),
  hold: mean(({ holdMs }) => holdMs),
  'wrap-up': mean(({ wrapUpMs }) => wrapUpMs),
  handling: mean(handled),
  'survey-invited': { how: 'share', part: (call) => answered(call) && call.invited, whole: answered },
  'survey-answered': { how: 'share', part: rated, whole: (call) => answered(call) && call.invited },
  satisfied: { how: 'share', part: (call) => rated(call) && (call.score ?? 0) >= satisfiedFrom, whole: rated },
  transferred: { how: 'share', part: (call) => answered(call) && call.transfers > 0, whole: answered },
  blocked: { how: 'count', part: ({ blocked }) => blocked },
  'messages-left': { how: 'count', part: ({ message }) => message },
  repeated: { how: 'share', part: (call) => answered(call) && call.known && call.repeat, whole: (call) => answered(call) && call.known },
} as const satisfies Readonly<Record<string, FigureRule<CallFact>>>;

export const shiftFigures = {
  occupancy: {
    how: 'ratio',
    part: ({ signedInMs, restMs }) => signedInMs > restMs,
    value: ({ handlingMs }) => handlingMs,
    of: ({ signedInMs, restMs }) => signedInMs - restMs,
  },
} as const satisfies Readonly<Record<string, FigureRule<ShiftFact>>>;

const accepted = ({ outcome }: ChatFact) => outcome === 'answered';
const ratedChat = ({ score }: ChatFact) => score !== undefined;

export const chatFigures = {
  chats: { how: 'count', part: () => true },
  'chats-accepted': { how: 'share', part: accepted, whole: () => true },
  'chat-first-reply': {
    how: 'mean',
    part: ({ firstReplyMs }) => firstReplyMs !== undefined,
    value: ({ firstReplyMs = 0 }) => firstReplyMs,
  },
  'chat-silence': { how: 'p90', part: accepted, value: ({ silenceMs }) => silenceMs },
  'chat-silent': { how: 'share', part: (chat, { chatSilenceMs }) => accepted(chat) && chat.silenceMs > chatSilenceMs, whole: accepted },
  'chat-rated': { how: 'share', part: (chat) => chat.invited && ratedChat(chat), whole: ({ invited }) => invited },
  'chat-satisfied': { how: 'share', part: ({ score = 0 }) => score >= satisfiedFrom, whole: ratedChat },
} as const satisfies Readonly<Record<string, FigureRule<ChatFact>>>;

const callbackKinds: readonly string[] = ['callback', 'leader-callback', 'expert-callback', 'correction'];
const isCallback = ({ kind }: PromiseFact) => callbackKinds.includes(kind);
const isMessage = ({ kind }: PromiseFact) => kind === 'message';

/** Withdrawn promises are not counted; those whose caller could not be reached are counted apart. */
const promiseDue = ({ state, firstDue }: PromiseFact, { now }: ReportPolicy) =>
  state === 'kept' || state === 'kept-late' || ((state === 'open' || state === 'missed') && firstDue < now);

export const promiseFigures = {
  'callbacks-in-time': {
    how: 'share',
    part: (promise) => isCallback(promise) && promise.state === 'kept',
    whole: (promise, policy) => isCallback(promise) && promiseDue(promise, policy),
  },
  'messages-taken': { how: 'count', part: isMessage },
  'messages-in-time': {
    how: 'share',
    part: (promise) => isMessage(promise) && promise.state === 'kept',
    whole: (promise, policy) => isMessage(promise) && promiseDue(promise, policy),
  },
  'promises-in-time': { how: 'share', part: ({ state }) => state === 'kept', whole: promiseDue },
  'promises-overdue': { how: 'count', part: ({ state, due }, { now }) => state === 'missed' || (state === 'open' && due < now) },
  'promises-unreached': { how: 'count', part: ({ state }) => state === 'unreached' },
} as const satisfies Readonly<Record<string, FigureRule<PromiseFact>>>;

const ticketDue = ({ due, closedAt }: TicketFact, { now }: ReportPolicy) => closedAt !== undefined || due < now;

export const ticketFigures = {
  'tickets-in-time': { how: 'share', part: ({ due, closedAt }) => closedAt !== undefined && closedAt <= due, whole: ticketDue },
  'tickets-returned': { how: 'share', part: ({ returns }) => returns > 0, whole: () => true },
  'tickets-acknowledged': { how: 'share', part: ({ acknowledged }) => acknowledged, whole: () => true },
  'tickets-solved': { how: 'share', part: ({ closedAt, reopened }) => closedAt !== undefined && reopened === 0, whole: ticketDue },
  'tickets-satisfied': { how: 'share', part: ({ score = 0 }) => score >= satisfiedFrom, whole: ({ score }) => score !== undefined },
} as const satisfies Readonly<Record<string, FigureRule<TicketFact>>>;

export const appealFigures = {
  'appeals-upheld': { how: 'share', part: ({ upheld }) => upheld, whole: () => true },
} as const satisfies Readonly<Record<string, FigureRule<AppealFact>>>;

export const figureRules: { readonly [Kind in keyof RowKinds]: Readonly<Record<string, FigureRule<RowKinds[Kind]>>> } = {
  calls: callFigures,
  shifts: shiftFigures,
  chats: chatFigures,
  promises: promiseFigures,
  tickets: ticketFigures,
  appeals: appealFigures,
};

export interface FigureValue {
  /** a share 0–1, a number, or ms; undefined = nothing to divide by */
  readonly value: number | undefined;
  /** rows counted in the part, and in the whole where it is a share */
  readonly part: number;
  readonly whole: number | undefined;
  /** of a ratio: what was divided by what, ms */
  readonly sums?: { readonly part: number; readonly whole: number };
}

/** One figure over rows in any order. O(n), `p90` O(n log n). */
export function figureOf<Row>(rule: FigureRule<Row>, rows: readonly Row[], policy: ReportPolicy): FigureValue {
  const part = rows.filter((row) => rule.part(row, policy));
  if (rule.how === 'count') return { value: part.length, part: part.length, whole: undefined };
  if (rule.how === 'share') {
    const whole = rows.filter((row) => rule.whole?.(row, policy) ?? true).length;
    return { value: whole === 0 ? undefined : part.length / whole, part: part.length, whole };
  }
  if (rule.how === 'ratio') return ratioOf(rule, part);
  const values = part.map((row) => rule.value?.(row) ?? 0);
  const value = rule.how === 'mean' ? meanOf(values) : nearestRank(values, 0.9);
  return { value: value === undefined ? undefined : Math.round(value), part: part.length, whole: undefined };
}

function ratioOf<Row>(rule: FigureRule<Row>, rows: readonly Row[]): FigureValue {
  const sum = (lengthOf: ((row: Row) => number) | undefined) => rows.reduce((all, row) => all + (lengthOf?.(row) ?? 0), 0);
  const sums = { part: sum((row) => rule.value?.(row) ?? 0), whole: sum((row) => rule.of?.(row) ?? 0) };
  return { value: sums.whole === 0 ? undefined : sums.part / sums.whole, part: rows.length, whole: undefined, sums };
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The smallest value that is at least as large as that share of all (nearest rank). */
function nearestRank(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
