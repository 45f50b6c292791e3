import type { Instant } from '@threerings/norms/trace';
import type { NewEvent } from '../timeline/event.ts';
import { ideographs } from '../timeline/ideographs.ts';

/** How long saying a text takes, ms: 200 characters a minute, at least half a second. */
export function spokenMs(text: string): number {
  return Math.max(500, text.length * 300);
}

/** What listening to somebody who says this would tell: who speaks and when, and the words. */
export function utterance(by: 'agent' | 'customer', text: string, at: Instant, leg: string): readonly NewEvent[] {
  const end = at + spokenMs(text);
  const said: NewEvent = {
    type: 'speech.said',
    by,
    occurredAt: at,
    fields: { chars: ideographs(text), start: at, end, confidence: 1, engine: 'training' },
    personal: { text: { subject: `training-${by}`, value: text } },
  };
  return [
    { type: 'speech.activity-started', by, occurredAt: at, fields: { leg } },
    said,
    { type: 'speech.activity-ended', by, occurredAt: end, fields: { leg, speech: end - at } },
  ];
}
