import type { Edge } from './voice-activity.ts';

export type Side = 'agent' | 'customer';

/** What two voices make of each other. `at` in ms of the measured sound; lengths in ms. */
export type Exchange =
  | { readonly kind: 'silence-began'; readonly at: number }
  | { readonly kind: 'silence-ended'; readonly at: number; readonly silence: number }
  | { readonly kind: 'overlap-began'; readonly at: number }
  | { readonly kind: 'overlap-ended'; readonly at: number; readonly overlap: number }
  /** bears the end of the overlap */
  | { readonly kind: 'interrupted'; readonly at: number; readonly by: Side; readonly victim: Side; readonly overlap: number };

/** Neither side speaks for so long: a silence. */
export const leastSilenceMs = 1000;
/** Both speak for so long: an overlap. */
export const leastOverlapMs = 200;
/** Whoever is interrupted has had the floor for so long. */
export const floorHeldMs = 500;
/** A shorter word while the other goes on is a back-channel (嗯，是的), no interruption. */
export const backChannelMs = 600;

interface Interruption {
  readonly by: Side;
  readonly overlap: number;
  readonly at: number;
}

const otherOf = (side: Side): Side => (side === 'agent' ? 'customer' : 'agent');

/**
 * Silence, overlap and interruption from the edges of two voices. Edges come in the order of their instants; an exchange is
 * told as soon as it is certain, and bears the instant at which it was true. While the parties are apart (hold, prompt)
 * there is neither silence nor overlap.
 */
export class Conversation {
  readonly #since: Partial<Record<Side, number>> = {};
  #together = false;
  #quietSince: number | undefined;
  #silence: number | undefined;
  #bothSince: number | undefined;
  #overlap: number | undefined;
  /** who began to speak while the other had the floor */
  #intruder: Side | undefined;
  /** an overlap is over and its intruder goes on: an interruption, unless it was only a short word */
  #undecided: Interruption | undefined;

  speaks(side: Side): boolean {
    return this.#since[side] !== undefined;
  }

  /** No exchange before this instant will be told any more, when no edge before `frontier` will come. */
  settledUntil(frontier: number): number {
    const silence = this.#silence === undefined ? this.#quietSince : undefined;
    const overlap = this.#overlap === undefined ? this.#bothSince : undefined;
    return Math.min(frontier, silence ?? frontier, overlap ?? frontier, this.#undecided?.at ?? frontier);
  }

  /** The parties can hear each other from now on. */
  meet(at: number): readonly Exchange[] {
    const told = this.pass(at);
    if (this.#together) return told;
    this.#together = true;
    if (this.#neither) this.#quietSince = at;
    else if (this.#both) this.#bothSince = at;
    return told;
  }

  /** The parties cannot hear each other any more: what is open between them ends. */
  part(at: number): readonly Exchange[] {
    const told = [...this.pass(at), ...this.#endSilence(at), ...this.#endOverlap(at)];
    this.#together = false;
    this.#intruder = undefined;
    this.#undecided = undefined;
    return told;
  }

  /** Time passes: no edge before `at` will come. */
  pass(at: number): readonly Exchange[] {
    const told: Exchange[] = [];
    if (this.#quietSince !== undefined && this.#silence === undefined && at - this.#quietSince >= leastSilenceMs) {
      this.#silence = this.#quietSince;
      told.push({ kind: 'silence-began', at: this.#silence });
    }
    if (this.#bothSince !== undefined && this.#overlap === undefined && at - this.#bothSince >= leastOverlapMs) {
      this.#overlap = this.#bothSince;
      told.push({ kind: 'overlap-began', at: this.#overlap });
    }
    const undecided = this.#undecided;
    if (undecided !== undefined && at - (this.#since[undecided.by] ?? at) >= backChannelMs) told.push(this.#interrupted(undecided));
    return told;
  }

  take(side: Side, edge: Edge): readonly Exchange[] {
    const told = this.pass(edge.at);
    return [...told, ...(edge.kind === 'began' ? this.#began(side, edge.at) : this.#ended(side, edge.at))];
  }

  get #both(): boolean {
    return this.speaks('agent') && this.speaks('customer');
  }

  get #neither(): boolean {
    return !this.speaks('agent') && !this.speaks('customer');
  }

  #began(side: Side, at: number): readonly Exchange[] {
    const held = this.#since[otherOf(side)];
    this.#since[side] = at;
    if (!this.#together) return [];
    if (held !== undefined) {
      this.#bothSince = at;
      this.#intruder = at - held >= floorHeldMs ? side : undefined;
    }
    return this.#endSilence(at);
  }

  #ended(side: Side, at: number): readonly Exchange[] {
    const since = this.#since[side] ?? at;
    const told = [...this.#endOverlap(at)];
    const overlap = told.find((one) => one.kind === 'overlap-ended');
    const intruder = this.#intruder;
    if (intruder !== undefined && overlap !== undefined) {
      const spoken = at - (intruder === side ? since : (this.#since[intruder] ?? at));
      const interruption: Interruption = { by: intruder, overlap: overlap.overlap, at };
      if (spoken >= backChannelMs) told.push(this.#interrupted(interruption));
      else if (intruder !== side) this.#undecided = interruption;
    } else if (this.#undecided?.by === side) this.#undecided = undefined;
    this.#intruder = undefined;
    delete this.#since[side];
    if (this.#together && this.#neither) this.#quietSince = at;
    return told;
  }

  #interrupted({ by, overlap, at }: Interruption): Exchange {
    this.#undecided = undefined;
    return { kind: 'interrupted', at, by, victim: otherOf(by), overlap };
  }

  #endSilence(at: number): readonly Exchange[] {
    const since = this.#silence;
    this.#silence = undefined;
    this.#quietSince = undefined;
    return since === undefined ? [] : [{ kind: 'silence-ended', at, silence: at - since }];
  }

  #endOverlap(at: number): readonly Exchange[] {
    const since = this.#overlap;
    this.#overlap = undefined;
    this.#bothSince = undefined;
    return since === undefined ? [] : [{ kind: 'overlap-ended', at, overlap: at - since }];
  }
}
