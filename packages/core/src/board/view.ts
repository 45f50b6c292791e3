import { type NormCard, unknownCard } from '../observance/norm-card.ts';
import { noVerdicts } from '../observance/rates.ts';
import type { RestAsked } from '../presence/rest.ts';
import { isoDay } from '../promises/calendar.ts';
import type { BoardNorm, BoardPerson, BoardQueue, BoardView } from '../wire/board.ts';
import { alertMessage } from './alerts.ts';
import { type AlertOnBoard, type Board, type BoardStaff, type CallOnBoard, noCounts } from './state.ts';

/** Who looks at the board. `units` = the units whose people are shown; absent = all. Figures are those of the whole hotline. */
export interface BoardReader {
  readonly language: 'zh' | 'en';
  readonly units?: ReadonlySet<string> | undefined;
}

const engagedStates = ['talking', 'hold'];

/** The board as it is sent: whole and small. Broken norms and calls first what is newest; people in the order of the plan. */
export function boardViewOf(board: Board, reader: BoardReader): BoardView {
  const calls = Object.values(board.calls);
  const staff = board.plan.staff.filter((one) => reader.units?.has(one.unit) ?? true);
  return {
    asOf: board.asOf,
    day: isoDay(board.day),
    queues: board.plan.queues.map((queue) => queueView(board, calls, queue)),
    people: staff.map((one) => personView(board, calls, one)),
    calls: calls
      .map(({ interaction, origin, agent, queue, monitor, test, state, since, tally: { kept, broken, unknown } }) => ({
        interaction,
        origin,
        agent,
        queue,
        ...(monitor === undefined ? {} : { monitor }),
        ...(test ? { test } : {}),
        state,
        since,
        kept,
        broken,
        unknown,
      }))
      .sort((one, other) => other.since - one.since),
    norms: normViews(board, calls),
    alerts: board.alerts.map((alert) => ({ ...alert, message: spoken(alert, reader.language) })).reverse(),
    promises: [...board.promises].sort((one, other) => one.dueAt - other.dueAt),
    ...(board.engineDown === undefined ? {} : { engineDown: board.engineDown }),
  };
}

function spoken({ kind, about }: AlertOnBoard, language: BoardReader['language']): string {
  const message = alertMessage(kind, language);
  return about === undefined ? message : `${message}${language === 'zh' ? '：' : ': '}${about}`;
}

function queueView(board: Board, calls: readonly CallOnBoard[], { queue, name }: Board['plan']['queues'][number]): BoardQueue {
  const waiting = calls.filter((call) => call.queue === queue && call.waiting && call.origin === 'live' && !call.test);
  const serving = board.plan.staff.filter((one) => one.queues.includes(queue));
  const inState = (states: readonly string[]) =>
    serving.filter((one) => states.includes(board.people[one.agent]?.state ?? 'offline')).length;
  return {
    queue,
    name: { ...name },
    waitingSince: waiting.map((call) => call.callerSince).sort((one, other) => one - other),
    ready: inState(['ready']),
    talking: inState(engagedStates),
    today: board.queues[queue] ?? noCounts,
  };
}

function personView(board: Board, calls: readonly CallOnBoard[], { agent, name, unit }: BoardStaff): BoardPerson {
  const standing = board.people[agent];
  const call = calls.filter((one) => one.agent === agent && one.state !== 'closed').sort((one, other) => other.since - one.since)[0];
  return {
    agent,
    name,
    unit,
    state: standing?.state ?? 'offline',
    since: standing?.since ?? 0,
    ...(standing?.rest === undefined ? {} : { rest: restView(standing.rest) }),
    queue: call?.queue,
    interaction: call?.interaction,
    broken: (call?.broken ?? []).map(({ norm, at }) => ({ norm, at, ...headline(cardOf(board, norm)) })),
    near: (call?.duties ?? []).flatMap(({ norm, state, deadline }) =>
      state === 'near' && deadline !== undefined ? [{ norm, deadline, ...headline(cardOf(board, norm)) }] : [],
    ),
  };
}

/** That somebody asked, and until when; what was wished for is between the agent and who leads. */
function restView({ askedAt, limitMs, until }: RestAsked): NonNullable<BoardPerson['rest']> {
  return { askedAt, granted: limitMs !== undefined, ...(until === undefined ? {} : { until }) };
}

/** All norms of the pack and those that were judged although the pack has them no more; what is breaking now comes first. */
function normViews(board: Board, calls: readonly CallOnBoard[]): BoardNorm[] {
  const ids = new Set([...board.plan.norms.map((card) => card.norm), ...Object.keys(board.norms)]);
  const views = [...ids].map((norm): BoardNorm => {
    const card = cardOf(board, norm);
    return { norm, ...headline(card), severity: card.severity, today: board.norms[norm] ?? noVerdicts, breaking: breakingNow(norm, calls) };
  });
  return views.sort((one, other) => other.breaking.length - one.breaking.length || other.today.broken - one.today.broken);
}

function breakingNow(norm: string, calls: readonly CallOnBoard[]): BoardNorm['breaking'] {
  return calls
    .filter((call) => call.state !== 'closed')
    .flatMap(({ interaction, agent, broken, duties }) => {
      const near = duties.flatMap((duty) =>
        duty.norm === norm && duty.state === 'near' && duty.deadline !== undefined ? [duty.deadline] : [],
      );
      const instants = [...broken.filter((one) => one.norm === norm).map((one) => one.at), ...near];
      return instants.map((at) => ({ interaction, agent, at }));
    })
    .sort((one, other) => one.at - other.at);
}

function cardOf(board: Board, norm: string): NormCard {
  return board.plan.norms.find((card) => card.norm === norm) ?? unknownCard(norm);
}

function headline({ title, cites }: NormCard): Pick<BoardNorm, 'title' | 'cites'> {
  return { title, cites: [...cites] };
}
