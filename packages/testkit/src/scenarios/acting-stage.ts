import type { Acting } from '@threerings/core/acting/state';
import { type ActingAct, actingAct } from '@threerings/core/wire/acting';
import type { Instant } from '@threerings/norms/trace';
import type { ActingDeskAct } from './steps.ts';

/** What a page knows of an operation after an act: its id and the consent to it. */
interface KnownOperation {
  readonly proxy: string;
  readonly consent: string;
}
const none: KnownOperation = { proxy: 'none', consent: 'none' };

/** Which customer, in which conversation, how it stands, and when. */
export interface ActingPlace {
  readonly of: string;
  readonly interaction: string;
  readonly acting: Acting | undefined;
  readonly now: Instant;
}

/** Fills acts for a customer with what stands on the agent's page: the newest operation, its plan, the consent to it. */
export class ActingPages {
  /** newest operation of each interaction, and of each customer the interaction before the newest */
  readonly #known = new Map<string, KnownOperation>();
  readonly #newest = new Map<string, string>();
  readonly #before = new Map<string, string>();

  actOf(act: ActingDeskAct, { of, interaction, acting, now }: ActingPlace): ActingAct {
    this.note(of, interaction, acting);
    const operation = acting?.operations.at(-1);
    const earlier = this.#known.get(this.#before.get(of) ?? '') ?? none;
    const here = {
      proxy: operation?.proxy ?? 'none',
      consent: operation?.consent?.consent ?? 'none',
      digest: operation?.plan?.digest ?? 'none',
    };
    const { by, callInMs, ...rest } = act;
    const due = callInMs === undefined ? {} : { callBy: now + callInMs };
    const borrowed = by === undefined ? {} : by === 'consent-of-before' ? { consent: earlier.consent } : earlier;
    return actingAct.parse({ ...here, ...rest, ...due, ...borrowed });
  }

  /** To be told after an act as well: what it brought about. */
  note(of: string, interaction: string, acting: Acting | undefined): void {
    const last = this.#newest.get(of);
    if (last !== undefined && last !== interaction) this.#before.set(of, last);
    this.#newest.set(of, interaction);
    const operation = acting?.operations.at(-1);
    if (operation === undefined) return;
    const consent = operation.consent?.consent ?? this.#known.get(interaction)?.consent ?? 'none';
    this.#known.set(interaction, { proxy: operation.proxy, consent });
  }
}
