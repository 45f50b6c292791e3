import type { Verdict } from '@threerings/norms/trace';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import { boardView } from '../wire/board.ts';
import type { OpenDuty } from '../wire/events.ts';
import { applyToBoard, type BoardInput } from './board.ts';
import { mostClosedCalls } from './calls.ts';
import { type Board, type BoardPlan, emptyBoard } from './state.ts';
import { boardViewOf } from './view.ts';

const inTime = { zh: '两声内接听', en: 'answered within two rings' };
const china = 8 * 3_600_000;
const day = 86_400_000;
const noon = Date.parse('2026-03-02T12:00:00Z') - china;
const at = (seconds: number) => noon + seconds * 1000;

const plan: BoardPlan = {
  queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }],
  staff: [
    { agent: '1', name: '李', unit: 'day', queues: ['general'] },
    { agent: '2', name: '王', unit: 'night', queues: ['general'] },
  ],
  norms: [
    { norm: 'answer-in-time', title: inTime, cites: ['S1a-15'], severity: 'major', points: 5 },
    { norm: 'hold-limit', title: { zh: '保持时限', en: 'hold limit' }, cites: ['S2-46'], severity: 'minor', points: 2 },
  ],
  zoneOffsetMs: china,
  serviceLevelMs: 15_000,
  shortAbandonMs: 5000,
  countReplays: false,
};

const event = (happened: NewEvent, interaction?: string, origin?: 'live' | 'replay'): BoardInput => ({
  kind: 'event',
  event: { by: undefined, ...happened },
  interaction,
  origin,
});
const broken: Verdict = {
  norm: 'answer-in-time',
  pack: 'p',
  packVersion: 1,
  key: 'e1',
  anchor: at(1),
  value: 'broken',
  at: at(11),
  cites: ['S1a-15'],
  witnesses: [],
  nature: 'finding',
};
const kept: Verdict = { ...broken, value: 'kept' };
const judged = (verdict: Verdict, interaction = 'a', instead?: Verdict): BoardInput => ({ kind: 'verdict', interaction, verdict, instead });

const offered = (interaction: string, seconds: number, origin?: 'live' | 'replay') =>
  event(fact('call.offered', at(seconds), { direction: 'in', channel: 'phone', called: '12333', queue: 'general' }), interaction, origin);
const ringing = (interaction: string, seconds: number, agent: string) =>
  event(fact('call.ringing', at(seconds), { agent, leg: 'x', target: 'agent' }), interaction);
const answered = (interaction: string, seconds: number, agent: string) =>
  event(fact('call.answered', at(seconds), { agent, leg: 'x' }, { by: 'agent' }), interaction);
const ended = (interaction: string, seconds: number) =>
  event(fact('call.ended', at(seconds), { outcome: 'normal', side: 'customer', talk: 1 }), interaction);
const closed = (interaction: string, seconds: number) =>
  event(fact('interaction.closed', at(seconds), { reason: 'finished' }), interaction);
const presence = (agent: string, state: string, seconds: number) => event(fact('presence.changed', at(seconds), { agent, state }));

const fold = (inputs: readonly BoardInput[], from: Board = emptyBoard(plan, at(0))) => inputs.reduce(applyToBoard, from);
const view = (inputs: readonly BoardInput[], from?: Board) => boardView.parse(boardViewOf(fold(inputs, from), { language: 'zh' }));

describe('the queues of the board', () => {
  it('show who waits since when, oldest first, and who is there for them', () => {
    const shown = view([presence('1', 'ready', 0), presence('2', 'talking', 0), offered('b', 5), offered('a', 2), ringing('b', 6, '1')]);
    expect(shown.queues).toEqual([
      {
        queue: 'general',
        name: { zh: '综合', en: 'General' },
        waitingSince: [at(2), at(5)],
        ready: 1,
        talking: 1,
        today: { offered: 2, answered: 0, answeredInTime: 0, abandoned: 0, abandonedShort: 0, diverted: 0 },
      },
    ]);
  });

  it('count an answer as in time by the wait of the caller, however many agents were rung', () => {
    const again = [
      offered('b', 0),
      ringing('b', 1, '1'),
      event(fact('call.ring-stopped', at(10), { leg: 'x', outcome: 'no-answer' }), 'b'),
      ringing('b', 11, '2'),
      answered('b', 15.001, '2'),
    ];
    const shown = view([offered('a', 0), answered('a', 15, '1'), ...again]);
    expect(shown.queues[0]?.today).toMatchObject({ offered: 2, answered: 2, answeredInTime: 1 });
  });

  it('count who went on to another queue as offered in both and answered in the last', () => {
    const over = [
      offered('a', 0),
      event(fact('call.queued', at(3), { queue: 'general' }), 'a'),
      event(fact('call.dequeued', at(33), { queue: 'general', outcome: 'overflow' }), 'a'),
      event(fact('call.queued', at(33), { queue: 'card', reason: 'overflow' }), 'a'),
      answered('a', 40, '1'),
    ];
    const both = { ...plan, queues: [...plan.queues, { queue: 'card', name: { zh: '社保卡', en: 'Cards' } }] };
    const [general, card] = view(over, emptyBoard(both, at(0))).queues.map(({ today }) => today);
    expect(general).toMatchObject({ offered: 1, answered: 0, diverted: 1 });
    expect(card).toMatchObject({ offered: 1, answered: 1, answeredInTime: 0, diverted: 0 });
  });

  it('do not count a test call, which is shown as one', () => {
    const fields = { direction: 'in', channel: 'phone', called: '12333', queue: 'general', test: true };
    const shown = view([event(fact('call.offered', at(0), fields), 'a'), answered('a', 3, '1'), judged(broken)]);
    expect(shown.queues[0]?.today).toMatchObject({ offered: 0, answered: 0 });
    expect(shown.calls).toMatchObject([{ interaction: 'a', test: true, broken: 1 }]);
    expect(shown.norms.map((norm) => norm.today.broken)).toEqual([0, 0]);
  });

  it('count short abandons apart', () => {
    const gone = (interaction: string, seconds: number) =>
      event(fact('call.abandoned', at(seconds), { stage: 'queue', wait: 0 }), interaction);
    const shown = view([offered('a', 0), gone('a', 5), offered('b', 0), gone('b', 5.001)]);
    expect(shown.queues[0]?.today).toMatchObject({ abandoned: 2, abandonedShort: 1 });
  });
});

describe('the norms of the board', () => {
  it('count each verdict once, also when a late fact replaced it, and never a hint', () => {
    const call = [offered('a', 0), answered('a', 12, '1')];
    const counts = (inputs: readonly BoardInput[]) =>
      view([...call, ...inputs]).norms.find((norm) => norm.norm === 'answer-in-time')?.today;
    expect(counts([judged(broken)])).toEqual({ kept: 0, broken: 1, unknown: 0, moot: 0 });
    expect(counts([judged(broken), judged(kept, 'a', broken)])).toEqual({ kept: 1, broken: 0, unknown: 0, moot: 0 });
    expect(counts([judged(broken), { kind: 'withdrawn', interaction: 'a', verdict: broken }])).toEqual({
      kept: 0,
      broken: 0,
      unknown: 0,
      moot: 0,
    });
    expect(counts([judged({ ...broken, nature: 'hint' })])).toEqual({ kept: 0, broken: 0, unknown: 0, moot: 0 });
  });

  it('count in their call as in the day', () => {
    const shown = view([offered('a', 0), judged(broken), judged(kept, 'a', broken)]);
    expect(shown.calls).toMatchObject([{ kept: 1, broken: 0 }]);
  });

  it('show what is breaking now, what will break, and whose call it is, until the call is closed', () => {
    const near: OpenDuty = {
      norm: 'hold-limit',
      key: 'h',
      title: { zh: '', en: '' },
      cites: [],
      severity: 'minor',
      actor: 'agent',
      state: 'near',
      parts: [],
      since: at(20),
      deadline: at(80),
    };
    const call = [
      offered('a', 0),
      ringing('a', 1, '1'),
      judged(broken),
      answered('a', 12, '1'),
      { kind: 'duties', interaction: 'a', duties: [near] } as const,
    ];
    const shown = view(call);
    expect(shown.norms.map(({ norm, breaking }) => [norm, breaking])).toEqual([
      ['answer-in-time', [{ interaction: 'a', agent: '1', at: at(11) }]],
      ['hold-limit', [{ interaction: 'a', agent: '1', at: at(80) }]],
    ]);
    expect(shown.people[0]).toMatchObject({
      agent: '1',
      interaction: 'a',
      broken: [{ norm: 'answer-in-time', title: inTime, at: at(11) }],
      near: [{ norm: 'hold-limit', deadline: at(80) }],
    });
    const over = view([...call, ended('a', 60), closed('a', 90)]);
    expect(over.norms.flatMap((norm) => norm.breaking)).toEqual([]);
    expect(over.people[0]?.broken).toEqual([]);
    expect(over.calls[0]).toMatchObject({ state: 'closed', broken: 1 });
  });

  it('keep showing a norm that the pack has no more', () => {
    const shown = view([offered('a', 0), judged({ ...broken, norm: 'gone' })]);
    expect(shown.norms.find((norm) => norm.norm === 'gone')).toMatchObject({ title: { zh: 'gone', en: 'gone' }, today: { broken: 1 } });
  });
});

describe('replayed calls', () => {
  const replayed = [offered('r', 0, 'replay'), answered('r', 3, '1'), judged(broken, 'r')];

  it('are shown as such and counted nowhere', () => {
    const shown = view(replayed);
    expect(shown.calls).toMatchObject([{ interaction: 'r', origin: 'replay', broken: 1 }]);
    expect(shown.queues[0]?.today.offered).toBe(0);
    expect(shown.norms.map((norm) => norm.today.broken)).toEqual([0, 0]);
  });

  it('count where the plan of a demo says so', () => {
    const shown = view(replayed, emptyBoard({ ...plan, countReplays: true }, at(0)));
    expect(shown.queues[0]?.today).toMatchObject({ offered: 1, answeredInTime: 1 });
    expect(shown.norms[0]?.today.broken).toBe(1);
  });
});

describe('the day of the board', () => {
  const lastMinute = Date.parse('2026-03-02T23:59:30Z') - china;

  it('begins at local midnight with empty counts, while calls and people go on', () => {
    const before = fold([
      presence('1', 'talking', 0),
      offered('a', 0),
      answered('a', 3, '1'),
      judged(broken),
      offered('b', 0),
      closed('b', 9),
    ]);
    expect(boardViewOf(applyToBoard(before, { kind: 'clock', now: lastMinute }), { language: 'zh' }).queues[0]?.today.offered).toBe(2);
    const after = boardView.parse(boardViewOf(applyToBoard(before, { kind: 'clock', now: lastMinute + 30_000 }), { language: 'zh' }));
    expect(after.day).toBe('2026-03-03');
    expect(after.queues[0]?.today.offered).toBe(0);
    expect(after.norms.map((norm) => norm.today.broken)).toEqual([0, 0]);
    expect(after.calls.map((call) => call.interaction)).toEqual(['a']);
    expect(after.people[0]?.state).toBe('talking');
  });

  it('is the local one from the first minute', () => {
    const early = Date.parse('2026-03-02T00:30:00Z') - china;
    expect(boardViewOf(emptyBoard(plan, early), { language: 'zh' }).day).toBe('2026-03-02');
  });

  it('does not count what belongs to a day before', () => {
    const tomorrow = applyToBoard(fold([offered('a', 0)]), { kind: 'clock', now: noon + day });
    const shown = view([answered('a', 5, '1'), judged(broken)], tomorrow);
    expect(shown.queues[0]?.today.answered).toBe(0);
    expect(shown.norms.map((norm) => norm.today.broken)).toEqual([0, 0]);
    expect(shown.day).toBe('2026-03-03');
  });
});

describe('alerts and promises', () => {
  const raise = event(fact('alert.raised', at(5), { alert: 'h1', kind: 'hold-long', to: 'leader' }), 'a');

  it('stand once, newest first, in the language of the reader, with who acknowledged', () => {
    const emergency = event(fact('emergency.raised', at(9), { emergency: 'e1', kind: '起火' }), 'a');
    const seen = event(fact('alert.acknowledged', at(10), { alert: 'h1', agent: '2001' }, { by: 'leader' }), 'a');
    const shown = view([raise, raise, emergency, seen]);
    expect(shown.alerts.map(({ alert, severity, message, acknowledgedBy }) => [alert, severity, message, acknowledgedBy])).toEqual([
      ['e1', 'urgent', '坐席上报紧急情况', undefined],
      ['h1', 'warn', '来电者保持过久', '2001'],
    ]);
    expect(boardViewOf(fold([raise]), { language: 'en' }).alerts[0]?.message).toBe('a caller has been on hold for long');
  });

  it('show promises by due time, each in its newest state', () => {
    const promise = (id: string, dueAt: number, state: 'open' | 'kept'): BoardInput => ({
      kind: 'promise',
      promise: { promise: id, kind: 'callback', owner: '1', firstReceiver: '1', dueAt, state },
    });
    const shown = view([promise('late', 9, 'open'), promise('soon', 5, 'open'), promise('late', 9, 'kept')]);
    expect(shown.promises.map(({ promise: id, state }) => [id, state])).toEqual([
      ['soon', 'open'],
      ['late', 'kept'],
    ]);
  });
});

describe('the board', () => {
  it('shows a reader the people of the own units only', () => {
    const shown = boardViewOf(fold([presence('1', 'ready', 0)]), { language: 'zh', units: new Set(['night']) });
    expect(shown.people.map((person) => person.agent)).toEqual(['2']);
  });

  it('keeps a bounded number of closed calls', () => {
    const many = Array.from({ length: mostClosedCalls + 5 }, (_, n) => [offered(`c${n}`, n), closed(`c${n}`, n + 1)]).flat();
    const shown = view([offered('open', 0), ...many]);
    expect(shown.calls.filter((call) => call.state === 'closed')).toHaveLength(mostClosedCalls);
    expect(shown.calls.map((call) => call.interaction)).toContain('open');
    expect(shown.calls.map((call) => call.interaction)).not.toContain('c0');
  });

  it('is the same whether it is fetched after the events or fetched before and folded further', () => {
    const inputs = [
      presence('1', 'ready', 0),
      offered('a', 1),
      ringing('a', 2, '1'),
      judged(broken),
      answered('a', 12, '1'),
      judged(kept, 'a', broken),
      raise(),
      ended('a', 50),
      closed('a', 90),
    ];
    fc.assert(
      fc.property(fc.nat(inputs.length), (cut) => {
        const fetched: Board = JSON.parse(JSON.stringify(fold(inputs.slice(0, cut))));
        expect(boardViewOf(fold(inputs.slice(cut), fetched), { language: 'zh' })).toEqual(boardViewOf(fold(inputs), { language: 'zh' }));
      }),
    );
  });
});

function raise(): BoardInput {
  return event(fact('alert.raised', at(20), { alert: 'x', kind: 'hold-limit', to: '1' }), 'a');
}

it('shows since when the telephone engine is down, until it is there again', () => {
  const down = { since: noon, code: 'ari.unreachable' };
  const without = applyToBoard(emptyBoard(plan, noon), { kind: 'engine', down });
  expect(boardView.parse(boardViewOf(without, { language: 'zh' })).engineDown).toEqual(down);
  expect(boardViewOf(applyToBoard(without, { kind: 'clock', now: noon + day }), { language: 'zh' }).engineDown).toEqual(down);
  expect(boardViewOf(applyToBoard(without, { kind: 'engine', down: undefined }), { language: 'zh' })).not.toHaveProperty('engineDown');
});
