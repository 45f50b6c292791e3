import path from 'node:path';
import type { VoiceCommand } from '../port.ts';
import { areDigits } from '../rtp/telephone-event.ts';
import type { OpenConnection } from '../webrtc/connection.ts';
import { BrowserLeg } from './browser-leg.ts';
import type { SwitchLeg } from './leg.ts';
import { type Refusal, refusal } from './refusal.ts';
import { SipLeg } from './sip-leg.ts';
import type { Switchboard } from './switchboard.ts';
import type { Telephony } from './telephony.ts';

type Of<K extends VoiceCommand['kind']> = Extract<VoiceCommand, { kind: K }>;
type Outcome = Refusal | undefined | Promise<Refusal | undefined>;
type Handlers = { readonly [K in VoiceCommand['kind']]: (command: Of<K>) => Outcome };

export interface CommandParts {
  readonly board: Switchboard;
  readonly telephony: Telephony;
  readonly openConnection: OpenConnection;
  /** `configure` with a grace time */
  readonly setGrace: (graceMs: number) => void;
}

/** Carries out commands, one at a time in the order they came, so that `answer` and the `play` after it cannot overtake. */
export class Commands {
  private readonly parts: CommandParts;
  private readonly board: Switchboard;
  private readonly handlers: Handlers;
  private running: Promise<unknown> = Promise.resolve();

  constructor(parts: CommandParts) {
    this.parts = parts;
    this.board = parts.board;
    this.handlers = { ...this.callHandlers(), ...this.hearingHandlers(), ...this.recordingHandlers() };
  }

  /** Undefined when it was carried out (or had been before), else why not. */
  perform(command: VoiceCommand): Promise<Refusal | undefined> {
    const handler = this.handlers[command.kind] as (command: VoiceCommand) => Outcome;
    const done = this.running.then(() => handler(command));
    this.running = done.catch(() => {});
    return done;
  }

  private callHandlers() {
    return {
      ring: ({ leg }: Of<'ring'>) => this.withSip(leg, (sip) => sip.ring()),
      'early-media': ({ leg }: Of<'early-media'>) => this.withSip(leg, (sip) => sip.earlyMedia()),
      answer: ({ leg }: Of<'answer'>) => this.withSip(leg, (sip) => sip.answer()),
      reject: ({ leg, status }: Of<'reject'>) => this.withSip(leg, (sip) => sip.reject(status)),
      dial: (command: Of<'dial'>) => (this.isUsed(command.leg) ? undefined : this.parts.telephony.dial(command)),
      offer: ({ leg }: Of<'offer'>) => this.offer(leg),
      'accept-answer': ({ leg, connection, sdp }: Of<'accept-answer'>) =>
        this.withBrowser(leg, (browser) => browser.accept(connection, sdp)),
      'hang-up': ({ leg, cause }: Of<'hang-up'>) =>
        this.board.pastLegs.has(leg) && !this.board.leg(leg) ? undefined : this.withLeg(leg, (each) => each.hangUp(cause)),
      'send-digits': ({ leg, digits }: Of<'send-digits'>) => this.sendDigits(leg, digits),
    };
  }

  private hearingHandlers() {
    const { board } = this;
    return {
      bridge: (command: Of<'bridge'>) => this.bridge(command),
      unbridge: ({ bridge }: Of<'unbridge'>) => this.unbridge(bridge),
      play: (command: Of<'play'>) => this.play(command),
      'stop-player': ({ player }: Of<'stop-player'>) => {
        if (!board.players.knows(player)) return refusal('player.unknown', `no player ${player} was ever started`);
        board.players.stop(player);
        return undefined;
      },
      'speak-over': ({ from, to, on }: Of<'speak-over'>) =>
        this.withLeg(from, (speaker) =>
          this.withLeg(to, (hearer) => {
            if (speaker === hearer) return refusal('command.invalid', 'a leg cannot speak over its own music; name two legs');
            board.speakOvers.set(speaker, hearer, on);
            return undefined;
          }),
        ),
      mute: ({ leg, on }: Of<'mute'>) =>
        this.withLeg(leg, (each) => {
          each.media.inbound.muted = on;
          return undefined;
        }),
      tap: ({ tap, leg, socket }: Of<'tap'>) => this.withLeg(leg, (each) => board.taps.start(tap, each, socket)),
      untap: ({ tap }: Of<'untap'>) => {
        board.taps.stop(tap);
        return undefined;
      },
    };
  }

  private recordingHandlers() {
    const { recordings } = this.board;
    return {
      record: (command: Of<'record'>) => this.record(command),
      'record-side': ({ recording, side, leg }: Of<'record-side'>) =>
        this.withRecording(recording, () => {
          if (leg === undefined) return void recordings.setSide(recording, side, undefined);
          return this.withLeg(leg, (each) => void recordings.setSide(recording, side, each));
        }),
      'pause-recording': ({ recording, on }: Of<'pause-recording'>) =>
        this.withRecording(recording, () => void recordings.pause(recording, on)),
      'stop-recording': ({ recording }: Of<'stop-recording'>) => this.withRecording(recording, () => void recordings.stop(recording)),
      configure: ({ graceMs, sounds }: Of<'configure'>) => {
        if (graceMs !== undefined) this.parts.setGrace(graceMs);
        const problem = sounds === undefined ? undefined : this.board.sounds.load(sounds);
        return problem === undefined ? undefined : refusal('sound.unknown', problem);
      },
    };
  }

  private isUsed(leg: string): boolean {
    return this.board.leg(leg) !== undefined || this.board.pastLegs.has(leg);
  }

  private withLeg<T>(id: string, action: (leg: SwitchLeg) => T): T | Refusal {
    const leg = this.board.leg(id);
    if (leg !== undefined) return action(leg);
    return refusal('leg.unknown', this.board.pastLegs.has(id) ? `leg ${id} has ended` : `there is no leg ${id}`);
  }

  private withSip(id: string, action: (leg: SipLeg) => Outcome): Outcome {
    return this.withLeg(id, (leg) => (leg instanceof SipLeg ? action(leg) : wrongKind(leg, 'a telephone')));
  }

  private withBrowser(id: string, action: (leg: BrowserLeg) => Outcome): Outcome {
    return this.withLeg(id, (leg) => (leg instanceof BrowserLeg ? action(leg) : wrongKind(leg, 'a browser')));
  }

  private withRecording(id: string, action: () => Refusal | undefined): Refusal | undefined {
    return this.board.recordings.knows(id) ? action() : refusal('recording.unknown', `no recording ${id} was ever started`);
  }

  private offer(id: string): Outcome {
    if (this.board.leg(id) !== undefined) return this.withBrowser(id, (leg) => leg.offer());
    const leg = new BrowserLeg({
      id,
      media: this.board.newMedia(),
      open: this.parts.openConnection,
      events: this.board.events,
      ended: (ended, ending) => this.board.ended(ended, ending),
    });
    this.board.add(leg);
    return leg.offer().then((problem) => {
      if (problem !== undefined) leg.hangUp(problem.refused);
      return problem;
    });
  }

  private sendDigits(id: string, digits: string): Outcome {
    if (!areDigits(digits)) return refusal('command.invalid', 'digits must be 1 to 64 of 0–9 * # A–D');
    return this.withSip(id, (leg) => {
      if (!leg.hasMedia) return withoutMedia(leg);
      leg.media.ear.digits.send(digits);
      return undefined;
    });
  }

  private bridge({ bridge, legs: ids, aside }: Of<'bridge'>): Outcome {
    const legs = this.legsWithMedia(ids);
    if ('refused' in legs) return legs;
    if (aside === undefined) return void this.board.bridges.set(bridge, legs);
    if (ids.includes(aside.leg)) return refusal('command.invalid', 'a leg is in a bridge or aside of it, not both');
    const beside = this.legsWithMedia([aside.leg]);
    if ('refused' in beside) return beside;
    const [leg] = beside;
    if (leg !== undefined) this.board.bridges.set(bridge, legs, { leg, heardBy: legs.filter(({ id }) => aside.heardBy.includes(id)) });
    return undefined;
  }

  private legsWithMedia(ids: readonly string[]): SwitchLeg[] | Refusal {
    const legs: SwitchLeg[] = [];
    for (const id of new Set(ids)) {
      const leg = this.withLeg(id, (each) => (each.hasMedia ? each : withoutMedia(each)));
      if ('refused' in leg) return leg;
      legs.push(leg);
    }
    return legs;
  }

  private unbridge(id: string): Outcome {
    if (!this.board.bridges.knows(id)) return refusal('bridge.unknown', `no bridge ${id} was ever made`);
    this.board.bridges.remove(id);
    return undefined;
  }

  private play({ player, leg: id, sound: name, loop }: Of<'play'>): Outcome {
    if (this.board.players.knows(player)) return undefined;
    return this.withLeg(id, (leg) => {
      if (!leg.hasMedia) return withoutMedia(leg);
      const sound = this.board.sounds.find(name);
      if (sound === undefined) return refusal('sound.unknown', `there is no sound ${name}; name it in configure first`);
      this.board.players.play(player, leg, name, sound, loop ?? false);
      return undefined;
    });
  }

  private record({ recording, left, right, file }: Of<'record'>): Outcome {
    if (this.board.recordings.knows(recording)) return undefined;
    if (!path.isAbsolute(file)) return refusal('file.unwritable', `${file} is a relative path; give an absolute one`);
    return this.withLeg(left, (caller) => {
      if (right === undefined) return this.board.recordings.start(recording, file, { left: caller });
      return this.withLeg(right, (agent) => this.board.recordings.start(recording, file, { left: caller, right: agent }));
    });
  }
}

function wrongKind(leg: SwitchLeg, needed: string): Refusal {
  return refusal('leg.state', `leg ${leg.id} is ${leg.kind}; this command needs a leg to ${needed}`);
}

function withoutMedia(leg: SwitchLeg): Refusal {
  return refusal('leg.state', `leg ${leg.id} (${leg.kind}) has no audio yet; answer it or give it early media first`);
}
