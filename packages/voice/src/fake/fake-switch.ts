import type { VoiceCommand, VoiceRefusal, VoiceSnapshot } from '../port.ts';
import { areDigits } from '../rtp/telephone-event.ts';
import type { NewVoiceEvent } from '../switch/events.ts';
import { type FakeLeg, newFakeLeg, snapshotOf } from './fake-leg.ts';

type Of<K extends VoiceCommand['kind']> = Extract<VoiceCommand, { kind: K }>;
export type FakeOutcome = { readonly refused: VoiceRefusal; readonly message: string } | undefined;
type Handlers = { readonly [K in VoiceCommand['kind']]: (command: Of<K>) => FakeOutcome };

interface FakeRecording {
  readonly file: string;
  readonly startedAt: number;
  paused: boolean;
}

const BUILT_IN_SOUNDS = ['hold-music', 'ringback', 'silence'];

/** What the port promises about commands, said again plainly and without audio. */
export class FakeSwitch {
  readonly legs = new Map<string, FakeLeg>();
  /** digits that were sent to a leg, for tests to look at */
  readonly sentDigits = new Map<string, string>();
  /** `from → to` pairs of speak-over that are on */
  readonly speakOvers = new Set<string>();
  graceMs = 0;
  private readonly bridges = new Map<string, string[]>();
  private readonly players = new Map<string, { readonly leg: string; readonly sound: string; readonly startedAt: number }>();
  private readonly recordings = new Map<string, FakeRecording>();
  private readonly sounds = new Set(BUILT_IN_SOUNDS);
  private readonly used = new Set<string>();
  private readonly emit: (event: NewVoiceEvent) => void;
  private readonly now: () => number;

  constructor(emit: (event: NewVoiceEvent) => void, now: () => number) {
    this.emit = emit;
    this.now = now;
  }

  perform(command: VoiceCommand): FakeOutcome {
    const handler = this.handlers[command.kind] as (command: VoiceCommand) => FakeOutcome;
    return handler(command);
  }

  snapshot(process: VoiceSnapshot['process']): VoiceSnapshot {
    return {
      process,
      legs: [...this.legs.values()].map(snapshotOf),
      bridges: [...this.bridges].map(([bridge, legs]) => ({ bridge, legs: [...legs] })),
      players: [...this.players].map(([player, { leg, sound }]) => ({ player, leg, sound })),
      recordings: [...this.recordings].map(([recording, { file, startedAt, paused }]) => ({ recording, file, startedAt, paused })),
    };
  }

  /** Ends a leg and whatever it was part of; its end is told last. */
  end(id: string, side: 'far' | 'near' | 'failure', cause: string, status?: number): void {
    if (!this.legs.delete(id)) return;
    this.used.add(`leg ${id}`);
    this.endPlayersOf(id);
    for (const [bridge, legs] of this.bridges) this.bridges.set(bridge, without(legs, [id]));
    this.emit({ kind: 'leg-ended', leg: id, side, cause, ...(status === undefined ? {} : { status }) });
  }

  endPlayer(id: string, interrupted: boolean): void {
    const player = this.players.get(id);
    if (player === undefined) return;
    this.players.delete(id);
    this.emit({ kind: 'player-ended', player: id, leg: player.leg, playedMs: this.now() - player.startedAt, interrupted });
  }

  private readonly handlers: Handlers = {
    ring: ({ leg }) =>
      this.withSip(leg, (sip) => {
        if (sip.state === 'ringing') return undefined;
        if (sip.kind !== 'sip-in' || sip.state !== 'arrived') return wrongState(sip);
        sip.state = 'ringing';
        return this.told({ kind: 'leg-ringing', leg });
      }),
    'early-media': ({ leg }) =>
      this.withSip(leg, (sip) => {
        if (sip.kind !== 'sip-in' || sip.state === 'answered') return wrongState(sip);
        if (sip.early) return undefined;
        sip.hasMedia = true;
        sip.early = true;
        return this.told({ kind: 'leg-early', leg });
      }),
    answer: ({ leg }) =>
      this.withSip(leg, (sip) => {
        if (sip.kind !== 'sip-in') return wrongState(sip);
        if (sip.state === 'answered') return undefined;
        sip.state = 'answered';
        sip.early = false;
        sip.hasMedia = true;
        return this.told({ kind: 'leg-answered', leg });
      }),
    reject: ({ leg, status }) =>
      this.withSip(leg, (sip) => {
        if (sip.kind !== 'sip-in' || sip.state === 'answered') return wrongState(sip);
        return void this.end(leg, 'near', 'rejected', status);
      }),
    dial: ({ leg, uri, from }) => {
      if (this.legs.has(leg) || this.used.has(`leg ${leg}`)) return undefined;
      if (!/^(sips?|tel):\S+$/.test(uri)) return refuse('uri.invalid', `${uri} is no sip: or tel: URI`);
      this.legs.set(leg, newFakeLeg(leg, 'sip-out', this.now(), { to: uri, ...(from === undefined ? {} : { from }) }));
      return undefined;
    },
    offer: ({ leg }) => {
      if (!this.legs.has(leg)) this.legs.set(leg, newFakeLeg(leg, 'browser', this.now()));
      return this.withBrowser(leg, (browser) => {
        const connection = `${leg}#${++browser.connections}`;
        return this.told({ kind: 'offered', leg, connection, sdp: `v=0\r\no=fake ${connection} 0 IN IP4 127.0.0.1\r\n` });
      });
    },
    'accept-answer': ({ leg, connection, sdp }) => this.withBrowser(leg, (browser) => this.accept(browser, connection, sdp)),
    'hang-up': ({ leg, cause }) => {
      if (!this.legs.has(leg) && this.used.has(`leg ${leg}`)) return undefined;
      return this.withLeg(leg, () => void this.end(leg, 'near', cause ?? 'hung-up'));
    },
    bridge: ({ bridge, legs, aside }) => this.bridge(bridge, [...new Set(aside === undefined ? legs : [...legs, aside.leg])]),
    unbridge: ({ bridge }) => {
      if (!this.used.has(`bridge ${bridge}`)) return refuse('bridge.unknown', `no bridge ${bridge} was ever made`);
      this.bridges.delete(bridge);
      return undefined;
    },
    play: ({ player, leg, sound }) => this.play(player, leg, sound),
    'stop-player': ({ player }) => {
      if (!this.used.has(`player ${player}`)) return refuse('player.unknown', `no player ${player} was ever started`);
      return void this.endPlayer(player, true);
    },
    'speak-over': ({ from, to, on }) =>
      this.withLeg(from, () =>
        this.withLeg(to, () => {
          if (from === to) return refuse('command.invalid', 'a leg cannot speak over its own music');
          if (on) this.speakOvers.add(`${from} → ${to}`);
          else this.speakOvers.delete(`${from} → ${to}`);
          return undefined;
        }),
      ),
    mute: ({ leg, on }) =>
      this.withLeg(leg, (each) => {
        each.muted = on;
        return undefined;
      }),
    'send-digits': ({ leg, digits }) => {
      if (!areDigits(digits)) return refuse('command.invalid', 'digits must be 1 to 64 of 0–9 * # A–D');
      return this.withSip(leg, (sip) => {
        if (!sip.hasMedia) return withoutMedia(sip);
        this.sentDigits.set(leg, (this.sentDigits.get(leg) ?? '') + digits);
        return undefined;
      });
    },
    record: ({ recording, left, right, file }) => this.record(recording, left, right, file),
    'record-side': ({ recording, leg }) =>
      this.withRecording(recording, () => (leg === undefined ? undefined : this.withLeg(leg, () => undefined))),
    'pause-recording': ({ recording, on }) =>
      this.withRecording(recording, () => {
        const found = this.recordings.get(recording);
        if (found !== undefined) found.paused = on;
        return undefined;
      }),
    'stop-recording': ({ recording }) => this.withRecording(recording, () => this.stopRecording(recording)),
    tap: ({ leg }) => this.withLeg(leg, () => undefined),
    untap: () => undefined,
    configure: ({ sounds, graceMs }) => {
      for (const name of Object.keys(sounds ?? {})) this.sounds.add(name);
      if (graceMs !== undefined) this.graceMs = graceMs;
      return undefined;
    },
  };

  private accept(browser: FakeLeg, connection: string, sdp: string): FakeOutcome {
    if (connection !== `${browser.id}#${browser.connections}`)
      return refuse('leg.state', `connection ${connection} is not the newest offer`);
    if (!sdp.startsWith('v=0\r\n')) return refuse('sdp.invalid', 'the answer must begin with v=0');
    if (browser.answeredConnection === connection) return undefined;
    browser.answeredConnection = connection;
    browser.connected = true;
    if (browser.state !== 'answered') {
      browser.state = 'answered';
      this.emit({ kind: 'leg-answered', leg: browser.id });
    }
    return this.told({ kind: 'leg-connected', leg: browser.id, connection });
  }

  private bridge(bridge: string, legs: readonly string[]): FakeOutcome {
    for (const id of legs) {
      const problem = this.withLeg(id, (leg) => (leg.hasMedia ? undefined : withoutMedia(leg)));
      if (problem !== undefined) return problem;
    }
    for (const [other, members] of this.bridges) if (other !== bridge) this.bridges.set(other, without(members, legs));
    this.bridges.set(bridge, [...legs]);
    this.used.add(`bridge ${bridge}`);
    return undefined;
  }

  private play(player: string, leg: string, sound: string): FakeOutcome {
    if (this.used.has(`player ${player}`)) return undefined;
    return this.withLeg(leg, (each) => {
      if (!each.hasMedia) return withoutMedia(each);
      if (!this.sounds.has(sound)) return refuse('sound.unknown', `there is no sound ${sound}`);
      this.used.add(`player ${player}`);
      this.endPlayersOf(leg);
      this.players.set(player, { leg, sound, startedAt: this.now() });
      return undefined;
    });
  }

  private record(recording: string, left: string, right: string | undefined, file: string): FakeOutcome {
    if (this.used.has(`recording ${recording}`)) return undefined;
    if (!file.startsWith('/') || this.used.has(`file ${file}`)) return refuse('file.unwritable', `${file} cannot be made`);
    for (const leg of right === undefined ? [left] : [left, right]) {
      const problem = this.withLeg(leg, () => undefined);
      if (problem !== undefined) return problem;
    }
    this.used.add(`recording ${recording}`).add(`file ${file}`);
    this.recordings.set(recording, { file, startedAt: this.now(), paused: false });
    return this.told({ kind: 'recording-started', recording });
  }

  private stopRecording(recording: string): FakeOutcome {
    const found = this.recordings.get(recording);
    if (found === undefined) return undefined;
    this.recordings.delete(recording);
    return this.told({ kind: 'recording-stopped', recording, file: found.file, durationMs: this.now() - found.startedAt });
  }

  private endPlayersOf(leg: string): void {
    for (const [id, player] of this.players) if (player.leg === leg) this.endPlayer(id, true);
  }

  private told(event: NewVoiceEvent): undefined {
    this.emit(event);
  }

  private withLeg(id: string, action: (leg: FakeLeg) => FakeOutcome): FakeOutcome {
    const leg = this.legs.get(id);
    return leg === undefined ? refuse('leg.unknown', `there is no leg ${id}`) : action(leg);
  }

  private withSip(id: string, action: (leg: FakeLeg) => FakeOutcome): FakeOutcome {
    return this.withLeg(id, (leg) => (leg.kind === 'browser' ? wrongState(leg) : action(leg)));
  }

  private withBrowser(id: string, action: (leg: FakeLeg) => FakeOutcome): FakeOutcome {
    return this.withLeg(id, (leg) => (leg.kind === 'browser' ? action(leg) : wrongState(leg)));
  }

  private withRecording(id: string, action: () => FakeOutcome): FakeOutcome {
    return this.used.has(`recording ${id}`) ? action() : refuse('recording.unknown', `no recording ${id} was ever started`);
  }
}

function refuse(refused: VoiceRefusal, message: string): FakeOutcome {
  return { refused, message };
}

function wrongState(leg: FakeLeg): FakeOutcome {
  return refuse('leg.state', `leg ${leg.id} (${leg.kind}) is ${leg.state}`);
}

function withoutMedia(leg: FakeLeg): FakeOutcome {
  return refuse('leg.state', `leg ${leg.id} (${leg.kind}) has no audio yet`);
}

function without(legs: readonly string[], gone: readonly string[]): string[] {
  return legs.filter((leg) => !gone.includes(leg));
}
