import { Conversation, type Exchange, type Side } from './conversation.ts';
import { CrossTalk } from './cross-talk.ts';
import { decibels, frameSamples, stepMs, stepSamples } from './frames.ts';
import { VoiceOfSide } from './voice.ts';
import type { Edge } from './voice-activity.ts';

/** What was measured. `at` in ms of the measured sound, from its first sample on. */
export type Measured =
  | Exchange
  | { readonly kind: 'speaking-began'; readonly side: Side; readonly at: number }
  | { readonly kind: 'speaking-ended'; readonly side: Side; readonly at: number; readonly speech: number }
  /** loudness of a voice over `window` ms in which it sounded: mean and loudest sample, dBFS */
  | {
      readonly kind: 'level';
      readonly side: Side;
      readonly at: number;
      readonly level: number;
      readonly peak: number;
      readonly window: number;
    }
  /** syllables a minute over `window` ms in which the voice sounded */
  | { readonly kind: 'rate'; readonly side: Side; readonly at: number; readonly rate: number; readonly window: number };

/** A reading of loudness and rate comes after so much sound of a voice, ms. */
export const readingMs = 10_000;
/** Less sound than this gives no reading at the end, ms. */
const leastReadingMs = 2000;

interface Ear {
  readonly side: Side;
  readonly voice: VoiceOfSide;
  readonly crossTalk: CrossTalk;
  readonly edges: Edge[];
  began: number | undefined;
  /** the last 20 ms were no louder than an echo of the other side */
  echo: boolean;
}

const ear = (side: Side): Ear => ({
  side,
  voice: new VoiceOfSide(),
  crossTalk: new CrossTalk(),
  edges: [],
  began: undefined,
  echo: false,
});
const silence = new Int16Array(frameSamples);

/**
 * Measures a call from what its two parties say: 20 ms frames of both sides, in step. Streaming, constant memory; no model.
 * It is the parties' own sound that is owed here: prompts and music never reach it.
 */
export class CallMeasures {
  readonly #conversation = new Conversation();
  readonly #agent = ear('agent');
  readonly #customer = ear('customer');
  /** ms of sound that were measured */
  #now = 0;

  get now(): number {
    return this.#now;
  }

  /** Nothing that becomes true before this instant will be told any more, ms; never goes back. */
  get settledUntil(): number {
    return this.#conversation.settledUntil(this.#frontier);
  }

  /** True when what was heard last of this side is taken to be the echo of the other. */
  isEcho(side: Side): boolean {
    return (side === 'agent' ? this.#agent : this.#customer).echo;
  }

  /** From now on silence and overlap mean something: the parties hear each other. */
  meet(): readonly Measured[] {
    return [...this.#drain(), ...this.#conversation.meet(this.#frontier)];
  }

  /** The parties do not hear each other any more (hold). */
  part(): readonly Measured[] {
    return [...this.#drain(), ...this.#conversation.part(this.#frontier)];
  }

  /** The next 20 ms. A side that is not listened to says nothing. */
  hear(customer: Int16Array | undefined, agent: Int16Array | undefined): readonly Measured[] {
    for (let from = 0; from < frameSamples; from += stepSamples) this.#step(customer ?? silence, agent ?? silence, from);
    return [...this.#drain(), ...this.#conversation.pass(this.#frontier), ...this.#readings(readingMs)];
  }

  /** The sound is over: whatever is open ends. */
  end(): readonly Measured[] {
    for (const each of [this.#customer, this.#agent]) {
      const edge = each.voice.activity.close();
      if (edge !== undefined) each.edges.push(edge);
    }
    return [...this.#drain(), ...this.#conversation.part(this.#now), ...this.#readings(leastReadingMs)];
  }

  get #frontier(): number {
    const settled = [this.#customer, this.#agent].map(({ voice, edges }) => edges[0]?.at ?? voice.activity.settledUntil(this.#now));
    return Math.min(...settled);
  }

  #step(customer: Int16Array, agent: Int16Array, from: number): void {
    this.#customer.voice.hear(customer, from);
    this.#agent.voice.hear(agent, from);
    const [customerSpoke, agentSpoke] = [this.#customer.voice.activity.speaking, this.#agent.voice.activity.speaking];
    this.#judge(this.#customer, this.#agent.voice.db, agentSpoke, from === 0);
    this.#judge(this.#agent, this.#customer.voice.db, customerSpoke, from === 0);
    this.#now += stepMs;
  }

  #judge(ear: Ear, otherDb: number, otherSpeaks: boolean, first: boolean): void {
    const { voice, crossTalk, edges } = ear;
    const echo = crossTalk.isEcho(voice.db, otherDb, otherSpeaks);
    ear.echo = echo && (first || ear.echo);
    const edge = voice.activity.take({ db: voice.db, voicing: () => voice.voicing(), echo }, this.#now);
    if (voice.activity.sounding) voice.count();
    if (edge !== undefined) edges.push(edge);
  }

  /** Edges of both sides in the order of their instants, as far as none can come before them any more. */
  #drain(): readonly Measured[] {
    const told: Measured[] = [];
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const edge = next.edges.shift() as Edge;
      told.push(...this.#conversation.take(next.side, edge), speaking(next, edge));
    }
    return told;
  }

  #next(): Ear | undefined {
    const [one, other] = [this.#customer, this.#agent].sort((a, b) => instantOf(a) - instantOf(b)) as [Ear, Ear];
    if (one.edges.length === 0) return undefined;
    const at = instantOf(one);
    return other.edges.length > 0 || at <= other.voice.activity.settledUntil(this.#now) ? one : undefined;
  }

  #readings(after: number): readonly Measured[] {
    return [this.#customer, this.#agent].flatMap(({ side, voice }): Measured[] => {
      const { ms, meanSquare, peak, syllables } = voice.sounded;
      if (ms < after) return [];
      voice.startReading();
      const at = this.#now;
      const level = rounded(decibels(meanSquare));
      return [
        { kind: 'level', side, at, level, peak: rounded(decibels(peak * peak)), window: ms },
        { kind: 'rate', side, at, rate: Math.round((syllables * 60_000) / ms), window: ms },
      ];
    });
  }
}

function instantOf({ edges }: Ear): number {
  return edges[0]?.at ?? Number.POSITIVE_INFINITY;
}

function speaking(ear: Ear, edge: Edge): Measured {
  const { side } = ear;
  if (edge.kind === 'began') {
    ear.began = edge.at;
    return { kind: 'speaking-began', side, at: edge.at };
  }
  return { kind: 'speaking-ended', side, at: edge.at, speech: edge.at - (ear.began ?? edge.at) };
}

function rounded(db: number): number {
  return Math.round(db * 10) / 10;
}
