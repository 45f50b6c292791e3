import type { Effect, PromptName } from '@threerings/core/hotline/effects';
import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { SimClock } from '../../sim-clock.ts';
import { dialled, promptMs } from '../stage.ts';

interface Line {
  /** the prompt that plays; music has no end and is not told */
  playing?: { readonly prompt: PromptName; readonly since: number; readonly cancel: () => void } | undefined;
}

/** Lines and recordings without any sound: does what effects say and tells what a medium tells. */
export class SimMedium {
  readonly #clock: SimClock;
  readonly #tell: (input: HotlineInput) => void;
  readonly #lines = new Map<string, Line>();
  readonly #recordings = new Map<string, { readonly interaction: string; readonly since: number }>();

  constructor(clock: SimClock, tell: (input: HotlineInput) => void) {
    this.#clock = clock;
    this.#tell = tell;
  }

  arrive(interaction: string): void {
    this.#lines.set(interaction, {});
    this.#tell({ kind: 'caller-arrived', interaction, channel: 'phone', ...dialled, at: this.#clock.now() });
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

  /** Every line and every recording is lost without another word. */
  crash(): void {
    for (const line of this.#lines.values()) line.playing?.cancel();
    const lost = [...this.#lines.keys()];
    this.#lines.clear();
    this.#recordings.clear();
    for (const interaction of lost)
      this.#tell({ kind: 'caller-lost', interaction, cause: 'voice process lost the call', at: this.#clock.now() });
  }

  perform(effect: Effect): void {
    const { interaction } = effect;
    const line = this.#lines.get(interaction);
    if (line === undefined && effect.kind !== 'end' && effect.kind !== 'stop-recording') {
      this.#tell({ kind: 'effect-failed', effect, refused: 'leg.unknown', at: this.#clock.now() });
      return;
    }
    switch (effect.kind) {
      case 'accept':
        this.#tell({ kind: 'caller-connected', interaction, at: this.#clock.now() });
        break;
      case 'announce':
        this.#play(interaction, effect.prompt);
        break;
      case 'queue-music':
      case 'connect':
      case 'hold':
      case 'resume':
        this.#silence(interaction);
        break;
      case 'record':
        this.#recordings.set(effect.recording, { interaction, since: this.#clock.now() });
        this.#tell({ kind: 'recording-started', interaction, recording: effect.recording, at: this.#clock.now() });
        break;
      case 'stop-recording':
        this.#stopRecording(effect.recording);
        break;
      case 'end':
        this.#gone(interaction);
        break;
      case 'mute':
      case 'speak-over':
      case 'send-digits':
        break;
    }
  }

  #play(interaction: string, prompt: PromptName): void {
    this.#silence(interaction);
    const line = this.#lines.get(interaction);
    if (line === undefined) return;
    const since = this.#clock.now();
    const cancel = this.#clock.at(since + promptMs[prompt], () => this.#ended(interaction, false));
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
