import type { MediumEffect, PromptName } from '@threerings/core/hotline/effects';
import type { HotlineInput } from '@threerings/core/hotline/inputs';
import { dialOutcome } from '@threerings/server/channels/voice-embedded/dialling';
import { outcomeOf } from '@threerings/server/channels/voice-embedded/outside-lines';
import type { SimClock } from '../../sim-clock.ts';
import { type dialledBy, promptMs } from '../stage.ts';

interface Line {
  connected: boolean;
  /** the prompt that plays; its end is told */
  playing?: { readonly prompt: PromptName; readonly since: number; readonly cancel: () => void } | undefined;
  /** music has no end */
  music?: 'queue-music' | 'hold-music' | undefined;
  bridged: boolean;
  muted: boolean;
}

const newLine = (): Line => ({ connected: false, bridged: false, muted: false });

/** Lines and recordings without any sound: does what effects say and tells what a medium tells. */
export class SimMedium {
  readonly #clock: SimClock;
  readonly #tell: (input: HotlineInput) => void;
  readonly #lines = new Map<string, Line>();
  /** by call: who was dialled outside for its caller */
  readonly #outside = new Map<string, { readonly line: string; answered: boolean; handedOut: boolean }>();
  readonly #recordings = new Map<string, { readonly interaction: string; readonly since: number }>();

  constructor(clock: SimClock, tell: (input: HotlineInput) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  arrive(interaction: string, dialled: ReturnType<typeof dialledBy>): void {
    this.#lines.set(interaction, newLine());
    this.#tell({ kind: 'caller-arrived', interaction, channel: 'phone', ...dialled, at: this.#clock.now() });
  }

  rings(interaction: string): void {
    if (this.#lines.has(interaction)) this.#tell({ kind: 'callee-rings', interaction, at: this.#clock.now() });
  }

  picksUp(interaction: string): void {
    const line = this.#lines.get(interaction);
    if (line === undefined) return;
    line.connected = true;
    this.#tell({ kind: 'callee-answers', interaction, at: this.#clock.now() });
  }

  refuses(interaction: string, status: number): void {
    if (this.#gone(interaction)) this.#tell({ kind: 'callee-failed', interaction, outcome: dialOutcome(status), at: this.#clock.now() });
  }

  outsideAnswers(interaction: string): void {
    const outside = this.#outside.get(interaction);
    if (outside === undefined) return;
    outside.answered = true;
    this.#tell({ kind: 'outside-answers', interaction, line: outside.line, at: this.#clock.now() });
  }

  /** Hangs up, or is refused with this SIP status. A caller who has left the house goes with it. */
  outsideEnds(interaction: string, status: number | undefined): void {
    const outside = this.#outside.get(interaction);
    if (outside === undefined) return;
    this.#outside.delete(interaction);
    if (outside.handedOut) this.#gone(interaction);
    else {
      const outcome = status === undefined ? 'declined' : outcomeOf(status);
      this.#tell({ kind: 'outside-left', interaction, line: outside.line, outcome, at: this.#clock.now() });
    }
  }

  press(interaction: string, digit: string): void {
    if (this.#lines.has(interaction)) this.#tell({ kind: 'caller-digit', interaction, digit, at: this.#clock.now() });
  }

  hangUp(interaction: string): void {
    if (this.#gone(interaction)) this.#tell({ kind: 'caller-left', interaction, cause: 'bye', at: this.#clock.now() });
  }

  drop(interaction: string): void {
    if (this.#gone(interaction)) this.#tell({ kind: 'caller-lost', interaction, cause: 'media-timeout', at: this.#clock.now() });
  }

  /** A server that connects to this medium is told of its calls. */
  tellStanding(): void {
    const at = this.#clock.now();
    for (const [interaction, line] of this.#lines) {
      if (this.#outside.get(interaction)?.handedOut) continue;
      const [recording, running] = [...this.#recordings].find(([, each]) => each.interaction === interaction) ?? [];
      this.#tell({
        kind: 'caller-found',
        interaction,
        connected: line.connected,
        playing: line.playing?.prompt ?? line.music,
        bridged: line.bridged,
        muted: line.muted,
        lines: this.#linesOf(interaction),
        recording: recording === undefined || running === undefined ? undefined : { recording, startedAt: running.since, paused: false },
        at,
      });
    }
  }

  #linesOf(interaction: string) {
    const outside = this.#outside.get(interaction);
    return outside === undefined ? [] : [{ line: outside.line, answered: outside.answered }];
  }

  /** Every line and every recording is lost without another word. */
  crash(): void {
    for (const line of this.#lines.values()) line.playing?.cancel();
    const lost = [...this.#lines.keys()];
    this.#lines.clear();
    this.#recordings.clear();
    for (const interaction of lost)
      this.#tell({ kind: 'caller-lost', interaction, cause: 'voice process lost the call', at: this.#clock.now() });
  }

  perform(effect: MediumEffect): void {
    const { interaction } = effect;
    if (effect.kind === 'stop-recording') this.#stopRecording(effect.recording);
    else if (effect.kind === 'end') this.#gone(interaction);
    else if (effect.kind === 'dial-outside') this.#outside.set(interaction, { line: effect.line, answered: false, handedOut: false });
    else if (effect.kind === 'dial') this.#lines.set(interaction, newLine());
    else {
      const line = this.#lines.get(interaction);
      if (line === undefined) this.#tell({ kind: 'effect-failed', effect, refused: 'leg.unknown', at: this.#clock.now() });
      else this.#onLine(line, effect);
    }
  }

  #onLine(line: Line, effect: Exclude<MediumEffect, { kind: 'stop-recording' | 'end' | 'dial' | 'dial-outside' }>): void {
    const { interaction } = effect;
    const at = this.#clock.now();
    switch (effect.kind) {
      case 'accept':
        line.connected = true;
        this.#tell({ kind: 'caller-connected', interaction, at });
        break;
      case 'announce':
        this.#play(interaction, effect.prompt);
        break;
      case 'queue-music':
        this.#hears(interaction, line, 'queue-music');
        break;
      case 'hold':
        this.#hears(interaction, line, 'hold-music');
        break;
      case 'connect':
      case 'resume':
      case 'conference':
      case 'hand-over':
        this.#hears(interaction, line, undefined);
        break;
      case 'record':
        this.#recordings.set(effect.recording, { interaction, since: at });
        this.#tell({ kind: 'recording-started', interaction, recording: effect.recording, at });
        break;
      case 'mute':
        line.muted = effect.on;
        break;
      case 'part':
        line.bridged = false;
        break;
      case 'hand-out': {
        const outside = this.#outside.get(interaction);
        this.#hears(interaction, line, undefined);
        if (outside !== undefined) outside.handedOut = true;
        break;
      }
      case 'end-consult':
        if (effect.line !== undefined) this.#outside.delete(interaction);
        break;
      case 'consult':
      case 'monitor':
      case 'end-monitor':
      case 'speak-over':
      case 'send-digits':
        break;
    }
  }

  /** Music, or the agent. */
  #hears(interaction: string, line: Line, music: Line['music']): void {
    this.#silence(interaction);
    line.music = music;
    line.bridged = music === undefined;
  }

  #play(interaction: string, prompt: PromptName): void {
    this.#silence(interaction);
    const line = this.#lines.get(interaction);
    if (line === undefined) return;
    const since = this.#clock.now();
    const cancel = this.#clock.at(since + (promptMs.get(prompt) ?? 0), () => this.#ended(interaction, false));
    line.music = undefined;
    line.playing = { prompt, since, cancel };
  }

  #silence(interaction: string): void {
    this.#lines.get(interaction)?.playing?.cancel();
    this.#ended(interaction, true);
  }

  #ended(interaction: string, interrupted: boolean): void {
    const line = this.#lines.get(interaction);
    const playing = line?.playing;
    if (line === undefined || playing === undefined) return;
    line.playing = undefined;
    const at = this.#clock.now();
    this.#tell({ kind: 'prompt-ended', interaction, prompt: playing.prompt, playedMs: at - playing.since, interrupted, at });
  }

  #gone(interaction: string): boolean {
    this.#silence(interaction);
    return this.#lines.delete(interaction);
  }

  #stopRecording(recording: string): void {
    const running = this.#recordings.get(recording);
    if (running === undefined) return;
    this.#recordings.delete(recording);
    const at = this.#clock.now();
    this.#tell({ kind: 'recording-stopped', interaction: running.interaction, recording, durationMs: at - running.since, at });
  }
}
