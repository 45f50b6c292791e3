import type { Voice, VoiceCommand } from '../port.ts';
import { KnownIds } from '../switch/known-ids.ts';
import { type Refusal, refusal } from '../switch/refusal.ts';
import { KeyedQueue } from './keyed-queue.ts';
import type { Lines } from './lines.ts';
import type { Mixing } from './mixing.ts';
import type { Players } from './playing.ts';
import type { FiledSounds } from './sounds.ts';
import { hears, type Telephones, withoutAudio } from './telephones.ts';

type Of<K extends VoiceCommand['kind']> = Extract<VoiceCommand, { kind: K }>;
type Outcome = Promise<Refusal | undefined>;
type Handlers = { readonly [K in VoiceCommand['kind']]: (command: Of<K>) => Outcome };

export interface AsteriskCommandParts {
  readonly gateway: Voice;
  readonly telephones: Telephones;
  readonly players: Players;
  readonly lines: Lines;
  readonly mixing: Mixing;
  readonly sounds: FiledSounds;
  /** legs that the gateway has for browsers */
  readonly browsers: ReadonlySet<string>;
  readonly setGrace: (graceMs: number) => void;
  readonly remember: (channel: string) => void;
}

/**
 * Carries out commands: those for telephones in Asterisk, those for browsers, recordings and taps in the gateway. Commands
 * that name the same leg keep their order.
 */
export class AsteriskCommands {
  private readonly parts: AsteriskCommandParts;
  private readonly handlers: Handlers;
  private readonly queue = new KeyedQueue();
  private readonly recordings = new KnownIds();

  constructor(parts: AsteriskCommandParts) {
    this.parts = parts;
    this.handlers = { ...this.callHandlers(), ...this.hearingHandlers(), ...this.recordingHandlers() };
  }

  /** Undefined when it was carried out (or had been before), else why not. */
  perform(command: VoiceCommand): Outcome {
    const handler = this.handlers[command.kind] as (command: VoiceCommand) => Outcome;
    return this.queue.run(keysOf(command), () => handler(command));
  }

  private callHandlers() {
    const { telephones } = this.parts;
    return {
      ring: (command: Of<'ring'>) => this.isBrowser(command.leg, command) ?? telephones.ring(command),
      'early-media': (command: Of<'early-media'>) => this.isBrowser(command.leg, command) ?? telephones.earlyMedia(command),
      answer: (command: Of<'answer'>) => this.isBrowser(command.leg, command) ?? telephones.answer(command),
      reject: (command: Of<'reject'>) => this.isBrowser(command.leg, command) ?? telephones.reject(command),
      dial: (command: Of<'dial'>) => telephones.dial(command),
      offer: (command: Of<'offer'>) => this.isTelephone(command.leg) ?? this.pass(command),
      'accept-answer': (command: Of<'accept-answer'>) => this.isTelephone(command.leg) ?? this.pass(command),
      'hang-up': (command: Of<'hang-up'>) =>
        telephones.find(command.leg) !== undefined || telephones.knew(command.leg) ? telephones.hangUp(command) : this.pass(command),
      'send-digits': (command: Of<'send-digits'>) => this.isBrowser(command.leg, command) ?? telephones.sendDigits(command),
    };
  }

  private hearingHandlers() {
    const { mixing } = this.parts;
    return {
      bridge: (command: Of<'bridge'>) => this.bridge(command),
      unbridge: ({ bridge }: Of<'unbridge'>) => mixing.remove(bridge),
      play: (command: Of<'play'>) => this.play(command),
      'stop-player': (command: Of<'stop-player'>) =>
        this.parts.players.knows(command.player) ? this.parts.players.stop(command.player) : this.pass(command),
      'speak-over': (command: Of<'speak-over'>) => this.speakOver(command),
      mute: (command: Of<'mute'>) => this.isBrowser(command.leg, command) ?? this.mute(command),
      tap: (command: Of<'tap'>) => this.withEar(command.leg, (leg) => this.pass({ ...command, leg })),
      untap: (command: Of<'untap'>) => this.pass(command),
    };
  }

  private recordingHandlers() {
    return {
      record: (command: Of<'record'>) => this.record(command),
      'record-side': (command: Of<'record-side'>) =>
        command.leg === undefined ? this.pass(command) : this.withEar(command.leg, (leg) => this.pass({ ...command, leg })),
      'pause-recording': (command: Of<'pause-recording'>) => this.pass(command),
      'stop-recording': (command: Of<'stop-recording'>) => this.pass(command),
      configure: async (command: Of<'configure'>) => {
        if (command.graceMs !== undefined) this.parts.setGrace(command.graceMs);
        // The gateway reads the same files, and says which of them are bad.
        if (command.sounds !== undefined) this.parts.sounds.load(command.sounds);
        return this.pass(command);
      },
    };
  }

  private async pass(command: VoiceCommand): Outcome {
    const answer = await this.parts.gateway.send(command);
    return answer.ok ? undefined : refusal(answer.refused, answer.message);
  }

  /** The gateway answers for its legs. */
  private isBrowser(leg: string, command: VoiceCommand): Outcome | undefined {
    return this.parts.browsers.has(leg) ? this.pass(command) : undefined;
  }

  private isTelephone(leg: string): Outcome | undefined {
    const telephone = this.parts.telephones.find(leg);
    if (telephone === undefined) return undefined;
    return Promise.resolve(refusal('leg.state', `leg ${leg} is ${telephone.kind}; this command needs a leg to a browser`));
  }

  private async bridge({ bridge, legs, aside }: Of<'bridge'>): Outcome {
    const distinct = [...new Set(legs)];
    if (aside !== undefined && distinct.includes(aside.leg))
      return refusal('command.invalid', 'a leg is in a bridge or aside of it, not both');
    for (const leg of aside === undefined ? distinct : [...distinct, aside.leg]) {
      const problem = await this.heardInAsterisk(leg);
      if (problem !== undefined) return problem;
    }
    return this.parts.mixing.set(bridge, distinct, aside);
  }

  /** A telephone with audio, or a browser with a line. */
  private async heardInAsterisk(leg: string): Outcome {
    const telephone = this.parts.telephones.find(leg);
    if (telephone !== undefined) return hears(telephone) ? undefined : withoutAudio(telephone);
    if (!this.parts.browsers.has(leg)) return this.parts.telephones.unknown(leg);
    const line = await this.parts.lines.open('link', leg);
    return 'refused' in line ? line : undefined;
  }

  private play(command: Of<'play'>): Outcome {
    const telephone = this.parts.telephones.find(command.leg);
    return telephone === undefined ? this.passToBrowser(command.leg, command, command.player) : this.parts.players.play(command, telephone);
  }

  private passToBrowser(leg: string, command: VoiceCommand, player: string): Outcome {
    if (this.parts.players.knows(player)) return Promise.resolve(undefined);
    return this.parts.telephones.knew(leg) ? Promise.resolve(this.parts.telephones.unknown(leg)) : this.pass(command);
  }

  private async speakOver(command: Of<'speak-over'>): Outcome {
    const { telephones, browsers } = this.parts;
    const { from, to } = command;
    if (from === to && (telephones.find(from) !== undefined || browsers.has(from)))
      return refusal('command.invalid', 'a leg cannot speak over its own music; name two legs');
    if (browsers.has(from) && browsers.has(to)) return this.pass(command);
    if (telephones.find(to) === undefined) return browsers.has(to) ? onlyTelephones(to) : telephones.unknown(to);
    return overMusic;
  }

  private async mute(command: Of<'mute'>): Outcome {
    const problem = await this.parts.telephones.mute(command);
    const channel = this.parts.telephones.find(command.leg)?.channel;
    if (problem === undefined && channel !== undefined) this.parts.remember(channel);
    return problem;
  }

  private async record(command: Of<'record'>): Outcome {
    const { recording, left, right } = command;
    if (this.recordings.has(recording)) return undefined;
    const problem = await this.withEar(left, (caller) =>
      right === undefined
        ? this.pass({ ...command, left: caller })
        : this.withEar(right, (agent) => this.pass({ ...command, left: caller, right: agent })),
    );
    if (problem === undefined) this.recordings.add(recording);
    return problem;
  }

  /** The gateway's leg on which this leg is heard. */
  private async withEar(leg: string, action: (gatewayLeg: string) => Outcome): Outcome {
    if (this.parts.browsers.has(leg)) return action(leg);
    const telephone = this.parts.telephones.find(leg);
    if (telephone === undefined) return this.parts.telephones.unknown(leg);
    const ear = await this.parts.lines.open('ear', leg, telephone.channel);
    return 'refused' in ear ? ear : action(ear.gatewayLeg);
  }
}

/** A snoop that whispers to a channel which hears music stayed silent in some of the runs, and nothing told so: who speaks must know it. */
const overMusic = refusal('media.unsupported', 'on Asterisk nobody speaks over the music of a telephone; take the call back first');

function onlyTelephones(leg: string): Refusal {
  return refusal('media.unsupported', `on Asterisk a telephone cannot speak over the music of the browser ${leg}`);
}

function keysOf(command: VoiceCommand): readonly string[] {
  const keys: string[] = [];
  const values = command as unknown as Readonly<Record<string, unknown>>;
  for (const name of ['leg', 'from', 'to', 'left', 'right', 'bridge', 'recording', 'tap', 'player']) {
    const value = values[name];
    if (typeof value === 'string') keys.push(value);
  }
  if (command.kind === 'bridge') keys.push(...command.legs, ...(command.aside === undefined ? [] : [command.aside.leg]));
  return keys;
}
