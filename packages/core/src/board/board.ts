import type { Instant, Verdict } from '@threerings/norms/trace';
import { add, noVerdicts } from '../observance/rates.ts';
import { evolveRest } from '../presence/rest.ts';
import { localDay } from '../promises/calendar.ts';
import { type Happened, textOf } from '../timeline/decider.ts';
import type { EngineDown } from '../wire/board.ts';
import type { PromiseView } from '../wire/desk.ts';
import type { OpenDuty } from '../wire/events.ts';
import { alertsAfter } from './alerts.ts';
import { callAfter, mostClosedCalls } from './calls.ts';
import { countsAfter } from './queue-counts.ts';
import type { Board, CallOnBoard } from './state.ts';

/** What reaches the board. `origin` says how the call came here; presence and other streams have no interaction. */
export type BoardInput =
  | {
      readonly kind: 'event';
      readonly event: Happened;
      readonly interaction?: string | undefined;
      readonly origin?: CallOnBoard['origin'] | undefined;
    }
  | { readonly kind: 'verdict'; readonly interaction: string; readonly verdict: Verdict; readonly instead?: Verdict | undefined }
  /** a late fact took a verdict away without another one */
  | { readonly kind: 'withdrawn'; readonly interaction: string; readonly verdict: Verdict }
  /** all duties of the call that are going on now */
  | { readonly kind: 'duties'; readonly interaction: string; readonly duties: readonly OpenDuty[] }
  | { readonly kind: 'promise'; readonly promise: PromiseView }
  /** the telephone engine went away or came back */
  | { readonly kind: 'engine'; readonly down: EngineDown | undefined }
  /** nothing happened, but the day may have changed */
  | { readonly kind: 'clock'; readonly now: Instant };

/** The board after one more input. The same function runs in the server and in the browser. */
export function applyToBoard(board: Board, input: BoardInput): Board {
  switch (input.kind) {
    case 'event':
      return happened(inDayOf(board, input.event.occurredAt), input);
    case 'verdict':
      return judged(inDayOf(board, input.verdict.at), input.interaction, input.verdict, input.instead);
    case 'withdrawn':
      return judged(board, input.interaction, undefined, input.verdict);
    case 'duties': {
      const call = board.calls[input.interaction];
      return call === undefined ? board : withCall(board, { ...call, duties: input.duties });
    }
    case 'promise':
      return { ...board, promises: promisesWith(board.promises, input.promise) };
    case 'engine':
      return { ...board, engineDown: input.down };
    case 'clock':
      return inDayOf(board, input.now);
  }
}

/** A new day begins with empty counts; calls, people and open promises go on. The past never comes back. */
function inDayOf(board: Board, at: Instant): Board {
  const day = localDay(at, board.plan.zoneOffsetMs);
  const asOf = Math.max(board.asOf, at);
  if (day <= board.day) return asOf === board.asOf ? board : { ...board, asOf };
  const calls = Object.fromEntries(Object.entries(board.calls).filter(([, call]) => call.state !== 'closed'));
  const alerts = board.alerts.filter((alert) => alert.interaction !== undefined && calls[alert.interaction] !== undefined);
  return {
    ...board,
    asOf,
    day,
    calls,
    alerts,
    queues: {},
    norms: {},
    promises: board.promises.filter((one) => one.state === 'open' || one.state === 'missed'),
  };
}

function happened(board: Board, { event, interaction, origin }: Extract<BoardInput, { kind: 'event' }>): Board {
  const told: Board = { ...board, alerts: alertsAfter(board.alerts, event, interaction) };
  if (event.type === 'presence.changed' || event.type.startsWith('rest.')) return withPerson(told, event);
  if (interaction === undefined) return told;
  const before = told.calls[interaction];
  const after = callAfter(before, event, interaction, origin ?? before?.origin ?? 'live');
  if (after === undefined) return told;
  const isToday = localDay(event.occurredAt, board.plan.zoneOffsetMs) === board.day;
  const isCounted = !after.test && (after.origin === 'live' || board.plan.countReplays);
  const queues = isToday && isCounted ? countsAfter(told.queues, before, after, event, told.plan) : told.queues;
  return withCall({ ...told, queues }, after);
}

function withPerson(board: Board, event: Happened): Board {
  const agent = textOf(event, 'agent') ?? '';
  const before = board.people[agent] ?? { state: 'offline', since: 0 };
  const rest = evolveRest(before.rest, event);
  const standing = event.type === 'presence.changed' ? { state: textOf(event, 'state') ?? 'offline', since: event.occurredAt } : before;
  return { ...board, people: { ...board.people, [agent]: { state: standing.state, since: standing.since, ...(rest && { rest }) } } };
}

function judged(board: Board, interaction: string, verdict: Verdict | undefined, instead: Verdict | undefined): Board {
  const call = board.calls[interaction];
  const norm = verdict?.norm ?? instead?.norm;
  if (call === undefined || norm === undefined) return board;
  const tally = add(add(call.tally, instead, -1), verdict);
  const others = call.broken.filter((one) => one.norm !== norm || one.key !== (verdict ?? instead)?.key);
  const isBroken = verdict?.value === 'broken' && verdict.nature === 'finding';
  const broken = isBroken ? [...others, { norm, key: verdict.key, at: verdict.at }] : others;
  const isToday = localDay((verdict ?? instead)?.at ?? board.asOf, board.plan.zoneOffsetMs) === board.day;
  const counts = isToday && !call.test && (call.origin === 'live' || board.plan.countReplays);
  const norms = counts ? { ...board.norms, [norm]: add(add(board.norms[norm] ?? noVerdicts, instead, -1), verdict) } : board.norms;
  return withCall({ ...board, norms }, { ...call, tally, broken });
}

function withCall(board: Board, call: CallOnBoard): Board {
  const calls = { ...board.calls, [call.interaction]: call };
  if (call.state !== 'closed') return { ...board, calls };
  const closed = Object.values(calls).filter((one) => one.state === 'closed');
  if (closed.length <= mostClosedCalls) return { ...board, calls };
  const oldest = closed.reduce((first, one) => (one.since < first.since ? one : first));
  const { [oldest.interaction]: _, ...kept } = calls;
  return { ...board, calls: kept };
}

function promisesWith(promises: readonly PromiseView[], promise: PromiseView): readonly PromiseView[] {
  return [...promises.filter((one) => one.promise !== promise.promise), promise];
}
