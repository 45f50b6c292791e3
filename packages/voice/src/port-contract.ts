/**
 * What every `Voice` owes, as cases that need no test runner: the real process and the fake both pass them. A harness
 * plays the far ends.
 */

import assert from 'node:assert/strict';
import { EventDiary } from './fake/diary.ts';
import type { CommandAnswer, Voice, VoiceCommand, VoiceRefusal } from './port.ts';

export interface VoiceHarness {
  readonly voice: Voice;
  /** A URI that rings when it is dialled, and is answered by `farAnswers`. */
  readonly uri: string;
  /** An absolute path of a file that is not there, in a folder that can be written. */
  freshFile(): string;
  /** A call comes in from `02012333`; nothing is done with it. */
  arrive(): void | Promise<void>;
  /** The far end of an arrived call. */
  farHangsUp(leg: string): void;
  farPresses(leg: string, digit: string): void;
  /** The far end puts us on hold, or comes back. */
  farHolds(leg: string, on: boolean): void | Promise<void>;
  /** The telephone behind `uri`. */
  farRings(leg: string): void;
  farAnswers(leg: string): void;
  /** What a browser answers to this offer, and how it is told that its answer was taken. */
  browserAnswer(offer: string): Promise<{ readonly sdp: string; accepted(): void }>;
  /** A sound that ends by itself has been played to its end. */
  finishes(player: string): void;
  /** Another controller of the same process. */
  connectAgain(): Voice;
  /** No controller is there; resolves when the grace time has passed and what it ends has ended. */
  graceEnds(): Promise<void>;
}

export interface VoiceCase {
  readonly title: string;
  /** Needs a process of its own, because it leaves it without controllers. */
  readonly alone?: true;
  run(harness: VoiceHarness): Promise<void>;
}

let counter = 0;
const fresh = (what: string) => `${what}-${++counter}`;

async function accepted(voice: Voice, ...commands: readonly VoiceCommand[]): Promise<void> {
  for (const command of commands) {
    const answer = await voice.send(command);
    assert.ok(answer.ok, `${command.kind} was refused: ${JSON.stringify(answer)}`);
  }
}

async function refused(voice: Voice, refusal: VoiceRefusal, ...commands: readonly VoiceCommand[]): Promise<void> {
  for (const command of commands) {
    const answer: CommandAnswer = await voice.send(command);
    assert.ok(!answer.ok, `${command.kind} must be refused`);
    assert.equal(answer.refused, refusal, `${command.kind}: ${answer.message}`);
    assert.ok(answer.message.length > 0);
  }
}

/** A diary that has been told its snapshot: what happens from here on, it is told. */
async function listening(voice: Voice): Promise<EventDiary> {
  const diary = new EventDiary(voice);
  await diary.next('snapshot');
  return diary;
}

/** The leg of a call that has just arrived. */
async function arrival(harness: VoiceHarness, diary: EventDiary): Promise<string> {
  const before = diary.of('leg-arrived').length;
  await harness.arrive();
  return (await diary.next('leg-arrived', undefined, before + 1)).leg;
}

async function answeredCall(harness: VoiceHarness, diary: EventDiary): Promise<string> {
  const leg = await arrival(harness, diary);
  await accepted(harness.voice, { kind: 'answer', leg });
  await diary.next('leg-answered', (event) => event.leg === leg);
  return leg;
}

async function snapshotOf(voice: Voice) {
  const diary = await listening(voice);
  diary.stop();
  const [first] = diary.of('snapshot');
  if (first === undefined) throw new Error('the first event must be a snapshot');
  return first.snapshot;
}

export const voiceContract: readonly VoiceCase[] = [
  {
    title: 'tells a snapshot first, to every listener',
    async run({ voice }) {
      for (let i = 0; i < 2; i++) {
        const diary = new EventDiary(voice);
        await diary.next('snapshot');
        assert.equal(diary.events[0]?.kind, 'snapshot');
        diary.stop();
      }
    },
  },
  {
    title: 'rings, answers and hangs up an arrived call, and acknowledges each command a second time without doing it again',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await arrival(harness, diary);
      assert.equal(diary.of('leg-arrived').at(-1)?.from, '02012333');
      const twice: readonly VoiceCommand[] = [
        { kind: 'ring', leg },
        { kind: 'answer', leg },
        { kind: 'hang-up', leg, cause: 'done' },
      ];
      for (const command of twice) {
        await accepted(harness.voice, command);
        if (command.kind === 'answer') await diary.next('leg-answered', (event) => event.leg === leg);
        await accepted(harness.voice, command);
      }
      const ended = await diary.next('leg-ended', (event) => event.leg === leg);
      assert.deepEqual([ended.side, ended.cause], ['near', 'done']);
      const kinds = diary.events.flatMap((event) => ('leg' in event && event.leg === leg ? [event.kind] : []));
      assert.deepEqual(kinds, ['leg-arrived', 'leg-ringing', 'leg-answered', 'leg-ended']);
      diary.stop();
    },
  },
  {
    title: 'plays before the answer, and says what is early and what is answered',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await arrival(harness, diary);
      const seen = async () => (await snapshotOf(harness.voice)).legs.find((each) => each.leg === leg);
      await accepted(harness.voice, { kind: 'early-media', leg }, { kind: 'early-media', leg });
      await diary.next('leg-early', (event) => event.leg === leg);
      const early = await seen();
      assert.deepEqual([early?.state, early?.connected, early?.early], ['arrived', true, true]);
      await accepted(
        harness.voice,
        { kind: 'play', player: fresh('player'), leg, sound: 'hold-music', loop: true },
        { kind: 'answer', leg },
      );
      await diary.next('leg-answered', (event) => event.leg === leg);
      const answered = await seen();
      assert.deepEqual([answered?.state, answered?.connected, answered?.early], ['answered', true, undefined]);
      await refused(harness.voice, 'leg.state', { kind: 'early-media', leg });
      await accepted(harness.voice, { kind: 'hang-up', leg });
      await diary.next('leg-ended', (event) => event.leg === leg);
      assert.equal(diary.of('leg-early').filter((event) => event.leg === leg).length, 1);
      diary.stop();
    },
  },
  {
    title: 'tells the end of a call that the far end hangs up',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await answeredCall(harness, diary);
      harness.farHangsUp(leg);
      const ended = await diary.next('leg-ended', (event) => event.leg === leg);
      assert.deepEqual([ended.side, ended.cause], ['far', 'bye']);
      await refused(harness.voice, 'leg.unknown', { kind: 'mute', leg, on: true });
      diary.stop();
    },
  },
  {
    title: 'rejects a call that was not answered, and none that was',
    async run(harness) {
      const diary = await listening(harness.voice);
      const [first, second] = [await arrival(harness, diary), await answeredCall(harness, diary)];
      await accepted(harness.voice, { kind: 'reject', leg: first, status: 486 });
      assert.equal((await diary.next('leg-ended', (event) => event.leg === first)).side, 'near');
      await refused(harness.voice, 'leg.state', { kind: 'reject', leg: second, status: 486 });
      await accepted(harness.voice, { kind: 'hang-up', leg: second });
      diary.stop();
    },
  },
  {
    title: 'dials, and tells ringing and answer',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = fresh('dialled');
      const dial = { kind: 'dial', leg, uri: harness.uri } as const;
      await accepted(harness.voice, dial, dial);
      harness.farRings(leg);
      await diary.next('leg-ringing', (event) => event.leg === leg);
      harness.farAnswers(leg);
      await diary.next('leg-answered', (event) => event.leg === leg);
      await accepted(harness.voice, { kind: 'hang-up', leg });
      await diary.next('leg-ended', (event) => event.leg === leg);
      await accepted(harness.voice, dial);
      assert.equal(
        (await snapshotOf(harness.voice)).legs.some((each) => each.leg === leg),
        false,
        'an id is used once',
      );
      await refused(harness.voice, 'uri.invalid', { kind: 'dial', leg: fresh('dialled'), uri: 'mailto:nobody' });
      diary.stop();
    },
  },
  {
    title: 'refuses ids that it does not know',
    async run({ voice, freshFile }) {
      const leg = fresh('nobody');
      const needLeg: readonly VoiceCommand[] = [
        { kind: 'ring', leg },
        { kind: 'answer', leg },
        { kind: 'early-media', leg },
        { kind: 'reject', leg, status: 486 },
        { kind: 'accept-answer', leg, connection: 'c', sdp: 'v=0' },
        { kind: 'hang-up', leg },
        { kind: 'bridge', bridge: fresh('bridge'), legs: [leg] },
        { kind: 'play', player: fresh('player'), leg, sound: 'hold-music' },
        { kind: 'speak-over', from: leg, to: leg, on: true },
        { kind: 'mute', leg, on: true },
        { kind: 'send-digits', leg, digits: '1' },
        { kind: 'record', recording: fresh('recording'), left: leg, file: freshFile() },
        { kind: 'tap', tap: fresh('tap'), leg, socket: '/nowhere' },
      ];
      await refused(voice, 'leg.unknown', ...needLeg);
      await refused(voice, 'bridge.unknown', { kind: 'unbridge', bridge: fresh('bridge') });
      await refused(voice, 'player.unknown', { kind: 'stop-player', player: fresh('player') });
      await refused(voice, 'recording.unknown', { kind: 'stop-recording', recording: fresh('recording') });
      await refused(voice, 'recording.unknown', { kind: 'pause-recording', recording: fresh('recording'), on: true });
    },
  },
  {
    title: 'refuses commands that are none',
    async run({ voice }) {
      const bad = [
        { kind: 'explode' },
        { kind: 'ring' },
        { kind: 'reject', leg: 'x', status: 200 },
        { kind: 'bridge', bridge: 'b', legs: [] },
      ];
      await refused(voice, 'command.invalid', ...(bad as unknown as VoiceCommand[]));
    },
  },
  {
    title: 'refuses what the state of a leg forbids',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await arrival(harness, diary);
      const browser = fresh('browser');
      await accepted(harness.voice, { kind: 'offer', leg: browser });
      await refused(
        harness.voice,
        'leg.state',
        { kind: 'play', player: fresh('player'), leg, sound: 'hold-music' },
        { kind: 'bridge', bridge: fresh('bridge'), legs: [leg] },
        { kind: 'send-digits', leg, digits: '1' },
        { kind: 'offer', leg },
        { kind: 'answer', leg: browser },
        { kind: 'ring', leg: browser },
      );
      await refused(harness.voice, 'command.invalid', { kind: 'send-digits', leg, digits: 'x' });
      await accepted(harness.voice, { kind: 'hang-up', leg }, { kind: 'hang-up', leg: browser });
      diary.stop();
    },
  },
  {
    title: 'lets a leg be in one bridge only',
    async run(harness) {
      const diary = await listening(harness.voice);
      const [a, b, c] = [await answeredCall(harness, diary), await answeredCall(harness, diary), await answeredCall(harness, diary)];
      const [first, second] = [fresh('bridge'), fresh('bridge')];
      await accepted(harness.voice, { kind: 'bridge', bridge: first, legs: [a, b] }, { kind: 'bridge', bridge: second, legs: [b, c] });
      const members = async (bridge: string) => (await snapshotOf(harness.voice)).bridges.find((each) => each.bridge === bridge)?.legs;
      assert.deepEqual([await members(first), await members(second)], [[a], [b, c]]);
      await accepted(harness.voice, { kind: 'bridge', bridge: first, legs: [a, b, c] }, { kind: 'hang-up', leg: c });
      assert.deepEqual([await members(first), await members(second)], [[a, b], []]);
      const unbridge = { kind: 'unbridge', bridge: first } as const;
      await accepted(harness.voice, unbridge, unbridge, { kind: 'hang-up', leg: a }, { kind: 'hang-up', leg: b });
      assert.equal(await members(first), undefined);
      diary.stop();
    },
  },
  {
    title: 'plays one sound to a leg: the newest, each to its end once',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await answeredCall(harness, diary);
      const [music, prompt] = [fresh('player'), fresh('player')];
      await refused(harness.voice, 'sound.unknown', { kind: 'play', player: fresh('player'), leg, sound: 'no such sound' });
      const play = { kind: 'play', player: music, leg, sound: 'hold-music', loop: true } as const;
      await accepted(harness.voice, play, play, { kind: 'play', player: prompt, leg, sound: 'silence' });
      assert.equal((await diary.next('player-ended', (event) => event.player === music)).interrupted, true);
      await accepted(harness.voice, play);
      assert.deepEqual(
        (await snapshotOf(harness.voice)).players.filter((each) => each.leg === leg),
        [{ player: prompt, leg, sound: 'silence' }],
      );
      harness.finishes(prompt);
      assert.equal((await diary.next('player-ended', (event) => event.player === prompt)).interrupted, false);
      await accepted(harness.voice, { kind: 'stop-player', player: prompt }, { kind: 'hang-up', leg });
      assert.equal(diary.of('player-ended').filter((event) => event.leg === leg).length, 2);
      diary.stop();
    },
  },
  {
    title: 'records into a file that was not there, until it is stopped',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await answeredCall(harness, diary);
      const recording = fresh('recording');
      const file = harness.freshFile();
      const record = { kind: 'record', recording, left: leg, file } as const;
      await accepted(harness.voice, record, record, { kind: 'pause-recording', recording, on: true });
      const state = async () => (await snapshotOf(harness.voice)).recordings.find((each) => each.recording === recording);
      assert.deepEqual([(await state())?.file, (await state())?.paused], [file, true]);
      await refused(harness.voice, 'file.unwritable', { ...record, recording: fresh('recording') });
      await refused(harness.voice, 'file.unwritable', { ...record, recording: fresh('recording'), file: 'relative.wav' });
      await accepted(harness.voice, { kind: 'hang-up', leg });
      assert.ok(await state(), 'a recording outlives its legs');
      await accepted(harness.voice, { kind: 'stop-recording', recording }, { kind: 'stop-recording', recording });
      const stopped = await diary.next('recording-stopped', (event) => event.recording === recording);
      assert.equal(stopped.file, file);
      assert.equal(diary.of('recording-started').filter((event) => event.recording === recording).length, 1);
      await accepted(harness.voice, record);
      assert.equal(await state(), undefined);
      diary.stop();
    },
  },
  {
    title: 'gives a browser leg one connection after the other',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = fresh('browser');
      const offered = async (nth: number) => diary.next('offered', (event) => event.leg === leg, nth);
      await accepted(harness.voice, { kind: 'offer', leg });
      const first = await offered(1);
      await refused(harness.voice, 'sdp.invalid', { kind: 'accept-answer', leg, connection: first.connection, sdp: 'garbage' });
      const answer = await harness.browserAnswer(first.sdp);
      const accept = { kind: 'accept-answer', leg, connection: first.connection, sdp: answer.sdp } as const;
      await accepted(harness.voice, accept, accept);
      answer.accepted();
      assert.equal((await diary.next('leg-connected', (event) => event.leg === leg)).connection, first.connection);
      await accepted(harness.voice, { kind: 'offer', leg });
      const second = await offered(2);
      assert.notEqual(second.connection, first.connection);
      const again = await harness.browserAnswer(second.sdp);
      await accepted(harness.voice, { ...accept, connection: second.connection, sdp: again.sdp });
      again.accepted();
      await diary.next('leg-connected', (event) => event.connection === second.connection);
      await refused(harness.voice, 'leg.state', { ...accept, connection: first.connection });
      assert.equal(diary.of('leg-answered').filter((event) => event.leg === leg).length, 1);
      await accepted(harness.voice, { kind: 'hang-up', leg });
      assert.equal((await diary.next('leg-ended', (event) => event.leg === leg)).side, 'near');
      diary.stop();
    },
  },
  {
    title: 'tells digits, and shows who is muted',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await answeredCall(harness, diary);
      await accepted(harness.voice, { kind: 'mute', leg, on: true }, { kind: 'mute', leg, on: true });
      assert.equal((await snapshotOf(harness.voice)).legs.find((each) => each.leg === leg)?.muted, true);
      harness.farPresses(leg, '5');
      assert.equal((await diary.next('digit', (event) => event.leg === leg)).digit, '5');
      await accepted(harness.voice, { kind: 'hang-up', leg });
      diary.stop();
    },
  },
  {
    title: 'tells when the far end holds and when it comes back, and the call goes on',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await answeredCall(harness, diary);
      for (const on of [true, false]) {
        await harness.farHolds(leg, on);
        await diary.next('far-hold', (event) => event.leg === leg && event.on === on);
      }
      assert.equal((await snapshotOf(harness.voice)).legs.find((each) => each.leg === leg)?.state, 'answered');
      await accepted(harness.voice, { kind: 'hang-up', leg });
      diary.stop();
    },
  },
  {
    title: 'never goes back in time',
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await answeredCall(harness, diary);
      await accepted(harness.voice, { kind: 'hang-up', leg });
      await diary.next('leg-ended', (event) => event.leg === leg);
      const instants = diary.events.map((event) => event.at);
      assert.deepEqual(
        instants,
        instants.toSorted((a, b) => a - b),
      );
      diary.stop();
    },
  },
  {
    title: 'keeps its calls for the next controller, which is told them in its snapshot',
    alone: true,
    async run(harness) {
      const diary = await listening(harness.voice);
      const leg = await answeredCall(harness, diary);
      await accepted(harness.voice, { kind: 'play', player: 'music', leg, sound: 'hold-music', loop: true });
      const before = await snapshotOf(harness.voice);
      await harness.voice.close();
      assert.equal((await harness.voice.send({ kind: 'ring', leg })).ok, false);
      const next = harness.connectAgain();
      assert.deepEqual(await snapshotOf(next), before);
      await accepted(next, { kind: 'hang-up', leg });
      await next.close();
    },
  },
  {
    title: 'ends its calls when no controller comes within the grace time',
    alone: true,
    async run(harness) {
      const diary = await listening(harness.voice);
      await answeredCall(harness, diary);
      await accepted(harness.voice, { kind: 'configure', graceMs: 300 });
      await harness.voice.close();
      await harness.graceEnds();
    },
  },
];
