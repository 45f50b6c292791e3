import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../errors/refusal.ts';
import { onlyQueue } from '../routing/plan.ts';
import { shippedSettings } from '../settings/defaults.ts';
import type { DeskCommand } from '../wire/desk.ts';
import type { Effect } from './effects.ts';
import type { HotlineAnswer, HotlineInput, Planned } from './inputs.ts';
import { react } from './react.ts';
import { emptyHotline, type Hotline, withCallEvent, withPresenceEvent } from './state.ts';
import { wakeUpOf } from './wake-ups.ts';

const calendar = { zone: [{ from: 0, offsetMs: 0 }], week: Array(7).fill([[0, 1440]]), days: {}, night: [0, 1] as const };

const setup = {
  settings: shippedSettings,
  plan: onlyQueue('main'),
  calendar,
  staff: [
    { agent: '0217', skills: {} },
    { agent: '0209', skills: {} },
  ],
  epoch: 1,
};

type Told = HotlineInput extends infer Each ? (Each extends HotlineInput ? Omit<Each, 'at'> : never) : never;

/** A hotline on a simulated clock: wake-ups run when they are due, prompts end when the medium would end them. */
class Floor {
  hotline: Hotline = emptyHotline(setup);
  now = 1_000_000;
  readonly planned: Planned[] = [];
  readonly effects: Effect[] = [];
  #ids = 0;

  tell(input: Told): HotlineAnswer {
    const world = { newId: () => `id-${++this.#ids}`, hangUpWaitMs: 10_000, digest: (text: string) => text };
    const reaction = react(this.hotline, { ...input, at: this.now } as HotlineInput, world);
    this.hotline = reaction.hotline;
    this.planned.push(...reaction.planned);
    this.effects.push(...reaction.effects);
    return reaction.answer;
  }

  desk(agent: string, command: DeskCommand, asks: Extract<HotlineInput, { kind: 'desk' }>['asks'] = []): HotlineAnswer {
    return this.tell({ kind: 'desk', agent, command, asks });
  }

  /** Time goes on; what is due on the way happens at its instant. */
  wait(ms: number): void {
    const target = this.now + ms;
    for (;;) {
      const due = [...this.hotline.calls.values()]
        .map((call) => ({ interaction: call.id, at: wakeUpOf(this.hotline, call.id) ?? Number.POSITIVE_INFINITY }))
        .sort((a, b) => a.at - b.at)[0];
      if (due === undefined || due.at > target) break;
      this.now = due.at;
      this.tell({ kind: 'wake', interaction: due.interaction });
    }
    this.now = target;
  }

  ready(agent: string): void {
    this.tell({ kind: 'agent-phone', agent, connected: true });
    this.desk(agent, { kind: 'sign-in-shift' });
    this.desk(agent, { kind: 'set-presence', state: 'ready' });
  }

  /** A caller on the telephone, until the notice is over. */
  caller(interaction: string): void {
    this.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number: '13800138000' });
    this.tell({ kind: 'caller-connected', interaction });
    this.wait(3000);
    this.tell({ kind: 'prompt-ended', interaction, prompt: 'recording-notice', playedMs: 3000, interrupted: false });
  }

  answer(agent: string, interaction: string, leg = `${interaction}-1`): HotlineAnswer {
    this.desk(agent, { kind: 'ringing', interaction, leg });
    this.wait(4000);
    return this.desk(agent, { kind: 'answer', interaction, leg });
  }

  types(interaction: string): string[] {
    return this.planned.filter((p) => p.stream === `interaction-${interaction}`).map((p) => p.event.type);
  }

  kinds(interaction: string): string[] {
    return this.effects.filter((e) => e.interaction === interaction).map((e) => (e.kind === 'announce' ? `announce ${e.prompt}` : e.kind));
  }

  state(agent: string): string | undefined {
    return this.hotline.people.get(agent)?.presence.state;
  }
}

describe('somebody new', () => {
  it('who was ready before the hotline heard of them is rung', () => {
    const floor = new Floor();
    floor.ready('0300');
    floor.caller('c1');
    expect(floor.state('0300')).toBe('ready');
    floor.tell({ kind: 'configured', plan: setup.plan, settings: setup.settings, staff: [...setup.staff, { agent: '0300', skills: {} }] });
    expect(floor.state('0300')).toBe('ringing');
  });
});

describe('a call that is played to before its line is answered', () => {
  it('has both instants in its timeline, and is told of the recording once', () => {
    const floor = new Floor();
    floor.tell({ kind: 'caller-arrived', interaction: 'c1', channel: 'phone', called: '12333', number: '13800138000' });
    floor.wait(200);
    floor.tell({ kind: 'caller-connected', interaction: 'c1', early: true });
    floor.wait(3000);
    floor.tell({ kind: 'prompt-ended', interaction: 'c1', prompt: 'recording-notice', playedMs: 2800, interrupted: false });
    floor.ready('0217');
    floor.answer('0217', 'c1');
    floor.tell({ kind: 'caller-line-answered', interaction: 'c1' });
    const instants = floor.planned.filter((p) => /^line\./.test(p.event.type)).map((p) => [p.event.type, p.event.occurredAt]);
    expect(instants.map(([type]) => type)).toEqual(['line.early-media', 'line.connected']);
    expect(Number(instants[1]?.[1]) - Number(instants[0]?.[1])).toBe(3000 + 4000);
    expect(floor.kinds('c1').filter((kind) => kind === 'announce recording-notice')).toHaveLength(1);
  });
});

describe('a call whose agent is announced by number', () => {
  const answered = () => {
    const floor = new Floor();
    floor.tell({ kind: 'configured', plan: setup.plan, staff: setup.staff, settings: { ...setup.settings, agentNumberFirst: 1 } });
    floor.ready('0217');
    floor.caller('c1');
    floor.answer('0217', 'c1');
    return floor;
  };
  const ended = (interrupted: boolean) =>
    ({ kind: 'prompt-ended', interaction: 'c1', prompt: 'agent-number-0217', playedMs: 1500, interrupted }) as const;

  it('connects and records once the number is over', () => {
    const floor = answered();
    expect(floor.kinds('c1')).not.toContain('connect');
    floor.tell(ended(false));
    expect(floor.kinds('c1').slice(-2)).toEqual(['connect', 'record']);
  });

  it('is recorded too when a hold breaks the number off, and the agent is heard when the hold is over', () => {
    const floor = answered();
    floor.desk('0217', { kind: 'hold', interaction: 'c1', reason: 'lookup', limitMs: 60_000, consent: true });
    floor.tell(ended(true));
    expect(floor.kinds('c1').slice(-2)).toEqual(['hold', 'record']);
    floor.desk('0217', { kind: 'resume', interaction: 'c1' });
    expect(floor.kinds('c1').at(-1)).toBe('resume');
  });
});

describe('a call', () => {
  it('is told that it is recorded, queues, rings, is answered, recorded, released by the caller, and written up', () => {
    const floor = new Floor();
    floor.ready('0217');
    floor.caller('c1');
    expect(floor.state('0217')).toBe('ringing');
    expect(floor.answer('0217', 'c1')).toEqual({ ok: true });
    floor.tell({ kind: 'recording-started', interaction: 'c1', recording: 'rec-c1' });
    floor.wait(60_000);
    floor.tell({ kind: 'caller-left', interaction: 'c1', cause: 'bye' });
    expect(floor.state('0217')).toBe('wrap-up');
    floor.tell({ kind: 'recording-stopped', interaction: 'c1', recording: 'rec-c1', durationMs: 60_000 });
    floor.wait(45_000);
    expect(floor.state('0217')).toBe('ready');
    expect(floor.hotline.calls.size).toBe(0);
    expect(floor.types('c1')).toEqual([
      'call.offered',
      'source.gap-started',
      'source.gap-started',
      'source.gap-started',
      'prompt.played',
      'call.queued',
      'call.agent-offered',
      'call.ringing',
      'call.dequeued',
      'call.ring-stopped',
      'call.answered',
      'recording.started',
      'call.released',
      'call.ended',
      'wrapup.started',
      'recording.stopped',
      'wrapup.ended',
      'interaction.closed',
    ]);
    expect(floor.kinds('c1')).toEqual(['accept', 'announce recording-notice', 'queue-music', 'connect', 'record', 'stop-recording', 'end']);
  });

  it('is not recorded when the notice could not be played', () => {
    const floor = new Floor();
    floor.ready('0217');
    floor.tell({ kind: 'caller-arrived', interaction: 'c1', channel: 'phone', called: '12333' });
    floor.tell({ kind: 'caller-connected', interaction: 'c1' });
    floor.tell({
      kind: 'effect-failed',
      effect: { interaction: 'c1', kind: 'announce', prompt: 'recording-notice' },
      refused: 'sound.unknown',
    });
    floor.answer('0217', 'c1');
    expect(floor.kinds('c1')).toContain('connect');
    expect(floor.kinds('c1')).not.toContain('record');
  });

  it('goes to the next agent when nobody answers; who did not answer is paused and returns with one press', () => {
    const floor = new Floor();
    floor.ready('0217');
    floor.wait(1000);
    floor.ready('0209');
    floor.caller('c1');
    floor.desk('0217', { kind: 'ringing', interaction: 'c1', leg: 'c1-1' });
    floor.wait(20_000);
    expect([floor.state('0217'), floor.state('0209')]).toEqual(['paused', 'ringing']);
    expect(floor.answer('0209', 'c1', 'c1-2')).toEqual({ ok: true });
    expect(floor.desk('0217', { kind: 'set-presence', state: 'ready' })).toEqual({ ok: true });
    expect(floor.types('c1').filter((type) => type === 'call.no-answer')).toHaveLength(1);
  });

  it('is told that nobody is there, may ask for a callback by key, and ends with the promise', () => {
    const floor = new Floor();
    floor.caller('c1');
    expect(floor.kinds('c1').at(-1)).toBe('announce nobody');
    floor.tell({ kind: 'prompt-ended', interaction: 'c1', prompt: 'nobody', playedMs: 2000, interrupted: false });
    expect(floor.kinds('c1').at(-1)).toBe('announce callback-offer');
    floor.tell({ kind: 'caller-digit', interaction: 'c1', digit: '1' });
    expect(floor.planned.find((p) => p.event.type === 'promise.made')?.stream).toBe('promise-callback-c1');
    floor.tell({ kind: 'prompt-ended', interaction: 'c1', prompt: 'callback-promised', playedMs: 2000, interrupted: false });
    expect(floor.types('c1').slice(-2)).toEqual(['call.ended', 'interaction.closed']);
    expect(floor.kinds('c1').at(-1)).toBe('end');
  });

  it('of a caller who does nothing at the callback offer keeps its place and reaches a person', () => {
    const floor = new Floor();
    floor.caller('c1');
    floor.tell({ kind: 'prompt-ended', interaction: 'c1', prompt: 'nobody', playedMs: 2000, interrupted: false });
    floor.wait(60_000);
    floor.ready('0209');
    expect(floor.answer('0209', 'c1')).toEqual({ ok: true });
  });

  it('that the caller gives up is abandoned, and the ringing agent is ready again', () => {
    const floor = new Floor();
    floor.ready('0217');
    floor.caller('c1');
    floor.tell({ kind: 'caller-left', interaction: 'c1', cause: 'cancelled' });
    expect(floor.types('c1')).toContain('call.abandoned');
    expect(floor.state('0217')).toBe('ready');
    expect(floor.hotline.calls.size).toBe(0);
  });
});

describe('the desk', () => {
  const talking = () => {
    const floor = new Floor();
    floor.ready('0217');
    floor.caller('c1');
    floor.answer('0217', 'c1');
    return floor;
  };
  const hold = { kind: 'hold', interaction: 'c1', reason: 'lookup', limitMs: 60_000, consent: true } as const;

  it('holds with reason, limit and consent, speaks over the music, and returns', () => {
    const floor = talking();
    expect(floor.desk('0217', hold)).toEqual({ ok: true });
    expect(floor.state('0217')).toBe('hold');
    floor.desk('0217', { kind: 'speak-over', interaction: 'c1', on: true });
    floor.desk('0217', { kind: 'speak-over', interaction: 'c1', on: false });
    expect(floor.desk('0217', { kind: 'resume', interaction: 'c1' })).toEqual({ ok: true });
    expect(floor.kinds('c1').slice(-4)).toEqual(['hold', 'speak-over', 'speak-over', 'resume']);
  });

  it('is asked for a reason when a norm misses something, and goes on with one', () => {
    const floor = talking();
    const ask = {
      norm: 'hold-three-parts',
      cites: ['S2-43'],
      message: { zh: '先说明原因', en: 'say why' },
      missing: [{ zh: '时限', en: 'time limit' }],
    };
    expect(floor.desk('0217', hold, [ask])).toEqual({ ask: 'reason', ...ask });
    expect(floor.types('c1')).not.toContain('hold.started');
    expect(floor.desk('0217', { ...hold, override: '客户催促' }, [ask])).toEqual({ ok: true });
    expect(floor.types('c1').slice(-4)).toEqual(['hold.requested', 'consent.marked', 'stop.overridden', 'hold.started']);
  });

  it('is alerted at the limit of a hold, and the leader later; the caller is never cut', () => {
    const floor = talking();
    floor.desk('0217', hold);
    floor.wait(130_000);
    const alerts = floor.planned.filter((p) => p.event.type === 'alert.raised').map((p) => p.event.fields['to']);
    expect(alerts).toEqual(['0217', 'leader']);
    expect(floor.types('c1')).not.toContain('call.ended');
  });

  it('must press twice to hang up on a caller, with a reason inside the wait, and is never kept from it', () => {
    const floor = talking();
    const press = (confirmed: boolean, reason?: string) =>
      floor.desk('0217', { kind: 'release', interaction: 'c1', confirmed, ...(reason === undefined ? {} : { reason }) });
    expect(press(false)).toMatchObject({ ask: 'reason', waitUntil: floor.now + 10_000 });
    expect(press(true)).toMatchObject({ ask: 'reason' });
    expect(press(true, '骚扰电话')).toEqual({ ok: true });
    expect(floor.types('c1')).toContain('stop.overridden');
    const patient = talking();
    patient.desk('0217', { kind: 'release', interaction: 'c1', confirmed: false });
    patient.wait(10_000);
    expect(patient.desk('0217', { kind: 'release', interaction: 'c1', confirmed: true })).toEqual({ ok: true });
    expect(patient.types('c1')).not.toContain('stop.overridden');
  });

  it("cannot touch another agent's call, a call that is over, or be ready without a phone", () => {
    const floor = talking();
    floor.ready('0209');
    for (const command of [
      hold,
      { kind: 'mute', interaction: 'c1', on: true },
      { kind: 'release', interaction: 'c1', confirmed: true },
    ] as const) {
      expect(floor.desk('0209', command)).toMatchObject({ refused: 'call.not-yours' });
    }
    expect(floor.desk('0217', { ...hold, interaction: 'gone' })).toMatchObject({ refused: 'call.unknown' });
    floor.tell({ kind: 'agent-phone', agent: '0209', connected: false });
    expect(floor.state('0209')).toBe('paused');
    expect(floor.desk('0209', { kind: 'set-presence', state: 'ready' })).toMatchObject({ refused: 'presence.no-phone' });
  });

  it('may extend the work after the call twice, with a reason', () => {
    const floor = talking();
    floor.tell({ kind: 'caller-left', interaction: 'c1', cause: 'bye' });
    const extend = () => floor.desk('0217', { kind: 'extend-wrap-up', interaction: 'c1', reason: '登记工单' });
    expect([extend(), extend()]).toEqual([{ ok: true }, { ok: true }]);
    expect(extend()).toMatchObject({ refused: 'wrap-up.used-up' });
    floor.wait(45_000 + 120_000);
    expect(floor.state('0217')).toBe('ready');
  });
});

it('a hotline that is folded again from what was stored stands as it stood', () => {
  const floor = new Floor();
  floor.ready('0217');
  floor.ready('0209');
  floor.caller('c1');
  floor.answer('0217', 'c1');
  floor.caller('c2');
  floor.desk('0217', { kind: 'hold', interaction: 'c1', reason: 'form', limitMs: 30_000, consent: false });
  let again = emptyHotline(setup);
  for (const { stream, interaction, event } of floor.planned) {
    if (stream.startsWith('presence-')) again = withPresenceEvent(again, stream.slice('presence-'.length), event);
    else if (interaction !== undefined && stream.startsWith('interaction-')) again = withCallEvent(again, interaction, event);
  }
  expect(again.calls).toEqual(floor.hotline.calls);
  expect(again.router).toEqual(floor.hotline.router);
});

it('no order of what callers, agents and time do loses a call, gives an agent two, or records unasked', () => {
  const agents = ['0217', '0209'];
  const step = fc.oneof(
    fc.record({ do: fc.constant('caller' as const), call: fc.nat(3) }),
    fc.record({ do: fc.constant('leaves' as const), call: fc.nat(3) }),
    fc.record({ do: fc.constant('lost' as const), call: fc.nat(3) }),
    fc.record({ do: fc.constantFrom('ready' as const, 'answer' as const), agent: fc.nat(1) }),
    fc.record({ do: fc.constantFrom('answer' as const, 'hold' as const, 'resume' as const, 'release' as const), agent: fc.nat(1) }),
    fc.record({ do: fc.constant('phone' as const), agent: fc.nat(1), connected: fc.boolean() }),
    fc.record({ do: fc.constant('wait' as const), ms: fc.nat(50_000) }),
  );
  let answered = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), (steps) => {
      const floor = new Floor();
      for (const s of steps) {
        if (s.do === 'caller') floor.caller(`c${s.call}`);
        else if (s.do === 'leaves') floor.tell({ kind: 'caller-left', interaction: `c${s.call}`, cause: 'bye' });
        else if (s.do === 'lost') floor.tell({ kind: 'caller-lost', interaction: `c${s.call}`, cause: 'media timeout' });
        else if (s.do === 'wait') floor.wait(s.ms);
        else {
          const agent = agents[s.agent] ?? '';
          const own = [...floor.hotline.calls.values()].find(
            (c) => c.interaction.offer?.agent === agent || c.interaction.talk?.agent === agent,
          );
          const interaction = own?.id ?? 'none';
          if (s.do === 'phone') floor.tell({ kind: 'agent-phone', agent, connected: s.connected });
          else if (s.do === 'ready') floor.ready(agent);
          else if (s.do === 'answer') floor.answer(agent, interaction, own?.interaction.offer?.leg);
          else if (s.do === 'hold') floor.desk(agent, { kind: 'hold', interaction, reason: 'other', limitMs: 20_000, consent: false });
          else if (s.do === 'resume') floor.desk(agent, { kind: 'resume', interaction });
          else floor.desk(agent, { kind: 'release', interaction, confirmed: true, reason: 'test' });
        }
        const busy = [...floor.hotline.calls.values()].flatMap(
          (c) => c.interaction.offer?.agent ?? (c.interaction.phase === 'talking' ? c.interaction.talk?.agent : undefined) ?? [],
        );
        expect(new Set(busy).size).toBe(busy.length);
      }
      for (const call of floor.hotline.calls.values()) {
        const types = floor.types(call.id);
        if (floor.kinds(call.id).includes('record')) expect(types).toContain('prompt.played');
        const waits = call.interaction.phase === 'queued' && call.interaction.offer === undefined;
        const free = agents.filter((agent) => floor.state(agent) === 'ready');
        if (waits) expect(free).toEqual([]);
      }
      answered += floor.planned.filter((p) => p.event.type === 'call.answered').length;
    }),
    { numRuns: 200 },
  );
  expect(answered).toBeGreaterThan(20);
});

it('the same input gives the same reaction and leaves the old hotline as it was', () => {
  const floor = new Floor();
  floor.ready('0217');
  const before = JSON.stringify([...floor.hotline.calls], undefined, 0);
  const input: HotlineInput = { kind: 'caller-arrived', interaction: 'x', channel: 'web-call', called: '12333', at: 5_000_000 };
  const world = { newId: () => 'id', hangUpWaitMs: 0, digest: (text: string) => text };
  expect(react(floor.hotline, input, world)).toEqual(react(floor.hotline, input, world));
  expect(JSON.stringify([...floor.hotline.calls])).toBe(before);
  expect(
    isRefusal(
      react(floor.hotline, { kind: 'desk', agent: '0217', command: { kind: 'resume', interaction: 'x' }, asks: [], at: 5 }, world).answer,
    ),
  ).toBe(true);
});
