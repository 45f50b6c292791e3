import { endOfTime } from '@threerings/core/timeline/coverage';
import { fact } from '@threerings/core/timeline/decider';
import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { compile } from '@threerings/norms/program';
import type { Source } from '@threerings/norms/trace';
import { resolve, testEnv } from '@threerings/testkit/norms/golden-packs';
import { expect, test } from 'vitest';
import { CallWatch } from '../observance/call-watch.ts';
import { ListenedCall } from './listened-call.ts';
import type { HeardSource, ListenerCommand, Marks } from './listener/protocol.ts';

const start = 1_000_000;

/** A call that is listened to, with everything around it by hand. */
function rig(sources: readonly HeardSource[] = ['audio']) {
  let now = start;
  let up = true;
  let serial = 0;
  let tapped = true;
  const sent: ListenerCommand[] = [];
  const taps: string[] = [];
  const events: NewEvent[] = [];
  let marks: Marks = {};
  const call = new ListenedCall('c1', sources, {
    now: () => now,
    listenerUp: () => up,
    send: (command) => void sent.push(command),
    tap: async (side, agent, tap) => {
      taps.push(`${side} ${agent} ${tap}`);
      return tapped;
    },
    untap: (tap) => void taps.push(`off ${tap}`),
    newTap: () => `/t/${++serial}`,
    newListening: () => `c1#${++serial}`,
    tell: (told, raised) => {
      events.push(...told);
      marks = { ...marks, ...raised };
    },
  });
  const happens = (...given: readonly NewEvent[]) => call.take(given);
  return {
    call,
    sent,
    taps,
    events,
    marks: () => marks,
    happens,
    pass: (ms: number) => {
      now += ms;
      call.tick();
    },
    listener: (on: boolean) => {
      up = on;
      call.listenerChanged();
    },
    refuseTaps: (no: boolean) => {
      tapped = !no;
    },
    answered: () => happens(fact('call.answered', now, { leg: 'a', agent: '0217' }, { by: 'agent' })),
    /** everything that was asked to be opened is open */
    opened: async () => {
      for (const command of sent.filter((each) => each.kind === 'open'))
        call.report({ kind: 'opened', call: command.call, side: command.side, socket: command.socket, ok: true });
      await Promise.resolve();
      await Promise.resolve();
    },
    hears: (since: number) => call.report({ kind: 'hears', call: call.listeningId ?? '', since, engines: { audio: 'acoustics/1' } }),
    heard: (told: readonly NewEvent[], mark: number) =>
      call.report({ kind: 'heard', call: call.listeningId ?? '', events: told, marks: { audio: mark } }),
    told: () => events.map(({ type, fields, occurredAt }) => [type, occurredAt - start, fields['reason']].filter((x) => x !== undefined)),
  };
}

const kinds = (sent: readonly ListenerCommand[]) =>
  sent.map((command) =>
    'side' in command ? `${command.kind} ${command.side}` : command.kind === 'meet' ? `meet ${command.on}` : command.kind,
  );

test('both sides are tapped from the answer on, and what is said at the desk during a hold is not', async () => {
  const { sent, taps, happens, answered, opened } = rig();
  happens(fact('call.offered', start, {}), fact('call.queued', start, {}));
  expect(sent).toEqual([]);
  answered();
  expect(kinds(sent)).toEqual(['listen', 'open customer', 'open agent', 'meet true']);
  await opened();
  expect(taps).toEqual(['customer 0217 /t/2', 'agent 0217 /t/3']);
  sent.length = 0;
  happens(fact('hold.started', start, { hold: 'h' }));
  expect(kinds(sent)).toEqual(['close agent', 'meet false']);
  happens(fact('hold.speak-started', start, { hold: 'h' }), fact('hold.speak-ended', start, { hold: 'h' }));
  happens(fact('hold.speak-started', start, { hold: 'h' }));
  expect(kinds(sent).slice(2)).toEqual(['open agent']);
  happens(fact('hold.resumed', start, { hold: 'h', outcome: 'agent' }));
  expect(kinds(sent).slice(3)).toEqual(['meet true']);
});

test('before the answer the watermark follows the clock, then the listener tells it, and the end frees it', () => {
  const { call, marks, pass, answered, hears, heard, happens, told } = rig();
  pass(3000);
  expect(marks()).toEqual({ audio: start + 2500 });
  answered();
  pass(1000);
  expect(marks()).toEqual({ audio: start + 2500 });
  hears(start + 3100);
  heard([fact('speech.silence-started', start + 3100)], start + 3900);
  expect(marks()).toEqual({ audio: start + 3900 });
  happens(fact('call.ended', start + 4000, { outcome: 'normal' }));
  expect(marks()).toEqual({ audio: start + 3900 });
  call.ended();
  expect(marks()).toEqual({ audio: endOfTime });
  expect(told()).toEqual([
    ['source.started', 3100],
    ['speech.silence-started', 3100],
    ['source.ended', 4000],
  ]);
});

test('a listening process that dies leaves a gap from its last watermark on, until its successor hears something', () => {
  const { sent, marks, pass, answered, hears, heard, listener, told } = rig();
  answered();
  hears(start + 10);
  heard([], start + 5000);
  pass(6000);
  listener(false);
  pass(4000);
  expect(told()).toEqual([
    ['source.started', 10],
    ['source.gap-started', 5001, 'engine-down'],
  ]);
  expect(marks()).toEqual({ audio: start + 10_000 - 1500 });
  listener(true);
  expect(sent.filter(({ kind }) => kind === 'listen').at(-1)).toMatchObject({ notBefore: start + 8501 });
  hears(start + 10_100);
  expect(told().at(-1)).toEqual(['source.gap-ended', 10_100]);
});

test('a side that cannot be tapped is a gap, and is tried again a second later', async () => {
  const { sent, pass, answered, opened, refuseTaps, told } = rig();
  refuseTaps(true);
  answered();
  await opened();
  expect(told()).toEqual([['source.gap-started', 1, 'no-audio']]);
  refuseTaps(false);
  pass(500);
  expect(sent.filter(({ kind }) => kind === 'listen')).toHaveLength(1);
  pass(600);
  expect(sent.filter(({ kind }) => kind === 'listen')).toHaveLength(2);
});

test('a side whose sound ends by itself is a gap, unless the call turns out to be over', () => {
  const deaf = () => {
    const one = rig();
    one.answered();
    one.hears(start + 10);
    one.heard([], start + 900);
    one.call.report({ kind: 'deaf', call: one.call.listeningId ?? '', side: 'customer' });
    one.call.ended();
    one.pass(300);
    expect(one.marks()).toEqual({ audio: start + 900 });
    return one;
  };
  const over = deaf();
  over.happens(fact('call.ended', start + 400, { outcome: 'normal' }));
  over.pass(2000);
  expect(over.told().map(([type]) => type)).toEqual(['source.started', 'source.ended']);
  const going = deaf();
  going.pass(800);
  expect(going.told().at(-1)).toEqual(['source.gap-started', 901, 'no-audio']);
  expect(going.sent.filter(({ kind }) => kind === 'listen')).toHaveLength(2);
});

test('a restarted server tells from when to when nobody listened', () => {
  const { call, hears, told } = rig();
  const stored = [
    fact('call.offered', start - 9000, {}),
    fact('call.answered', start - 5000, { leg: 'a', agent: '0217' }, { by: 'agent' }),
  ];
  call.restore(stored as unknown as TimelineEvent[], start - 1000);
  hears(start + 400);
  expect(told()).toEqual([
    ['source.gap-started', -999, 'engine-down'],
    ['source.gap-ended', 400],
    ['source.started', 400],
  ]);
});

test('a call that nobody was there to hear from its arrival on is left alone', () => {
  const { sent, events, happens, answered, pass } = rig();
  happens(fact('source.gap-started', start, { source: 'audio', reason: 'no-engine' }));
  answered();
  pass(1000);
  expect(sent).toEqual([]);
  expect(events).toEqual([]);
});

const silenceNorm = `规范包 silence 版本 1
出处 S9 “test”

规范 talk-again “静默五秒后坐席开口”
  依据 S9-01
  当 静默 满 5 秒
  应 坐席 开口 于 3 秒 内
`;

/** The verdicts of a norm on silence over what a listened call told. */
function verdicts(events: readonly NewEvent[], mark: number) {
  const program = compile([resolve(silenceNorm, [])], testEnv([]));
  const watch = new CallWatch(program);
  const placed = [fact('call.answered', start, { leg: 'a', agent: '0217' }, { by: 'agent' }), ...events].map((event, at) => ({
    ...event,
    id: `e${at}`,
    seq: at,
    source: event.source ?? (vocabulary.events.find(({ id }) => id === event.type)?.source as Source),
  }));
  watch.take(placed as unknown as TimelineEvent[]);
  watch.advance({ audio: mark, telephony: mark, system: mark });
  return watch.verdicts.map(({ value, reason }) => [value, reason]);
}

test('a norm on silence is judged by what was heard: broken, kept, and unknown where nobody listened', () => {
  const silent = (after: readonly NewEvent[]) => {
    const { events, answered, hears, heard, listener } = rig();
    answered();
    hears(start);
    heard([fact('speech.silence-started', start + 1000), ...after], start + 6500);
    if (after.length > 0) heard([], start + 20_000);
    else listener(false);
    return events;
  };
  const speaks = (at: number) => [
    fact('speech.activity-started', start + at, { leg: 'a' }, { by: 'agent' }),
    fact('speech.silence-ended', start + at, { silence: at - 1000 }),
  ];
  expect(verdicts(silent(speaks(6400)), start + 20_000)).toEqual([['kept', undefined]]);
  expect(verdicts(silent(speaks(12_000)), start + 20_000)).toEqual([['broken', undefined]]);
  expect(verdicts(silent([]), start + 20_000)).toEqual([['unknown', 'gap:engine-down']]);
});

test('words are gaps of their own: where the caller was not told, and where the recogniser failed', () => {
  const { call, happens, answered, sent, events, marks, heard } = rig(['audio', 'speech.agent', 'speech.customer']);
  answered();
  expect(sent[0]).toMatchObject({ kind: 'listen', transcribe: false });
  call.report({ kind: 'hears', call: call.listeningId ?? '', since: start + 10, engines: { audio: 'acoustics/1' } });
  expect(events.filter(({ type }) => type === 'source.gap-started').map(({ source }) => source)).toEqual([
    'speech.agent',
    'speech.customer',
  ]);
  heard([], start + 2000);
  expect(marks().audio).toBe(start + 2000);

  const told = rig(['audio', 'speech.agent', 'speech.customer']);
  told.happens(fact('prompt.played', start, { prompt: 'notice', leg: 'caller', duration: 3000, about: 'recording-notice' }));
  told.answered();
  expect(told.sent[0]).toMatchObject({ kind: 'listen', transcribe: true, subjects: { agent: 'staff-0217', customer: 'customer-c1' } });
  const engines = { audio: 'acoustics/1', 'speech.agent': 'x', 'speech.customer': 'x' };
  told.call.report({ kind: 'hears', call: told.call.listeningId ?? '', since: start + 10, engines });
  told.call.report({ kind: 'lost', call: '', source: 'speech.customer', at: start + 500, reason: 'engine-down' });
  told.call.report({ kind: 'found', call: '', source: 'speech.customer', at: start + 900 });
  expect(
    told.events.filter(({ type }) => type.includes('gap')).map(({ type, source, occurredAt }) => [type, source, occurredAt - start]),
  ).toEqual([
    ['source.gap-started', 'speech.customer', 500],
    ['source.gap-ended', 'speech.customer', 900],
  ]);
  happens(fact('call.ended', start + 3000, { outcome: 'normal' }));
});

test('while the recording is paused nothing is heard: a gap that says so, after the last ear has told everything', async () => {
  const { call, sent, taps, pass, answered, opened, hears, heard, happens, told } = rig();
  answered();
  await opened();
  hears(start + 100);
  pass(5000);
  happens(fact('recording.paused', start + 5000, { recording: 'r', reason: 'secret' }));
  expect(kinds(sent).at(-1)).toBe('end');
  expect(taps.slice(2)).toEqual(['off /t/2', 'off /t/3']);
  expect(told().filter(([type]) => type === 'source.gap-started')).toEqual([]);
  heard([], start + 4900);
  call.ended();
  pass(250);
  expect(told().at(-1)).toEqual(['source.gap-started', 4901, 'paused']);
  sent.length = 0;
  pass(20_000);
  expect(sent).toEqual([]);
  happens(fact('recording.resumed', start + 25_000, { recording: 'r' }));
  expect(kinds(sent)).toEqual(['listen', 'open customer', 'open agent', 'meet true']);
  await opened();
  hears(start + 25_300);
  expect(told().at(-1)).toEqual(['source.gap-ended', 25_300]);
});
