import type { NewEvent } from '../timeline/event.ts';
import { CallMeasures, type Measured } from './call-measures.ts';
import { frameSamples } from './frames.ts';
import { measuredEvent, type Placed } from './measured-events.ts';

/**
 * What a finished recording of both sides tells, as a live call would have told it. 8 kHz, 16 bit, sides in step; music and
 * prompts that stand in it are taken for the side on which they stand.
 */
export function measureRecording(customer: Int16Array, agent: Int16Array, placed: Placed): readonly NewEvent[] {
  const measures = new CallMeasures();
  const told: Measured[] = [...measures.meet()];
  for (let at = 0; at + frameSamples <= Math.min(customer.length, agent.length); at += frameSamples)
    told.push(...measures.hear(customer.subarray(at, at + frameSamples), agent.subarray(at, at + frameSamples)));
  told.push(...measures.end());
  return told.map((one) => measuredEvent(one, placed));
}
