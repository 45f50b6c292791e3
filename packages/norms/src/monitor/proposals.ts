import { shifted, wholeNumber } from '../match/evaluate.ts';
import type { Scene } from '../match/scene.ts';
import type { FieldValue, Instant, Witness } from '../trace.ts';
import type { ActionOn, Propose } from '../tree.ts';
import type { NormPlan } from './plan.ts';
import type { Instance } from './state.ts';

/**
 * Something that a norm proposes to a person: a promise, a callback, a ticket, a ledger entry, a review. It does nothing by itself. The
 * same duty proposes the same thing on the same occasion once; `norm`, `key`, `on` and `what` tell proposals apart.
 */
export interface Proposal {
  readonly norm: string;
  readonly pack: string;
  readonly packVersion: number;
  /** key of the duty, as its verdict has it */
  readonly key: string;
  readonly on: Exclude<ActionOn, 'warning'>;
  readonly what: Propose['what'];
  readonly message?: string | undefined;
  /** the anchor, or the instant of the verdict */
  readonly at: Instant;
  /** by when; absent where the norm names none or it cannot be told */
  readonly due?: Instant | undefined;
  /** values noted by the trigger: a limit, a number, a name */
  readonly values: Readonly<Record<string, FieldValue>>;
  /** in charge at the anchor */
  readonly agent?: string | undefined;
  readonly cites: readonly string[];
  readonly witnesses: readonly Witness[];
}

/** What the norm of a duty proposes on an occasion. `scene`: of the duty, at its anchor. */
export function proposalsOf(plan: NormPlan, instance: Instance, on: Proposal['on'], at: Instant, scene: Scene): readonly Proposal[] {
  const { norm, pack, packVersion } = plan;
  return norm.actions.flatMap((action) => {
    if (action.kind !== 'propose' || action.on !== on) return [];
    const due = dueOf(action, instance.at, scene);
    return [
      {
        ...{ norm: norm.id, pack, packVersion, key: instance.key, on, what: action.what, at },
        ...(action.message === undefined ? {} : { message: action.message }),
        ...(due === undefined ? {} : { due }),
        values: instance.binds,
        ...(instance.inCharge === undefined ? {} : { agent: instance.inCharge }),
        cites: norm.cites,
        witnesses: instance.witnesses.map((witness) => ({ ...witness })),
      },
    ];
  });
}

function dueOf({ due, dueIsInstant }: Propose<'resolved'>, anchor: Instant, scene: Scene): Instant | undefined {
  if (due === undefined) return undefined;
  return dueIsInstant === true ? wholeNumber(due, scene) : shifted(anchor, due, scene);
}
