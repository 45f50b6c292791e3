import type { MediumEffect, SoundName } from '@threerings/core/hotline/effects';
import type { CommandAnswer, Voice, VoiceCommand } from '@threerings/voice/port';
import type { ChannelAnswer } from '../channel.ts';
import { agentLeg, bridgeOf, consultOf, outsideLeg, playerOf, ringingTone, ringingToneOf, ringsFor } from './names.ts';

export interface VoiceEffectsOptions {
  /** where a recording is written */
  fileOf(recording: string): string;
  /** above every number that an earlier life of this server gave to a player (same id, same thing) */
  readonly firstSerial: number;
  /** callers on the telephone hear notice and queue before their line is answered, which an agent does */
  readonly earlyMedia: boolean;
  /** the address of a number on the line to the telephone network; undefined = there is no such line */
  dialUri(number: string): string | undefined;
}

/** The voice process gives up a try so long after the hotline should have, ms. */
const graceMs = 5000;
type DialEffect = Extract<MediumEffect, { readonly kind: 'dial' | 'dial-outside' }>;
/** A leader on a call: hears it, and is heard by nobody, by the agent, or by both. */
type Monitor = Pick<Extract<MediumEffect, { kind: 'monitor' }>, 'leader' | 'agent' | 'mode'>;

/** What a restarted server finds running for a call. */
export interface Adopted {
  readonly player?: string | undefined;
  readonly recording?: string | undefined;
  readonly talking: readonly string[];
}

/** Carries out what the hotline wants by commands to the voice process. */
export class VoiceEffects {
  readonly #voice: Pick<Voice, 'send'>;
  readonly #options: VoiceEffectsOptions;
  /** what plays to each caller */
  readonly #playing = new Map<string, string>();
  readonly #recording = new Map<string, string>();
  readonly #muted = new Set<string>();
  /** the ringing tone that an agent hears who calls somebody, by call */
  readonly #ringing = new Map<string, string>();
  /** legs of those who talk to each caller now */
  readonly #talking = new Map<string, readonly string[]>();
  readonly #monitors = new Map<string, Monitor>();
  /** callers who hear, and whose line is not answered */
  readonly #early = new Set<string>();
  #serial: number;

  constructor(voice: Pick<Voice, 'send'>, options: VoiceEffectsOptions) {
    this.#voice = voice;
    this.#options = options;
    this.#serial = options.firstSerial;
  }

  /** The caller hears, and is answered later. */
  becameEarly(interaction: string): void {
    this.#early.add(interaction);
  }

  /** The line was answered: true where the caller has been heard before. */
  becameAnswered(interaction: string): boolean {
    return this.#early.delete(interaction);
  }

  /** What a restarted server finds running. */
  adopt(interaction: string, running: Adopted): void {
    if (running.talking.length > 0) this.#talking.set(interaction, running.talking);
    if (running.player !== undefined) this.#playing.set(interaction, running.player);
    if (running.recording !== undefined) this.#recording.set(interaction, running.recording);
  }

  /** The ringing tone of a call that a restarted server finds. */
  adoptRingingTone(player: string): void {
    const interaction = ringsFor(player);
    if (interaction !== undefined) this.#ringing.set(interaction, player);
  }

  /** Who is called answered, or the call came to nothing: the agent hears the ringing tone no longer. */
  async stopRingingTone(interaction: string): Promise<void> {
    const player = this.#ringing.get(interaction);
    this.#ringing.delete(interaction);
    if (player !== undefined) await this.#voice.send({ kind: 'stop-player', player });
  }

  /** A player that ended by itself. */
  ended(interaction: string, player: string): void {
    if (this.#playing.get(interaction) === player) this.#playing.delete(interaction);
  }

  forget(interaction: string): void {
    this.#playing.delete(interaction);
    this.#recording.delete(interaction);
    this.#early.delete(interaction);
    this.#talking.delete(interaction);
    this.#monitors.delete(interaction);
  }

  perform(effect: MediumEffect): Promise<ChannelAnswer> {
    const { interaction } = effect;
    switch (effect.kind) {
      case 'accept':
        return this.#accept(interaction);
      case 'announce':
        return this.#play(interaction, effect.prompt, false);
      case 'queue-music':
        return this.#play(interaction, 'queue-music', true);
      case 'dial':
        return this.#dialTo(interaction, effect);
      case 'connect':
        return this.#connect(interaction, effect.agent);
      case 'hold':
        return this.#hold(interaction);
      case 'resume':
        return this.#resume(interaction, effect.agent);
      case 'dial-outside':
        return this.#dialTo(outsideLeg(interaction, effect.line), effect);
      case 'consult':
        return this.#send({ kind: 'bridge', bridge: consultOf(interaction), legs: [agentLeg(effect.agent), otherLeg(effect)] });
      case 'end-consult':
        return this.#endConsult(interaction, effect.line);
      case 'conference':
        return this.#conference(interaction, effect.agent, otherLeg(effect));
      case 'hand-out':
        return this.#handOut(interaction, effect.agent, outsideLeg(interaction, effect.line));
      case 'hand-over':
        return this.#handOver(interaction, effect.from, effect.agent);
      case 'monitor':
        return this.#monitor(interaction, effect);
      case 'end-monitor':
        return this.#endMonitor(interaction, effect.leader);
      case 'mute':
        return this.#mute(effect.agent, effect.on);
      case 'speak-over':
        return this.#speakOver(interaction, effect.agent, effect.on);
      case 'send-digits':
        return this.#send({ kind: 'send-digits', leg: interaction, digits: effect.digits });
      case 'record':
        return this.#record(interaction, effect.recording, effect.agent);
      case 'pause-recording':
        return this.#send({ kind: 'pause-recording', recording: effect.recording, on: effect.on });
      case 'stop-recording':
        this.#recording.delete(interaction);
        return this.#send({ kind: 'stop-recording', recording: effect.recording });
      case 'part':
        return this.#part(interaction, effect.agent);
      case 'end':
        return this.#end(interaction, effect.cause, effect.agent);
    }
  }

  async #dialTo(leg: string, { interaction, agent, number, shows, timeoutMs }: DialEffect): Promise<ChannelAnswer> {
    const uri = this.#options.dialUri(number);
    if (uri === undefined) return { ok: false, refused: 'trunk.none', message: 'no line to dial over: --trunk-proxy is not set' };
    const from = shows === undefined ? {} : { from: shows };
    // The hotline ends the try itself at `timeoutMs`; the voice process does where nobody tells it to.
    const answer = await this.#send({ kind: 'dial', leg, uri, timeoutMs: timeoutMs + graceMs, ...from });
    if (answer.ok) await this.#startRingingTone(interaction, agent);
    return answer;
  }

  /** Without the sound the desk alone says that it rings. */
  async #startRingingTone(interaction: string, agent: string): Promise<void> {
    this.#serial += 1;
    const player = ringingToneOf(interaction, this.#serial);
    const answer = await this.#voice.send({ kind: 'play', player, leg: agentLeg(agent), sound: ringingTone, loop: true });
    if (answer.ok) this.#ringing.set(interaction, player);
  }

  /** A caller without an offer of audio cannot be played to before the answer. */
  async #accept(leg: string): Promise<ChannelAnswer> {
    if (this.#options.earlyMedia) {
      const early = await this.#send({ kind: 'early-media', leg });
      if (early.ok || early.refused !== 'leg.state') return early;
    }
    return this.#send({ kind: 'answer', leg });
  }

  /** Plays in place of what plays. */
  async #play(interaction: string, sound: SoundName, loop: boolean): Promise<ChannelAnswer> {
    const before = this.#playing.get(interaction);
    this.#serial += 1;
    const player = playerOf(interaction, sound, this.#serial);
    const file = sound === 'queue-music' ? 'hold-music' : sound;
    const answer = await this.#send({ kind: 'play', player, leg: interaction, sound: file, loop });
    if (!answer.ok) return answer;
    this.#playing.set(interaction, player);
    if (before !== undefined) await this.#voice.send({ kind: 'stop-player', player: before });
    return answer;
  }

  async #silence(interaction: string): Promise<void> {
    const player = this.#playing.get(interaction);
    this.#playing.delete(interaction);
    if (player !== undefined) await this.#voice.send({ kind: 'stop-player', player });
  }

  async #connect(interaction: string, agent: string): Promise<ChannelAnswer> {
    if (this.#early.has(interaction)) {
      const answered = await this.#send({ kind: 'answer', leg: interaction });
      if (!answered.ok) return answered;
    }
    await this.#silence(interaction);
    await this.stopRingingTone(interaction);
    await this.#voice.send({ kind: 'mute', leg: agentLeg(agent), on: this.#muted.has(agent) });
    return this.#bridge(interaction, [agentLeg(agent)]);
  }

  /** The caller and these legs hear each other; a leader who is on the call is where the mode says. */
  #bridge(interaction: string, others: readonly string[]): Promise<ChannelAnswer> {
    this.#talking.set(interaction, others);
    const monitor = this.#monitors.get(interaction);
    const joins = monitor?.mode === 'barge' ? [agentLeg(monitor.leader)] : [];
    const legs = [interaction, ...others, ...joins];
    if (monitor === undefined || monitor.mode === 'barge') return this.#send({ kind: 'bridge', bridge: bridgeOf(interaction), legs });
    const heardBy = monitor.mode === 'whisper' ? [agentLeg(monitor.agent)] : [];
    return this.#send({ kind: 'bridge', bridge: bridgeOf(interaction), legs, aside: { leg: agentLeg(monitor.leader), heardBy } });
  }

  /** While the caller is held the leader waits for the talk to go on. */
  async #monitor(interaction: string, { leader, agent, mode }: Monitor): Promise<ChannelAnswer> {
    this.#monitors.set(interaction, { leader, agent, mode });
    const talking = this.#talking.get(interaction)?.filter((each) => each !== agentLeg(leader));
    return talking === undefined ? { ok: true } : this.#bridge(interaction, talking);
  }

  async #endMonitor(interaction: string, leader: string): Promise<ChannelAnswer> {
    this.#monitors.delete(interaction);
    const talking = this.#talking.get(interaction)?.filter((each) => each !== agentLeg(leader));
    return talking === undefined ? { ok: true } : this.#bridge(interaction, talking);
  }

  #mute(agent: string, on: boolean): Promise<ChannelAnswer> {
    if (on) this.#muted.add(agent);
    else this.#muted.delete(agent);
    return this.#send({ kind: 'mute', leg: agentLeg(agent), on });
  }

  /** The caller hears music; what is said at the agent's desk is neither heard nor recorded. */
  async #hold(interaction: string): Promise<ChannelAnswer> {
    await this.#recordAgent(interaction, undefined);
    await this.#voice.send({ kind: 'unbridge', bridge: bridgeOf(interaction) });
    this.#talking.delete(interaction);
    return this.#play(interaction, 'hold-music', true);
  }

  async #resume(interaction: string, agent: string): Promise<ChannelAnswer> {
    const connected = await this.#connect(interaction, agent);
    await this.#recordAgent(interaction, agent);
    return connected;
  }

  /** A line to the outside ends with the consultation, answered or not. */
  async #endConsult(interaction: string, line: string | undefined): Promise<ChannelAnswer> {
    const unbridged = await this.#send({ kind: 'unbridge', bridge: consultOf(interaction) });
    if (line === undefined) return unbridged;
    await this.stopRingingTone(interaction);
    return ended(await this.#voice.send({ kind: 'hang-up', leg: outsideLeg(interaction, line) }));
  }

  /** The caller is heard outside and nowhere else. A line that is gone meanwhile ends the caller's, who would hear nothing for ever. */
  async #handOut(interaction: string, agent: string | undefined, leg: string): Promise<ChannelAnswer> {
    await this.#silence(interaction);
    await this.stopRingingTone(interaction);
    if (agent !== undefined && this.#muted.has(agent)) await this.#mute(agent, false);
    this.forget(interaction);
    const talks = await this.#send({ kind: 'bridge', bridge: bridgeOf(interaction), legs: [interaction, leg] });
    if (!talks.ok) for (const each of [interaction, leg]) await this.#voice.send({ kind: 'hang-up', leg: each });
    return talks;
  }

  async #conference(interaction: string, agent: string, other: string): Promise<ChannelAnswer> {
    await this.#silence(interaction);
    const joined = await this.#bridge(interaction, [agentLeg(agent), other]);
    await this.#recordAgent(interaction, agent);
    return joined;
  }

  /** The caller is the colleague's; whoever lets go is heard by nobody any more, and not muted for the next call. */
  async #handOver(interaction: string, from: string, to: string): Promise<ChannelAnswer> {
    const connected = await this.#resume(interaction, to);
    if (this.#muted.has(from)) await this.#mute(from, false);
    return connected;
  }

  async #speakOver(interaction: string, agent: string, on: boolean): Promise<ChannelAnswer> {
    // A muted microphone is heard by nobody, not even over the music: pressing 回应 opens it for as long.
    const muted = this.#muted.has(agent);
    if (on && muted) await this.#voice.send({ kind: 'mute', leg: agentLeg(agent), on: false });
    if (on) await this.#recordAgent(interaction, agent);
    const answer = await this.#send({ kind: 'speak-over', from: agentLeg(agent), to: interaction, on });
    if (!on) await this.#recordAgent(interaction, undefined);
    if (!on && muted) await this.#voice.send({ kind: 'mute', leg: agentLeg(agent), on: true });
    return answer;
  }

  async #recordAgent(interaction: string, agent: string | undefined): Promise<void> {
    const recording = this.#recording.get(interaction);
    if (recording === undefined) return;
    const leg = agent === undefined ? {} : { leg: agentLeg(agent) };
    await this.#voice.send({ kind: 'record-side', recording, side: 'right', ...leg });
  }

  /** Without an agent it is a message that the caller leaves; an agent who comes in meanwhile is recorded from then on. */
  async #record(interaction: string, recording: string, agent: string | undefined): Promise<ChannelAnswer> {
    if (this.#recording.get(interaction) === recording) {
      await this.#recordAgent(interaction, agent);
      return { ok: true };
    }
    this.#recording.set(interaction, recording);
    const right = agent === undefined ? {} : { right: agentLeg(agent) };
    return this.#send({ kind: 'record', recording, left: interaction, ...right, file: this.#options.fileOf(recording) });
  }

  async #part(interaction: string, agent: string): Promise<ChannelAnswer> {
    await this.#silence(interaction);
    this.#talking.delete(interaction);
    this.#monitors.delete(interaction);
    if (this.#muted.has(agent)) await this.#mute(agent, false);
    return this.#send({ kind: 'unbridge', bridge: bridgeOf(interaction) });
  }

  /** The caller may have gone already: then there is nothing left to end, and that is no refusal. */
  async #end(interaction: string, cause: string, agent: string | undefined): Promise<ChannelAnswer> {
    await this.#silence(interaction);
    await this.stopRingingTone(interaction);
    if (agent !== undefined && this.#muted.has(agent)) await this.#mute(agent, false);
    await this.#voice.send({ kind: 'unbridge', bridge: bridgeOf(interaction) });
    this.forget(interaction);
    return ended(await this.#voice.send({ kind: 'hang-up', leg: interaction, cause }));
  }

  async #send(command: VoiceCommand): Promise<ChannelAnswer> {
    const answer = await this.#voice.send(command);
    return answer.ok ? { ok: true } : refusalOf(answer);
  }
}

/** A leg that was gone already is no refusal. */
function ended(answer: CommandAnswer): ChannelAnswer {
  return answer.ok || answer.refused === 'leg.unknown' ? { ok: true } : refusalOf(answer);
}

function otherLeg({ interaction, colleague, line }: Extract<MediumEffect, { kind: 'consult' | 'conference' }>): string {
  return line === undefined ? agentLeg(colleague) : outsideLeg(interaction, line);
}

function refusalOf({ refused, message }: Extract<CommandAnswer, { ok: false }>): ChannelAnswer {
  return { ok: false, refused, message };
}
