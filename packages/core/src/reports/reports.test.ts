import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Happened } from '../timeline/decider.ts';
import { type CallFact, callFactOf } from './call-facts.ts';
import { type ChatFact, chatFactOf } from './chat-facts.ts';
import { figureIds, figureWords, withLimits } from './figure-words.ts';
import { figureOf, figureRules, type ReportPolicy } from './figures.ts';
import { lastPeriod, periodOf, stepsOf, titleOfPeriod } from './period.ts';
import {
  type Filed,
  figuresOf,
  groupsOf,
  halfHourLoad,
  kindOfFigure,
  lowestConnection,
  type Reported,
  ruleOf,
  stepCounts,
} from './report.ts';
import { byDay, factOfSpan, noShift, type PresenceSpan, shiftAfter } from './shift-facts.ts';

const china = 8 * 3_600_000;
const dayOf = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
const morning = Date.parse('2026-09-30T09:00:00+08:00');
const policy: ReportPolicy = {
  serviceLevelMs: 15_000,
  shortAbandonMs: 5000,
  connectionGoal: 0.95,
  chatSilenceMs: 180_000,
  now: morning + 3_600_000,
};
const s = (seconds: number) => morning + seconds * 1000;

function told(...events: readonly [second: number, type: string, fields?: Happened['fields'], by?: string][]): Happened[] {
  return events.map(([second, type, fields = {}, by]) => ({ type, occurredAt: s(second), fields, ...(by === undefined ? {} : { by }) }));
}

const held = told(
  [0, 'call.offered', { direction: 'in' }],
  [3, 'call.queued', { queue: 'card' }],
  [13, 'call.queued', { queue: 'main', reason: 'overflow' }],
  [23, 'call.answered', { agent: '0217' }],
  [40, 'hold.started'],
  [60, 'hold.resumed'],
  [100, 'call.ended', { talk: 77_000 }],
  [100, 'wrapup.started', { agent: '0217' }],
  [130, 'wrapup.ended', { agent: '0217' }],
  [140, 'survey.answered', { score: 5 }],
);

describe('a call', () => {
  it('is counted with the queue it asked for first, its wait from there, and talk without hold', () => {
    expect(callFactOf(held)).toMatchObject({
      queue: 'card',
      agent: '0217',
      outcome: 'answered',
      waitMs: 20_000,
      talkMs: 57_000,
      holdMs: 20_000,
      wrapUpMs: 30_000,
      invited: true,
      score: 5,
    });
  });

  it('that nobody asked a person in, that was placed by us, or that never began, asks for nobody', () => {
    expect(callFactOf(told([0, 'call.offered', { direction: 'in' }], [9, 'call.abandoned', { stage: 'menu' }]))).toMatchObject({
      askedAt: undefined,
      outcome: 'abandoned',
    });
    expect(callFactOf(told([0, 'outbound.dialled'], [9, 'call.answered', {}, 'customer']))).toMatchObject({
      direction: 'out',
      outcome: 'other',
    });
    expect(callFactOf([])).toBeUndefined();
  });

  it('whose hold was still going on when it ended was held until then', () => {
    const lost = told([0, 'call.offered', { queue: 'q' }], [5, 'call.answered', { agent: 'a' }], [10, 'hold.started'], [30, 'call.ended']);
    expect(callFactOf(lost)).toMatchObject({ holdMs: 20_000, talkMs: 5000, waitMs: 5000 });
  });
});

describe('a call that', () => {
  it('was handed on counts who took it, and one that nobody answered a recording as a message', () => {
    const handed = told(
      [0, 'call.offered', { queue: 'q', number: 'vault:number.1' }],
      [5, 'call.answered', { agent: 'a' }],
      [20, 'transfer.completed', { agent: 'b' }],
      [30, 'recording.stopped'],
      [30, 'call.ended'],
    );
    expect(callFactOf(handed)).toMatchObject({ transfers: 1, message: false, known: true });
    const left = told([0, 'call.offered', { queue: 'q' }], [30, 'recording.stopped'], [30, 'call.ended']);
    expect(callFactOf(left)).toMatchObject({ message: true, known: false, outcome: 'other' });
    const blocked = told([0, 'call.offered', { queue: 'q' }], [0, 'call.blocked'], [8, 'call.abandoned']);
    expect(callFactOf(blocked)).toMatchObject({ blocked: true, askedAt: undefined });
    const letThrough = [...blocked.slice(0, 2), ...told([5, 'call.unblocked'], [5, 'call.queued', { queue: 'q' }])];
    expect(callFactOf(letThrough)).toMatchObject({ blocked: false, askedAt: s(5) });
  });
});

describe('a chat', () => {
  it('is counted with its first reply, the longest wait of the customer and the grade', () => {
    const talked = told(
      [0, 'chat.opened', { channel: 'web', queue: 'main' }],
      [1, 'chat.queued', { queue: 'main' }],
      [2, 'chat.received'],
      [5, 'chat.accepted', { agent: '0217' }],
      [6, 'chat.sent', {}, 'system'],
      [12, 'chat.sent', {}, 'agent'],
      [20, 'chat.received'],
      [30, 'chat.received'],
      [31, 'chat.transferred', { agent: '0300' }],
      [90, 'chat.ended', { outcome: 'customer' }, 'customer'],
      [95, 'survey.answered', { score: 3 }, 'customer'],
    );
    expect(chatFactOf(talked)).toMatchObject({
      ...{ queue: 'main', agent: '0217', outcome: 'answered', firstReplyMs: 10_000, silenceMs: 70_000, transfers: 1 },
      ...{ invited: true, score: 3 },
    });
    expect(chatFactOf(talked.slice(0, 3))).toMatchObject({ outcome: 'abandoned', firstReplyMs: undefined });
    expect(chatFactOf(held)).toBeUndefined();
  });
});

describe('a shift', () => {
  const midnight = Date.parse('2026-10-01T00:00:00+08:00');
  const day = told(
    [0, 'shift.signed-in', { agent: 'a' }],
    [0, 'presence.changed', { agent: 'a', state: 'busy' }],
    [10, 'presence.changed', { agent: 'a', state: 'ready' }],
    [20, 'presence.changed', { agent: 'a', state: 'talking' }],
    [50, 'presence.changed', { agent: 'a', state: 'wrap-up' }],
    [60, 'presence.changed', { agent: 'a', state: 'rest' }],
    [100, 'presence.changed', { agent: 'a', state: 'offline' }],
    [100, 'shift.signed-out', { agent: 'a' }],
  );

  it('is the time between signing in and out, with rest and work of its own', () => {
    let fold = noShift;
    const spans: PresenceSpan[] = [];
    for (const event of day) {
      const after = shiftAfter(fold, event);
      fold = after.fold;
      if (after.ended !== undefined) spans.push(after.ended);
    }
    const sum = (name: 'signedInMs' | 'restMs' | 'handlingMs') => spans.reduce((all, span) => all + factOfSpan(span)[name], 0);
    expect([sum('signedInMs'), sum('restMs'), sum('handlingMs'), fold.state]).toEqual([100_000, 40_000, 40_000, undefined]);
  });

  it('over midnight belongs to both days, and nothing of it is lost', () => {
    const span = { state: 'talking', from: midnight - 5000, to: midnight + 2000 };
    expect(byDay(span, china).map(({ day: on, span: part }) => [on, part.to - part.from])).toEqual([
      [dayOf('2026-09-30'), 5000],
      [dayOf('2026-10-01'), 2000],
    ]);
    fc.assert(
      fc.property(fc.integer({ min: -200_000_000, max: 200_000_000 }), fc.integer({ min: 0, max: 400_000_000 }), (from, length) => {
        const parts = byDay({ state: 'ready', from: midnight + from, to: midnight + from + length }, china);
        expect(parts.reduce((sum, { span: part }) => sum + part.to - part.from, 0)).toBe(length);
        expect(new Set(parts.map(({ day: on }) => on)).size).toBe(parts.length);
      }),
    );
  });
});

describe('a period', () => {
  it('is a local day, a week from Monday, or a month', () => {
    const title = (kind: 'day' | 'week' | 'month', day: string) => titleOfPeriod(periodOf(kind, dayOf(day), china));
    expect(title('day', '2026-09-30')).toBe('2026-09-30');
    expect(title('week', '2026-10-04')).toBe('2026-09-28 – 2026-10-04');
    expect(title('week', '1969-12-30')).toBe('1969-12-29 – 1970-01-04');
    expect(title('month', '2028-02-29')).toBe('2028-02-01 – 2028-02-29');
    expect(periodOf('day', dayOf('2026-09-30'), china).from).toBe(Date.parse('2026-09-30T00:00:00+08:00'));
    expect(titleOfPeriod(lastPeriod('month', morning, china))).toBe('2026-08-01 – 2026-08-31');
  });

  it('of any kind holds its day, and its steps fill it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40_000, max: 40_000 }), fc.constantFrom('day', 'week', 'month'), (day, kind) => {
        const { from, to } = periodOf(kind, day, china);
        const noon = day * 86_400_000 + 43_200_000 - china;
        const steps = stepsOf({ kind, from, to, zoneOffsetMs: china });
        expect(from <= noon && noon < to).toBe(true);
        expect([steps[0], new Set(steps).size, steps.every((at) => at < to)]).toEqual([from, steps.length, true]);
      }),
    );
  });
});

const call = (more: Partial<CallFact>, at = morning): Filed<CallFact> => ({
  id: `call-${at}-${more.waitMs}`,
  at,
  agent: more.agent,
  queue: 'main',
  unit: more.agent === undefined ? undefined : 'day',
  row: {
    ...{ at, direction: 'in', test: false, askedAt: at, queue: 'main', agent: undefined, outcome: 'answered', waitMs: 10_000 },
    ...{ talkMs: 60_000, holdMs: 0, wrapUpMs: 0, invited: false, score: undefined },
    ...{ transfers: 0, message: false, blocked: false, known: true, repeat: false },
    ...more,
  },
});
const some: readonly Filed<CallFact>[] = [
  call({ agent: 'a', waitMs: 10_000, transfers: 1, repeat: true }),
  call({ agent: 'b', waitMs: 30_000, holdMs: 20_000, wrapUpMs: 10_000 }),
  call({ outcome: 'abandoned', waitMs: 4000 }),
  call({ outcome: 'abandoned', waitMs: 40_000, message: true }),
  call({ direction: 'out', askedAt: undefined }),
];
const chat = (more: Partial<ChatFact>): ChatFact => ({
  ...{ at: morning, queue: 'main', agent: 'a', outcome: 'answered', firstReplyMs: undefined, silenceMs: 0, transfers: 0 },
  ...{ invited: false, score: undefined },
  ...more,
});
const reported: Reported = {
  policy,
  verdicts: [{ norm: 'n', agent: 'a', unit: 'day', queue: 'main', kept: 3, broken: 1, unknown: 4 }],
  facts: {
    calls: some,
    shifts: [
      { id: 's1', at: morning, agent: 'a', unit: 'day', row: { signedInMs: 9_000_000, restMs: 1_000_000, handlingMs: 6_000_000 } },
      { id: 's2', at: morning, agent: 'b', unit: 'day', row: { signedInMs: 2_000_000, restMs: 0, handlingMs: 1_000_000 } },
    ],
    chats: [
      { id: 'c1', at: morning, agent: 'a', row: chat({ firstReplyMs: 20_000, silenceMs: 200_000, invited: true, score: 4 }) },
      { id: 'c2', at: morning, agent: 'a', row: chat({ firstReplyMs: 40_000, silenceMs: 40_000 }) },
      { id: 'c3', at: morning, row: chat({ outcome: 'abandoned', agent: undefined }) },
    ],
    promises: [
      { id: 'p1', at: morning, agent: 'a', row: { kind: 'callback', firstDue: morning, due: morning + 86_400_000, state: 'open' } },
      { id: 'p2', at: morning, agent: 'a', row: { kind: 'callback', firstDue: morning, due: morning, state: 'kept' } },
      { id: 'p3', at: morning, agent: 'a', row: { kind: 'message', firstDue: morning, due: morning, state: 'kept-late' } },
      { id: 'p4', at: morning, agent: 'a', row: { kind: 'callback', firstDue: morning, due: morning, state: 'withdrawn' } },
    ],
    tickets: [
      { id: 't1', at: morning, row: { due: morning, closedAt: morning - 1, returns: 1, acknowledged: true, score: 5, reopened: 0 } },
      { id: 't2', at: morning, row: { due: morning, closedAt: undefined, returns: 0, acknowledged: false, score: undefined, reopened: 0 } },
    ],
    appeals: [{ id: 'ap', at: morning, row: { upheld: true } }],
  },
};

describe('figures', () => {
  const values = Object.fromEntries(figuresOf(reported).map(({ figure, value }) => [figure, value]));

  it('are those of practice, by hand', () => {
    expect(values).toMatchObject({
      offered: 4,
      answered: 2,
      abandoned: 1,
      'abandoned-short': 1,
      connection: 2 / 3,
      'connection-raw': 2 / 4,
      'service-level': 1 / 3,
      'speed-of-answer': 20_000,
      'wait-p90': 30_000,
      talk: 60_000,
      hold: 10_000,
      'wrap-up': 5000,
      handling: 75_000,
      compliance: 3 / 4,
      judgeable: 4 / 8,
      occupancy: 7 / 10,
      transferred: 1 / 2,
      repeated: 1 / 2,
      'messages-left': 1,
      chats: 3,
      'chats-accepted': 2 / 3,
      'chat-first-reply': 30_000,
      'chat-silence': 200_000,
      'chat-silent': 1 / 2,
      'chat-rated': 1,
      'chat-satisfied': 1,
      'callbacks-in-time': 1 / 2,
      'messages-taken': 1,
      'messages-in-time': 0,
      'promises-in-time': 1 / 3,
      'promises-overdue': 0,
      'tickets-in-time': 1 / 2,
      'tickets-returned': 1 / 2,
      'tickets-acknowledged': 1 / 2,
      'tickets-solved': 1 / 2,
      'tickets-satisfied': 1,
      'appeals-upheld': 1,
    });
  });

  it('of nothing are no percentages', () => {
    const nothing = figuresOf({
      policy,
      verdicts: [],
      facts: { calls: [], shifts: [], chats: [], promises: [], tickets: [], appeals: [] },
    });
    expect(nothing.filter(({ value }) => value !== undefined).every(({ value }) => value === 0)).toBe(true);
    expect(nothing.find(({ figure }) => figure === 'connection')).toEqual({ figure: 'connection', part: 0, whole: 0 });
  });

  it('have words with no open place, and each counted one has a rule', () => {
    for (const id of figureIds) {
      const { zh, en, formula } = figureWords[id];
      for (const text of [zh, en, formula.zh, formula.en]) expect(withLimits(text, policy)).not.toMatch(/[{}]/);
    }
    const uncounted = ['connection-worst', 'compliance', 'judgeable'];
    expect(figureIds.filter((id) => kindOfFigure(id) === undefined)).toEqual(uncounted);
  });

  it('count each row that a share counts in its part also in its whole', () => {
    const fact = fc.record({
      direction: fc.constantFrom('in' as const, 'out' as const),
      askedAt: fc.option(fc.constant(morning), { nil: undefined }),
      outcome: fc.constantFrom('answered' as const, 'abandoned' as const, 'other' as const),
      waitMs: fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: undefined }),
      invited: fc.boolean(),
      score: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(fact, (given) => {
        const row = call({ ...given, invited: given.invited || given.score !== undefined }).row;
        for (const rule of Object.values(figureRules.calls))
          if (rule.how === 'share' && rule.part(row, policy)) expect(rule.whole?.(row, policy)).toBe(true);
      }),
    );
  });

  it('of groups add up to those of all, but for what is nobody’s', () => {
    const groups = groupsOf(reported, 'agent');
    const answered = groups.map(({ key, figures }) => [key, figures.find(({ figure }) => figure === 'answered')?.value]);
    expect(answered).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(groupsOf(reported, 'queue').map(({ key, figures }) => [key, figures[0]?.value])).toEqual([['main', 4]]);
  });

  it('of a unit hold those of the units below it', () => {
    const above = (unit: string) => [unit, 'centre'];
    const answered = groupsOf(reported, 'unit', above).map(({ key, figures }) => [
      key,
      figures.find(({ figure }) => figure === 'answered')?.value,
    ]);
    expect(answered).toEqual([
      ['centre', 2],
      ['day', 2],
    ]);
  });

  it('of a week stand in their half hour of their weekday', () => {
    const load = halfHourLoad(some, periodOf('week', dayOf('2026-09-30'), china), policy);
    expect([load.length, load[2]?.[18], load.flat().reduce((sum, count) => sum + count, 0)]).toEqual([7, 4, 4]);
  });

  it('of a step are its own', () => {
    const day = periodOf('day', dayOf('2026-09-30'), china);
    const steps = stepCounts(some, day, policy);
    expect([steps.length, steps[18]]).toEqual([48, { at: morning, offered: 4, answered: 2, abandoned: 1 }]);
  });

  it('of a rule agree with the rows that it names', () => {
    const rule = ruleOf('calls', 'speed-of-answer');
    expect(
      rule &&
        figureOf(
          rule,
          some.map(({ row }) => row),
          policy,
        ),
    ).toEqual({ value: 20_000, part: 2, whole: undefined });
    expect(ruleOf('calls', 'nothing')).toBeUndefined();
  });
});

describe('the lowest connection rate', () => {
  const period = periodOf('day', dayOf('2026-09-30'), china);
  const hours = (count: number) => period.from + count * 3_600_000;
  const late: ReportPolicy = { ...policy, now: period.to + 1 };

  it('looks back over midnight, and never at a window that is not over', () => {
    const lost = (at: number) => call({ outcome: 'abandoned', waitMs: 9000 }, hours(at));
    const today = [call({}, hours(1)), call({}, hours(10)), lost(23)];
    const lastNight = [call({}, hours(-3)), lost(-2)];
    expect(lowestConnection(today, period, late)).toMatchObject({ asked: 3, connected: 2 });
    expect(lowestConnection(today, period, { ...policy, now: hours(12) })).toMatchObject({ asked: 1, connected: 1 });
    expect(lowestConnection([...lastNight, ...today], period, late)).toMatchObject({ asked: 2, connected: 1 });
    expect(lowestConnection([], period, late)).toBeUndefined();
  });
});
