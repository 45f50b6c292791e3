import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { HotlinePlan } from '../wire/hotline-plan.ts';

/** 标记业务: one of the hotline's matters, in place of `before`; the same one again is nothing. Refuses `matter.unknown`. */
export function setMatter(
  { matters = [] }: Pick<HotlinePlan, 'matters'>,
  matter: string,
  before: string | undefined,
  at: Instant,
): Decision {
  const known = matters.find((one) => one.matter === matter);
  if (known === undefined) return refuse('matter.unknown', { matter });
  return matter === before ? [] : [fact('matter.set', at, { matter, code: known.code })];
}
