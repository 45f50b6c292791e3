import { stepMs } from './frames.ts';
import { NoiseFloor } from './noise-floor.ts';

/** When a side began to speak, and when it stopped. Times in ms of the measured sound. */
export type Edge = { readonly kind: 'began'; readonly at: number } | { readonly kind: 'ended'; readonly at: number };

/** One step of 10 ms as the detector sees it. */
export interface Step {
  /** level over the last 30 ms, dBFS */
  readonly db: number;
  /** how much it repeats itself at the pitch of a voice, 0–1; asked only where it matters */
  voicing(): number;
  /** no louder than an echo of the other side */
  readonly echo: boolean;
}

/** Above the noise: a voice may begin; and where one that speaks is still there, dB. */
const beginsAboveFloorDb = 8;
const staysAboveFloorDb = 4;
/** Softer than this against the voice's own loud steps is breath and room, dB. */
const belowVoiceDb = 33;
/** Nothing below it is a voice on a telephone line, dBFS. */
const softestDb = -54;
/** A pause of this length within an utterance does not end it, ms. */
export const hangOverMs = 200;
/** So much sound, and so much of it voiced, makes an utterance; less is a click, ms. */
const leastSoundMs = 100;
const leastVoicedMs = 40;
const voiced = 0.55;
/** A sound that pauses so long before it became an utterance is forgotten, ms. */
const candidatePauseMs = 120;
/** The loudness of the voice falls by so much a second while nothing louder comes, dB. */
const voiceDecayDb = 0.5;

/**
 * Is this side speaking? Level above an adaptive noise floor, confirmed by voiced sound, with hysteresis and a hang-over.
 * An edge is told when it is certain and bears the instant at which it was: a beginning some 100 ms later, an end 200 ms
 * later. Streaming, constant memory.
 */
export class VoiceActivity {
  readonly #floor = new NoiseFloor();
  #voiceDb = softestDb;
  /** beginning of what may become an utterance, or of the one that is going on */
  #began: number | undefined;
  #speaking = false;
  #soundMs = 0;
  #voicedMs = 0;
  /** end of the last step with sound */
  #soundUntil = 0;

  get speaking(): boolean {
    return this.#speaking;
  }

  /** True when the last step sounded: the hang-over of an utterance is not part of its loudness. */
  get sounding(): boolean {
    return this.#speaking && this.#sounded;
  }
  #sounded = false;

  /** No edge before this instant will be told any more. @param now end of the last step */
  settledUntil(now: number): number {
    if (this.#speaking) return this.#sounded ? now : this.#soundUntil;
    return this.#began ?? now;
  }

  /** @param at beginning of the step, ms */
  take(step: Step, at: number): Edge | undefined {
    const { db } = step;
    const stays = Math.max(this.#floor.db + staysAboveFloorDb, softestDb, this.#voiceDb - belowVoiceDb - 3);
    const begins = Math.max(this.#floor.db + beginsAboveFloorDb, softestDb + 3, this.#voiceDb - belowVoiceDb);
    this.#floor.take(db);
    this.#voiceDb -= (voiceDecayDb * stepMs) / 1000;
    this.#sounded = db > stays && !step.echo;
    if (this.#sounded) {
      this.#soundUntil = at + stepMs;
      if (this.#speaking) {
        this.#voiceDb = Math.max(this.#voiceDb, db);
        return undefined;
      }
      return this.#grow(step, db > begins, at);
    }
    if (this.#began === undefined || at + stepMs - this.#soundUntil < (this.#speaking ? hangOverMs : candidatePauseMs)) return undefined;
    return this.#end();
  }

  /** The side is not listened to any more: what is open ends where it last sounded. */
  close(): Edge | undefined {
    return this.#began === undefined ? undefined : this.#end();
  }

  #grow(step: Step, loud: boolean, at: number): Edge | undefined {
    this.#began ??= at;
    this.#soundMs += stepMs;
    if (loud && step.voicing() > voiced) this.#voicedMs += stepMs;
    if (this.#soundMs < leastSoundMs || this.#voicedMs < leastVoicedMs) return undefined;
    this.#speaking = true;
    return { kind: 'began', at: this.#began };
  }

  #end(): Edge | undefined {
    const spoke = this.#speaking;
    this.#speaking = false;
    this.#sounded = false;
    this.#began = undefined;
    this.#soundMs = 0;
    this.#voicedMs = 0;
    return spoke ? { kind: 'ended', at: this.#soundUntil } : undefined;
  }
}
