import type { Instant } from '@threerings/norms/trace';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { HotlineWorld } from './inputs.ts';

/** Where nobody writes down what is said, or measures it, a call says so at its beginning: what depends on it is unknown, visibly, instead of broken. */
export function missingSources(world: HotlineWorld, at: Instant): NewEvent[] {
  const speech = world.recogniser === true ? [] : (['speech.agent', 'speech.customer'] as const);
  const sound = world.measures === true ? [] : (['audio'] as const);
  return [...speech, ...sound].map((source) => ({ ...fact('source.gap-started', at, { source, reason: 'no-engine' }), source }));
}
