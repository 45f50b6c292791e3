import type { NewEvent } from '@threerings/core/timeline/event';
import { clockAllowance, type Recorded } from '@threerings/core/timeline/record';
import type { StreamState } from '@threerings/core/timeline/stream-state';
import { refuseAppend, type StreamRefusal } from './stream-refusals.ts';

const longestText = 65_536;
const mostFields = 64;
const mostItems = 1_000;

/**
 * Places an event of a stream outside the vocabulary: verdicts, audit. The same envelope, chain and clock rule as the
 * timeline's recorder; of the fields only the size is checked. `source` defaults to `system`.
 */
export function recordPlain(state: StreamState, event: NewEvent, now: number): Recorded | StreamRefusal {
  const fault = faultOf(event);
  if (fault !== undefined) return refuseAppend('stream.field-invalid', { type: event.type.slice(0, 100), found: fault });
  const corrected = event.occurredAt > now + clockAllowance;
  return {
    draft: {
      id: event.id,
      personal: event.personal ?? {},
      previous: state.hash,
      event: {
        type: event.type,
        v: 1,
        stream: state.stream,
        n: state.n + 1,
        interaction: state.interaction,
        case: state.case,
        source: event.source ?? 'system',
        by: event.by,
        occurredAt: corrected ? now : event.occurredAt,
        recordedAt: now,
        seq: state.n + 1,
        fields: event.fields,
        ...(corrected ? { clock: 'corrected' } : {}),
      },
    },
  };
}

function faultOf(event: NewEvent): string | undefined {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(event.type) || event.type.length > 100) return 'type';
  if (!Number.isSafeInteger(event.occurredAt)) return 'occurredAt';
  const fields = Object.entries(event.fields);
  if (fields.length > mostFields) return `${fields.length} fields`;
  for (const [name, value] of fields) {
    if (typeof value === 'number' && !Number.isFinite(value)) return name;
    if (typeof value === 'string' && value.length > longestText) return name;
    if (typeof value !== 'object') continue;
    if (value.length > mostItems || value.some((item) => item.length > longestText)) return name;
  }
  return undefined;
}
