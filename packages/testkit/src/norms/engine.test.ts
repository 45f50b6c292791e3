import { sourceOf } from '@threerings/core/timeline/vocabulary';
import { hints } from '@threerings/norms/hints';
import { judge } from '@threerings/norms/judge';
import { advance, deadline, start, step } from '@threerings/norms/monitor/engine';
import { preflight } from '@threerings/norms/preflight';
import { compile, type Program, programPart } from '@threerings/norms/program';
import { revise } from '@threerings/norms/revise';
import type { FieldValue, Source, TraceEvent } from '@threerings/norms/trace';
import { sources } from '@threerings/norms/trace';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { describe, expect, it } from 'vitest';
import { goldenFamilies, goldenNorms, goldenPacks, programOf, resolve, testEnv, toldCases } from './golden-packs.ts';
import { operatorPacks } from './operator-pack.ts';
import { randomFrom, runs, seedOf } from './random.ts';
import { randomTimeline } from './random-timeline.ts';
import { readToldTimelines } from './told-timeline.ts';

const env = testEnv(goldenFamilies());
const norms = [...goldenPacks(), ...operatorPacks()].flatMap((pack) => pack.norms);
const told = toldCases(new URL('timelines/', goldenNorms));

function normCalled(id: string): ResolvedNorm {
  const norm = norms.find((one) => one.id === id);
  if (norm === undefined) throw new Error(`no norm ${id}`);
  return norm;
}

function randomOf(program: Program, norm: ResolvedNorm, seed: number): TraceEvent[] {
  const plan = program.groups[0]?.norms[0];
  if (plan === undefined) throw new Error('no plan');
  return randomTimeline(program, plan, randomFrom(seedOf(norm.id, seed)));
}

const withoutSpoken = () =>
  goldenPacks().map((pack) => ({ ...pack, norms: pack.norms.filter((norm) => !JSON.stringify(norm).includes('"spoken"')) }));

const allAt = (at: number) => Object.fromEntries(sources.map((source) => [source, at])) as Record<Source, number>;

/** Steps through events with all watermarks at the event before. */
function running(program: Program, events: readonly TraceEvent[]) {
  const state = start(program);
  for (const event of events) {
    advance(program, state, allAt(event.occurredAt - 1));
    step(program, state, event);
  }
  return state;
}

let seq = 0;
function event(type: string, at: number, fields: Record<string, FieldValue> = {}, by?: string, text?: string): TraceEvent {
  seq++;
  const source = sourceOf({ type, by }) ?? 'system';
  return {
    id: `n${seq}`,
    type,
    source,
    occurredAt: at,
    seq,
    fields,
    ...(by === undefined ? {} : { by }),
    ...(text === undefined ? {} : { text }),
  };
}

const says = (at: number, by: string, text: string) =>
  event('speech.said', at, { confidence: 0.9, chars: text.length, start: at, end: at + 1000 }, by, text);

describe('deadline', () => {
  it('is exact: nothing settles by time before it, and at it something changes', () => {
    let checked = 0;
    for (const norm of norms) {
      const program = programOf(norm, env);
      for (let i = 0; i < runs(4); i++) {
        const events = randomOf(program, norm, i);
        const until = 1 + ((seedOf(norm.id, i) >>> 1) % events.length);
        const state = running(program, events.slice(0, until));
        const now = events[until - 1]?.occurredAt ?? 0;
        advance(program, state, allAt(now));
        const due = deadline(program, state);
        if (due === undefined) continue;
        expect(due).toBeGreaterThan(now);
        expect(advance(program, state, allAt(due - 1))).toEqual([]);
        expect(deadline(program, state)).toBe(due);
        advance(program, state, allAt(due));
        expect(deadline(program, state)).not.toBe(due);
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(100);
  });
});

describe('late facts', () => {
  it('are reported and not consumed, and the difference of re-judging is exactly what changed', () => {
    let changed = 0;
    for (const norm of norms) {
      const program = programOf(norm, env);
      for (let i = 0; i < runs(3); i++) {
        const events = randomOf(program, norm, 100 + i);
        const lost = events[1 + ((seedOf(norm.id, i) >>> 1) % (events.length - 1))];
        if (lost === undefined) continue;
        const rest = events.filter((one) => one !== lost);
        const state = running(program, rest);
        advance(program, state, allAt(Math.max(lost.occurredAt, rest.at(-1)?.occurredAt ?? 0)));
        const before = JSON.stringify(state);
        expect(step(program, state, lost)).toEqual([{ kind: 'late', event: lost }]);
        expect(JSON.stringify(state)).toBe(before);
        const old = judge(program, rest);
        const fresh = judge(program, events);
        const revisions = revise(old, fresh, lost.id);
        changed += revisions.length;
        const applied = [...old.filter((one) => !revisions.some((r) => r.from === one)), ...revisions.flatMap((r) => r.to ?? [])];
        const substance = (all: typeof old) => all.map((v) => [v.key, v.value, v.at, v.reason, v.missing, v.who].join()).sort();
        expect(substance(applied)).toEqual(substance(fresh));
        for (const { from, to } of revisions)
          expect(substance(from === undefined ? [] : [from])).not.toEqual(substance(to === undefined ? [] : [to]));
      }
    }
    expect(changed).toBeGreaterThan(50);
  });
});

describe('norms that remember the same', () => {
  const twin = (norm: ResolvedNorm): ResolvedNorm => ({ ...norm, id: `${norm.id}-twin` });
  const together = compile([{ name: 'test', version: 1, norms: [...norms, ...norms.map(twin)] }], env);

  it('judge together, and each beside its twin, as each does alone', () => {
    let judged = 0;
    for (const [index, norm] of norms.entries()) {
      if (index % 3 !== 0 && runs(1) === 1) continue;
      const alone = programOf(norm, env);
      // a tick names one of the two
      const events = randomOf(alone, norm, 300 + index).filter(({ type }) => type !== 'duty.ticked');
      const all = judge(together, events);
      const mine = judge(alone, events);
      expect(all.filter((verdict) => verdict.norm === norm.id)).toEqual(mine);
      expect(all.filter((verdict) => verdict.norm === `${norm.id}-twin`).map((verdict) => ({ ...verdict, norm: norm.id }))).toEqual(mine);
      judged += mine.length;
    }
    expect(judged).toBeGreaterThan(50);
  });

  it('are told apart by who speaks, what is said, and how far back they look', () => {
    const looksBack = (id: string, who: string, what: string, length: string) => `“${id}” ${who} 说 ${what} 此前${length}`;
    const parts = [
      looksBack('一', '坐席', 'hold_request', ' 20 秒 内'),
      looksBack('二', '客户', 'hold_request', ' 20 秒 内'),
      looksBack('三', '坐席', 'hold_request', ' 30 秒 内'),
      looksBack('四', '坐席', 'greeting', ' 20 秒 内'),
      looksBack('五', '坐席', 'hold_request', ''),
      looksBack('六', '坐席', 'hold_request', ' 20 秒 内'),
    ];
    const text = `规范包 test 版本 1\n出处 S1 “一”\n规范 a “a”\n  依据 S1-01\n  当 坐席 保持开始\n  应已 各项 [${parts.join('、')}]\n`;
    const [group] = compile([resolve(text, goldenFamilies())], env).groups;
    expect(group?.memories).toHaveLength(5);
  });
});

describe('preflight', () => {
  const stopped = norms.map((norm) => ({ ...norm, actions: [{ kind: 'stop' as const, on: 'broken' as const, span: norm.span }] }));

  it('objects to exactly the acts that would break the norm at that moment', () => {
    const seen = { stop: 0, warn: 0, passes: 0 };
    for (const norm of stopped) {
      const program = programOf(norm, env);
      for (let i = 0; i < runs(1); i++) {
        const events = randomOf(program, norm, 200 + i);
        for (const [k, act] of events.entries()) {
          if (k % 3 !== 2) continue;
          const values = settledBy(program, events, k);
          if (values === undefined) continue;
          const state = running(program, events.slice(0, k));
          const before = JSON.stringify(state);
          const objections = preflight(program, state, act).map((one) => one.kind);
          expect(JSON.stringify(state)).toBe(before);
          expect(objections.filter((kind) => kind === 'stop')).toHaveLength(values.filter((value) => value === 'broken').length);
          expect(objections.filter((kind) => kind !== 'stop')).toHaveLength(values.filter((value) => value === 'unknown').length);
          if (objections.includes('stop')) seen.stop++;
          else if (objections.length > 0) seen.warn++;
          else seen.passes++;
        }
      }
    }
    expect(Math.min(seen.stop, seen.warn, seen.passes)).toBeGreaterThan(5);
  });

  it('asks for a reason, names the missing parts and lets pass what cannot be told', () => {
    const asking = resolve(
      `规范包 ask 版本 1
出处 S9 “test”
规范 ask-first “先征得同意”
  依据 S9-01   严重度 关键
  当 坐席 保持开始
  应已 各项 [“原因” 坐席 说 hold_request 此前 20 秒 内、“同意” 客户 说 consent_yes 此前 20 秒 内]
  否则 问由 “先说明原因并征得同意”
`,
      goldenFamilies(),
    );
    const program = compile([asking], env);
    const state = start(program);
    for (const one of [event('call.answered', 1000, { leg: 'a', agent: '1' }, 'agent'), says(5000, 'agent', '请稍等，我在为您查缴费记录')])
      step(program, state, one);
    const hold = { ...event('hold.started', 9000, { hold: 'h', leg: 'a' }, 'agent'), seq: 1e6 };
    expect(preflight(program, state, hold)).toEqual([
      expect.objectContaining({
        kind: 'askReason',
        norm: 'ask-first',
        missing: ['同意'],
        message: '先说明原因并征得同意',
        cites: ['S9-01'],
      }),
    ]);
    const deaf = {
      ...event('source.gap-started', 2000, { source: 'speech.customer', reason: 'no-engine' }),
      source: 'speech.customer' as const,
    };
    step(program, state, deaf);
    expect(preflight(program, state, hold)).toEqual([expect.objectContaining({ kind: 'warn', reason: 'gap:no-engine' })]);
    step(program, state, says(7000, 'customer', '好的'));
    expect(preflight(program, state, hold)).toEqual([]);
  });
});

/**
 * Values that the k-th event settles by itself, from watermarks alone; undefined where other events or a deadline share its millisecond,
 * so that the act could not be told apart from them.
 */
function settledBy(program: Program, events: readonly TraceEvent[], k: number): readonly string[] | undefined {
  const act = events[k];
  if (act === undefined || events.some((one) => one !== act && one.occurredAt === act.occurredAt)) return undefined;
  const without = running(program, events.slice(0, k));
  advance(program, without, allAt(act.occurredAt - 1));
  if (deadline(program, without) === act.occurredAt) return undefined;
  const state = running(program, events.slice(0, k + 1));
  return advance(program, state, allAt(act.occurredAt)).flatMap((one) => (one.kind === 'verdict' ? [one.verdict.value] : []));
}

describe('hints', () => {
  it('count down, name what is said already, turn near and late, and leave the state alone', () => {
    const program = programOf(normCalled('opening-formula'), env);
    const state = start(program);
    step(program, state, event('call.answered', 1000, { leg: 'a', agent: '7' }, 'agent'));
    step(program, state, says(2000, 'agent', '您好，这里是燃气热线'));
    const before = JSON.stringify(state);
    const [duty] = hints(program, state, 3000);
    expect(duty).toMatchObject({ norm: 'opening-formula', state: 'open', since: 1000, phrase: 'say_agent_number', actor: 'agent' });
    expect(duty?.parts).toEqual([
      { label: '问候', done: true },
      { label: '机构', done: true },
      { label: '工号', done: false },
      { label: '问需求', done: false },
    ]);
    expect(JSON.stringify(state)).toBe(before);
    const interim = [says(2500, 'agent', '我是1024号，请问有什么可以帮您')];
    expect(hints(program, state, 3000, interim)).toEqual([expect.objectContaining({ norm: 'opening-formula', state: 'done' })]);
  });

  it('warn ahead of a deadline, which itself is still in time', () => {
    const program = programOf(normCalled('answer-within-rings'), env);
    const state = start(program);
    step(program, state, event('call.ringing', 1000, { leg: 'a', target: 'agent', agent: '7' }));
    expect(hints(program, state, 7999)).toEqual([
      expect.objectContaining({ state: 'open', deadline: 11_000, warnAt: 8000, message: '快响完两声，请接起' }),
    ]);
    expect(hints(program, state, 8000)[0]?.state).toBe('near');
    expect(hints(program, state, 11_000)[0]?.state).toBe('near');
    expect(hints(program, state, 11_001)[0]?.state).toBe('late');
  });

  it('ask for the next prompt of a recurring duty also after one was missed', () => {
    const program = programOf(normCalled('hold-reprompt'), env);
    const state = start(program);
    step(program, state, event('call.answered', 500, { leg: 'a', agent: '7' }, 'agent'));
    step(program, state, event('hold.started', 1000, { hold: 'h', leg: 'a' }, 'agent'));
    const broken = advance(program, state, allAt(20_000));
    expect(broken).toEqual([expect.objectContaining({ verdict: expect.objectContaining({ value: 'broken', at: 16_000 }) })]);
    expect(deadline(program, state)).toBeUndefined();
    expect(hints(program, state, 20_000)).toEqual([expect.objectContaining({ state: 'late', deadline: 31_000, warnAt: 28_000 })]);
    expect(hints(program, state, 45_000)[0]?.deadline).toBe(46_000);
    step(program, state, says(47_000, 'agent', '还在为您查'));
    expect(hints(program, state, 48_000)[0]?.deadline).toBe(62_000);
    step(program, state, event('hold.resumed', 50_000, { hold: 'h', leg: 'a', outcome: 'agent' }, 'agent'));
    expect(hints(program, state, 51_000)).toEqual([]);
  });

  it('show a claimed duty as attested', () => {
    const program = programOf(normCalled('greeting-first-seconds'), env);
    const state = start(program);
    step(program, state, event('call.answered', 1000, { leg: 'a', agent: '7' }, 'agent'));
    step(program, state, event('duty.ticked', 2000, { norm: 'greeting-first-seconds' }, 'agent'));
    expect(hints(program, state, 3000)[0]?.state).toBe('attested');
  });
});

describe('a part of a program', () => {
  it('is one program however often it is asked for, and judges as those norms alone do', () => {
    const program = compile(goldenPacks(), env);
    const ofCalls = (scope: string) => scope === 'call';
    const part = programPart(program, ofCalls);
    expect(programPart(program, (scope) => scope === 'call')).toBe(part);
    expect(programPart(program, (scope) => scope !== 'call')).not.toBe(part);
    const alone = compile(
      goldenPacks().map((pack) => ({ ...pack, norms: pack.norms.filter(({ scope }) => ofCalls(scope)) })),
      env,
    );
    for (const one of told.slice(0, 20)) expect(judge(part, one.events)).toEqual(judge(alone, one.events));
  });
});

describe('bounds', () => {
  it('the 257th pending duty of a norm is unknown(overflow)', () => {
    const program = programOf(normCalled('to-end-count'), env);
    const holds = Array.from({ length: 300 }, (_, i) => event('hold.requested', 1000 + i, { hold: `h${i}` }, 'agent'));
    const verdicts = judge(program, holds);
    expect(verdicts).toHaveLength(44);
    expect(new Set(verdicts.map((verdict) => verdict.reason))).toEqual(new Set(['overflow']));
  });

  it('a past too long to keep is unknown where it could matter, and decided where it could not', () => {
    const program = programOf(normCalled('before-variable'), env);
    const offers = Array.from({ length: 1100 }, (_, i) =>
      event('call.agent-offered', 1000 + i, { agent: i < 5 ? 'old' : 'other', leg: `l${i}` }),
    );
    const answer = (at: number, agent: string) => event('call.answered', at, { agent, leg: 'x' }, 'agent');
    const verdicts = judge(program, [...offers, answer(5000, 'old'), answer(5001, 'other')]);
    expect(verdicts.map((verdict) => [verdict.value, verdict.reason])).toEqual([
      ['unknown', 'overflow'],
      ['kept', undefined],
    ]);
  });

  it('a state holds no texts, but for noted values that are looked for in what was said, and an utterance for a second', () => {
    const quiet = goldenPacks().map((pack) => ({
      ...pack,
      norms: pack.norms.filter((norm) => !JSON.stringify(norm).includes('"spoken"')),
    }));
    const program = compile(quiet, env);
    const secret = '我叫张三丰住在武当山脚下';
    const state = running(program, [
      event('call.answered', 1000, { leg: 'a', agent: '7' }, 'agent'),
      says(2000, 'customer', secret),
      says(3000, 'agent', `您好，${secret}`),
    ]);
    advance(program, state, allAt(4000));
    expect(JSON.stringify(state), 'the next utterance may go on from this one').toContain('张三');
    advance(program, state, allAt(5000));
    expect(JSON.stringify(state)).not.toContain('张三');
  });
});

describe('cost', () => {
  /** A long call in which everything happens again and again; matches per block of equal events. */
  function matchesPerBlock(program: Program, blocks: number): number[] {
    const state = start(program);
    const { meter } = program.world;
    const counts: number[] = [];
    step(program, state, event('call.offered', 0, { direction: 'in', channel: 'phone' }, 'customer'));
    step(program, state, event('call.answered', 1000, { leg: 'a', agent: '7' }, 'agent'));
    for (let block = 1; block <= blocks; block++) {
      const at = block * 120_000;
      const before = meter.matches;
      for (const one of ordinaryTwoMinutes(at, block)) {
        step(program, state, one);
        advance(program, state, allAt(one.occurredAt));
      }
      counts.push(meter.matches - before);
    }
    return counts;
  }

  function ordinaryTwoMinutes(at: number, block: number): TraceEvent[] {
    return [
      says(at, 'customer', '我想问一下社保卡怎么补办'),
      says(at + 4000, 'agent', '请稍等，我在为您查补办材料'),
      says(at + 6000, 'customer', '好的'),
      event('hold.started', at + 7000, { hold: `h${block}`, leg: 'a' }, 'agent'),
      says(at + 15_000, 'agent', '还在为您查'),
      event('hold.resumed', at + 25_000, { hold: `h${block}`, leg: 'a', outcome: 'agent' }, 'agent'),
      says(at + 26_000, 'agent', '让您久等了，您带身份证和照片就可以'),
      event('speech.silence-started', at + 40_000),
      event('speech.silence-ended', at + 52_000, { silence: 12_000 }),
      says(at + 60_000, 'agent', '今天天气不错'),
    ];
  }

  it('of an event does not depend on how long the call has been', () => {
    const program = compile(goldenPacks(), env);
    const counts = matchesPerBlock(program, 60);
    const early = counts.slice(10, 20).reduce((sum, one) => sum + one, 0);
    const late = counts.slice(50, 60).reduce((sum, one) => sum + one, 0);
    expect(early).toBeGreaterThan(0);
    expect(late).toBe(early);
  });

  it('of an utterance without a phrase does not grow with the norms that ask for phrases', () => {
    const few = compile(goldenPacks().slice(0, 2), env);
    const many = compile(goldenPacks(), env);
    const askPhrases = (program: Program) => {
      const state = start(program);
      step(program, state, event('call.answered', 1000, { leg: 'a', agent: '7' }, 'agent'));
      advance(program, state, allAt(400_000));
      const before = program.world.meter.matches;
      step(program, state, says(400_001, 'customer', '今天天气不错'));
      advance(program, state, allAt(400_002));
      return program.world.meter.matches - before;
    };
    const askAny = goldenPacks()
      .flatMap((pack) => pack.norms)
      .filter((norm) =>
        /"kind":"(repeated|regex|spoken|utterances|rate)"|"type":"speech.said","with"|"need":"none"/.test(JSON.stringify(norm)),
      ).length;
    expect(askPhrases(few)).toBeLessThanOrEqual(askPhrases(many));
    expect(askPhrases(many)).toBeLessThanOrEqual(askAny);
  });

  it('leaves a state that does not grow with the call, but for noted values that are looked for in the past', () => {
    const program = compile(withoutSpoken(), env);
    const sizeAfter = (blocks: number) => {
      const state = start(program);
      step(program, state, event('call.answered', 1000, { leg: 'a', agent: '7' }, 'agent'));
      for (let block = 1; block <= blocks; block++) {
        for (const one of ordinaryTwoMinutes(block * 120_000, block)) {
          step(program, state, one);
          advance(program, state, allAt(one.occurredAt));
        }
      }
      return JSON.stringify(state).length;
    };
    expect(sizeAfter(60)).toBeLessThan(sizeAfter(20) * 1.1);
  });
});

describe('told timelines', () => {
  it('refuse what they cannot read with file and line', () => {
    expect(() => readToldTimelines('norm x\ncase y\n00:01.000 agent hums\nexpect nothing', 'a.timeline')).toThrow(
      'a.timeline:3:1: expected norm, case, begins, nothing, expect, or a time with what happened, found “00:01.000 agent hums”',
    );
    expect(() => readToldTimelines('norm x\ncase y\n00:01.000 call.vanished', 'a.timeline')).toThrow(
      'a.timeline:3:11: expected an event of the vocabulary, found “call.vanished”',
    );
    expect(() => readToldTimelines('norm x\ncase y\n00:01.000 call.ended side=customer', 'a.timeline')).toThrow(
      'a.timeline:2:1: expected an expect line in the case “y”',
    );
    expect(told.length).toBeGreaterThan(100);
  });
});
