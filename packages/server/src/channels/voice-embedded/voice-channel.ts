import type { MediumEffect } from '@threerings/core/hotline/effects';
import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { LegSnapshot, Voice, VoiceEvent, VoiceSnapshot } from '@threerings/voice/port';
import type { Clock } from '../../clock.ts';
import type { Channel, ChannelAnswer, ChannelSink } from '../channel.ts';
import { AgentPhones } from './agent-phones.ts';
import { dialOutcome } from './dialling.ts';
import { VoiceEffects } from './effects.ts';
import { foundCall, type StandingCall } from './found-calls.ts';
import { agentOfLeg, bridgeOf, interactionOfRecording, isPrompt, outsideOfLeg, recordingOfCall, soundOfPlayer } from './names.ts';
import { OutsideLines } from './outside-lines.ts';
import { WebCallers } from './web-callers.ts';

export interface VoiceChannelParts {
  readonly voice: Voice;
  readonly clock: Clock;
  /** callers on the telephone hear notice and queue before their line is answered; default false */
  readonly earlyMedia?: boolean;
  /** the address of a number on the line to the telephone network; absent = there is none */
  dialUri?(number: string): string | undefined;
  /** where a recording is written */
  fileOf(recording: string): string;
  /** length of what was recorded so far, ms; undefined where there is no such recording */
  lengthOf(recording: string): Promise<number | undefined>;
  /** calls that the hotline has not closed yet */
  standing(): readonly StandingCall[];
}

/** Calls on the embedded voice process: telephones over SIP, web callers and agents' browsers over WebRTC. */
export class VoiceChannel implements Channel {
  readonly name = 'voice-embedded';
  readonly phones: AgentPhones;
  readonly callers: WebCallers;
  readonly #parts: VoiceChannelParts;
  readonly #effects: VoiceEffects;
  readonly #outside: OutsideLines;
  readonly #legs = new Set<string>();
  /** people who are called and have not answered */
  readonly #called = new Set<string>();
  #sink: ChannelSink | undefined;
  #stopListening: () => void = () => {};

  constructor(parts: VoiceChannelParts) {
    const tell = (input: HotlineInput) => this.#tell(input);
    this.#parts = parts;
    const { voice, fileOf, clock, earlyMedia = false, dialUri = () => undefined } = parts;
    this.#effects = new VoiceEffects(voice, { fileOf, firstSerial: clock.now(), earlyMedia, dialUri });
    this.#outside = new OutsideLines(voice, tell, (interaction) => void this.#effects.stopRingingTone(interaction));
    this.phones = new AgentPhones(parts.voice, parts.clock, tell);
    this.callers = new WebCallers(parts.voice, parts.clock, tell);
  }

  async start(sink: ChannelSink): Promise<void> {
    this.#sink = sink;
    this.#stopListening = this.#parts.voice.listen((event) => this.#heard(event));
  }

  perform(effect: MediumEffect): Promise<ChannelAnswer> {
    if (effect.kind === 'dial') {
      this.#legs.add(effect.interaction);
      this.#called.add(effect.interaction);
    }
    if (effect.kind === 'dial-outside') this.#outside.dialled(effect);
    if (effect.kind === 'hand-out') this.#outside.handedOut(effect.interaction, effect.line);
    return this.#effects.perform(effect);
  }

  async running(): Promise<readonly string[]> {
    return [...this.#legs];
  }

  /** Stops listening; the voice process and its calls go on. */
  async stop(): Promise<void> {
    this.#stopListening();
    this.phones.stop();
    this.callers.stop();
    this.#legs.clear();
    this.#called.clear();
  }

  #tell(input: HotlineInput): void {
    void this.#sink?.tell(input);
  }

  #heard(event: VoiceEvent): void {
    if (event.kind === 'snapshot') this.#reconcile(event.snapshot, event.at);
    else if (event.kind === 'heartbeat') this.#mark(event.at);
    else if ('leg' in event && agentOfLeg(event.leg) !== undefined) this.phones.heard(event);
    else if ('leg' in event && outsideOfLeg(event.leg) !== undefined) this.#outside.heard(event);
    else this.#callHeard(event);
  }

  /** Telephony has told everything before this instant. */
  #mark(at: number): void {
    for (const interaction of this.#legs) this.#sink?.watermark(interaction, { telephony: at - 1 });
  }

  #callHeard(event: Exclude<VoiceEvent, { kind: 'snapshot' | 'heartbeat' }>): void {
    const { at } = event;
    switch (event.kind) {
      case 'leg-arrived':
        this.#legs.add(event.leg);
        this.#tell({
          kind: 'caller-arrived',
          interaction: event.leg,
          channel: 'phone',
          called: event.to,
          number: event.from,
          trunk: event.trunk,
          at,
        });
        break;
      case 'leg-early':
        this.#effects.becameEarly(event.leg);
        this.#tell({ kind: 'caller-connected', interaction: event.leg, early: true, at });
        break;
      case 'leg-ringing':
        if (this.#called.has(event.leg)) this.#tell({ kind: 'callee-rings', interaction: event.leg, at });
        break;
      case 'leg-answered':
        if (this.#called.delete(event.leg)) {
          this.#tell({ kind: 'callee-answers', interaction: event.leg, at });
          void this.#effects.stopRingingTone(event.leg);
          break;
        }
        this.#legs.add(event.leg);
        this.callers.answered(event.leg, at);
        this.#tell({
          kind: this.#effects.becameAnswered(event.leg) ? 'caller-line-answered' : 'caller-connected',
          interaction: event.leg,
          at,
        });
        break;
      case 'leg-ended':
        this.#legEnded(event.leg, event.side, event.cause, at, event.status);
        break;
      case 'digit':
        this.#tell({ kind: 'caller-digit', interaction: event.leg, digit: event.digit, at });
        break;
      case 'line-degraded':
        this.#tell({ kind: 'line-degraded', interaction: event.leg, loss: event.lossRatio, jitterMs: Math.round(event.jitterMs), at });
        break;
      case 'line-restored':
        this.#tell({ kind: 'line-restored', interaction: event.leg, at });
        break;
      case 'player-ended':
        this.#playerEnded(event);
        break;
      case 'recording-started':
      case 'recording-stopped':
        this.#recordingHeard(event);
        break;
      case 'offered':
      case 'leg-connected':
      case 'leg-disconnected':
        this.callers.heard(event);
        break;
      default:
        break;
    }
  }

  #legEnded(leg: string, side: 'far' | 'near' | 'failure', cause: string, at: number, status?: number): void {
    this.#legs.delete(leg);
    if (this.#called.delete(leg) && side !== 'near') {
      void this.#effects.stopRingingTone(leg);
      this.#tell({ kind: 'callee-failed', interaction: leg, outcome: dialOutcome(status), at });
      return;
    }
    this.#effects.forget(leg);
    this.callers.ended(leg);
    this.#outside.callerEnded(leg);
    if (side === 'far') this.#tell({ kind: 'caller-left', interaction: leg, cause, at });
    else if (side === 'failure') this.#tell({ kind: 'caller-lost', interaction: leg, cause, at });
  }

  #playerEnded(event: Extract<VoiceEvent, { kind: 'player-ended' }>): void {
    const played = soundOfPlayer(event.player);
    if (played === undefined) return;
    this.#effects.ended(played.interaction, event.player);
    if (!isPrompt(played.sound)) return;
    const { playedMs, interrupted, at } = event;
    this.#tell({
      kind: 'prompt-ended',
      interaction: played.interaction,
      prompt: played.sound,
      playedMs: Math.round(playedMs),
      interrupted,
      at,
    });
  }

  #recordingHeard(event: Extract<VoiceEvent, { kind: 'recording-started' | 'recording-stopped' }>): void {
    const { recording, at } = event;
    const interaction = interactionOfRecording(recording);
    if (event.kind === 'recording-started') this.#tell({ kind: 'recording-started', interaction, recording, at });
    else this.#tell({ kind: 'recording-stopped', interaction, recording, durationMs: Math.round(event.durationMs), at });
  }

  /** After a connect: what the hotline holds to be running and the voice process does not know is lost, and the other way round. */
  #reconcile(snapshot: VoiceSnapshot, at: number): void {
    const callers = snapshot.legs.filter(({ leg }) => agentOfLeg(leg) === undefined && outsideOfLeg(leg) === undefined);
    const standing = new Map(this.#parts.standing().map((call) => [call.interaction, call]));
    for (const { interaction, over } of standing.values()) {
      if (!over && !callers.some(({ leg }) => leg === interaction))
        this.#legEnded(interaction, 'failure', 'voice process lost the call', at);
    }
    const left = this.#outside.reconcile(snapshot, (interaction) => standing.get(interaction)?.over === false);
    for (const { player } of snapshot.players) this.#effects.adoptRingingTone(player);
    this.phones.reconcile(snapshot.legs.filter(({ leg }) => agentOfLeg(leg) !== undefined));
    for (const leg of callers) if (!left.has(leg.leg)) this.#reconcileCaller(leg, standing.get(leg.leg), snapshot, at);
    this.#reconcileRecordings(snapshot, standing, at);
  }

  #reconcileCaller(leg: LegSnapshot, call: StandingCall | undefined, snapshot: VoiceSnapshot, at: number): void {
    const { leg: id, kind, state, from, to } = leg;
    if (call !== undefined && !call.over) {
      this.#legs.add(id);
      if (kind === 'sip-out' && state !== 'answered') this.#called.add(id);
      const player = snapshot.players.find((each) => each.leg === id)?.player;
      const recording = snapshot.recordings.find((each) => each.recording === recordingOfCall(id))?.recording;
      const bridged = snapshot.bridges.find(({ bridge }) => bridge === bridgeOf(id))?.legs ?? [];
      this.#effects.adopt(id, { player, recording, talking: bridged.filter((each) => each !== id) });
      if (kind === 'browser') this.callers.adopt(id);
      if (leg.early) this.#effects.becameEarly(id);
      this.#tell(foundCall(call, leg, snapshot, at));
    } else if (call === undefined && kind === 'sip-in' && state !== 'answered') {
      this.#callHeard({ kind: 'leg-arrived', leg: id, to: to ?? '', trunk: '', at, ...(from === undefined ? {} : { from }) });
    } else if (!this.callers.has(id)) {
      void this.#parts.voice.send({ kind: 'unbridge', bridge: bridgeOf(id) });
      void this.#parts.voice.send({ kind: 'hang-up', leg: id, cause: 'unknown to the hotline' });
    }
  }

  /** A recording ends with its call, also when nobody was there to end it; one that ended unseen is as long as its file. */
  #reconcileRecordings({ recordings }: VoiceSnapshot, standing: ReadonlyMap<string, StandingCall>, at: number): void {
    for (const { recording } of recordings) {
      if (standing.get(interactionOfRecording(recording))?.over !== false)
        void this.#parts.voice.send({ kind: 'stop-recording', recording });
    }
    for (const { interaction, recording } of standing.values()) {
      if (recording === undefined || recordings.some((each) => each.recording === recording)) continue;
      void this.#parts.lengthOf(recording).then((durationMs) => {
        if (durationMs !== undefined) this.#tell({ kind: 'recording-stopped', interaction, recording, durationMs, at });
      });
    }
  }
}
