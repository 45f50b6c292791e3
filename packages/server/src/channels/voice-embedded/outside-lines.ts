import type { MediumEffect } from '@threerings/core/hotline/effects';
import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { LegSnapshot, Voice, VoiceEvent, VoiceSnapshot } from '@threerings/voice/port';
import { dialOutcome } from './dialling.ts';
import { bridgeOf, outsideLeg, outsideOfLeg } from './names.ts';

type Outcome = Extract<HotlineInput, { readonly kind: 'outside-left' }>['outcome'];

/**
 * The lines to people outside whom callers are transferred to. While a transfer is open they belong to it; once a caller has left the
 * house, caller and line end together, and the hotline knows of them no more.
 */
export class OutsideLines {
  readonly #voice: Pick<Voice, 'send'>;
  readonly #tell: (input: HotlineInput) => void;
  readonly #answered: (interaction: string) => void;
  /** not answered yet */
  readonly #ringing = new Set<string>();
  /** callers who left the house, by the leg that they talk to */
  readonly #handedOut = new Map<string, string>();

  /** `answered`: nothing rings any more for the agent of this call. */
  constructor(voice: Pick<Voice, 'send'>, tell: (input: HotlineInput) => void, answered: (interaction: string) => void) {
    this.#voice = voice;
    this.#tell = tell;
    this.#answered = answered;
  }

  dialled({ interaction, line }: Pick<Extract<MediumEffect, { kind: 'dial-outside' }>, 'interaction' | 'line'>): void {
    this.#ringing.add(outsideLeg(interaction, line));
  }

  handedOut(interaction: string, line: string): void {
    this.#handedOut.set(outsideLeg(interaction, line), interaction);
  }

  /** What the voice process tells of such a leg. */
  heard(event: Exclude<VoiceEvent, { kind: 'snapshot' | 'heartbeat' }> & { readonly leg: string }): void {
    const of = outsideOfLeg(event.leg);
    if (of === undefined) return;
    if (event.kind === 'leg-answered' && this.#ringing.delete(event.leg)) {
      this.#answered(of.interaction);
      this.#tell({ kind: 'outside-answers', ...of, at: event.at });
    } else if (event.kind === 'leg-ended') this.#ended(of, event);
  }

  #ended(of: { readonly interaction: string; readonly line: string }, event: Extract<VoiceEvent, { kind: 'leg-ended' }>): void {
    const { leg, side, status, at } = event;
    const rang = this.#ringing.delete(leg);
    this.#answered(of.interaction);
    const caller = this.#handedOut.get(leg);
    this.#handedOut.delete(leg);
    if (caller !== undefined) void this.#voice.send({ kind: 'hang-up', leg: caller, cause: 'the other side hung up' });
    else if (side !== 'near') this.#tell({ kind: 'outside-left', ...of, outcome: rang ? outcomeOf(status) : 'declined', at });
  }

  /** A caller's leg ended: with it the line to the outside that it left the house by. */
  callerEnded(interaction: string): void {
    for (const [leg, caller] of this.#handedOut) if (caller === interaction) void this.#voice.send({ kind: 'hang-up', leg });
  }

  /**
   * After a connect: lines of calls that go on are kept, and told with the call; a caller who has left the house goes on talking. All other lines end.
   * Returns the callers who have left.
   */
  reconcile({ legs, bridges }: VoiceSnapshot, isOpen: (interaction: string) => boolean): ReadonlySet<string> {
    this.#ringing.clear();
    this.#handedOut.clear();
    for (const { leg, state } of legs) {
      const of = outsideOfLeg(leg);
      if (of === undefined) continue;
      const talks = bridges.find(({ bridge }) => bridge === bridgeOf(of.interaction))?.legs ?? [];
      const left = talks.length === 2 && talks.includes(leg) && talks.includes(of.interaction);
      if (left) this.#handedOut.set(leg, of.interaction);
      else if (!isOpen(of.interaction)) void this.#voice.send({ kind: 'hang-up', leg, cause: 'unknown to the hotline' });
      else if (state !== 'answered') this.#ringing.add(leg);
    }
    return new Set(this.#handedOut.values());
  }
}

/** Lines to the outside of this call, as the hotline is told of them. */
export function linesFound(legs: readonly LegSnapshot[], interaction: string): { line: string; answered: boolean }[] {
  return legs.flatMap(({ leg, state }) => {
    const of = outsideOfLeg(leg);
    return of?.interaction === interaction ? [{ line: of.line, answered: state === 'answered' }] : [];
  });
}

const outcomes: Readonly<Record<ReturnType<typeof dialOutcome>, Outcome>> = {
  busy: 'busy',
  'no-answer': 'no-answer',
  rejected: 'declined',
  invalid: 'wrong-extension',
  failed: 'failed',
};

/** What the final answer of a line that nobody answered means for the transfer. */
export function outcomeOf(status: number | undefined): Outcome {
  return outcomes[dialOutcome(status)];
}
