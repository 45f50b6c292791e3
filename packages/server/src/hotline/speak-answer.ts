import { isRefusal, type Refusal, speak } from '@threerings/core/errors/refusal';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import { type AppendRefusal, type StreamRefusal, speakStream } from '../store/stream-refusals.ts';

const streamCodes: readonly string[] = [
  ...['stream.conflict', 'stream.id-taken', 'stream.text-invalid', 'stream.too-many', 'stream.field-invalid', 'store.busy'],
];

/** True when the hotline itself refuses, false when the store does. */
export function isDomainRefusal(refusal: AppendRefusal): refusal is Refusal {
  return isRefusal(refusal) && !streamCodes.includes(refusal.refused);
}

/** What the floor refused, in the reader's language. */
export function speakRefusal(refusal: AppendRefusal, language: 'zh' | 'en'): RefusalOnWire {
  if (isDomainRefusal(refusal)) return speak(refusal, language);
  return { refused: refusal.refused, message: speakStream(refusal as StreamRefusal, language) };
}
