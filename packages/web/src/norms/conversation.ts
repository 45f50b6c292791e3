import { eventsOfImportedCall, type ImportedCall } from '@threerings/core/timeline/transcript-import';
import { sourceOf } from '@threerings/core/timeline/vocabulary';
import type { WireEvent } from '@threerings/core/wire/events';
import { type Source, sources, type TraceEvent } from '@threerings/norms/trace';

/** Length that is assumed of a pasted utterance, and when the call was answered, ms after its first ring. */
const utteranceMs = 4000;
const answeredMs = 5000;

export interface PastedLine {
  readonly role: 'agent' | 'customer';
  readonly text: string;
}

/** `坐席：…` / `客户：…` (`agent:` / `customer:`), one utterance a line; a line without a role goes on with the one before. */
export function readPasted(pasted: string): PastedLine[] {
  const lines: { role: PastedLine['role']; text: string }[] = [];
  for (const line of pasted.slice(0, 100_000).split('\n').slice(0, 500)) {
    const [, who, text] = /^\s*(坐席|客户|agent|customer)\s*[:：]\s*(.*)$/i.exec(line) ?? [];
    const last = lines.at(-1);
    if (who !== undefined && text !== undefined) lines.push({ role: /坐席|agent/i.test(who) ? 'agent' : 'customer', text: text.trim() });
    else if (last !== undefined && line.trim() !== '') last.text += line.trim();
  }
  return lines.filter(({ text }) => text !== '');
}

/** The timeline that a pasted conversation would have left. */
export function eventsOfPasted(lines: readonly PastedLine[], startedAt: number): TraceEvent[] {
  const call: ImportedCall = {
    interaction: 'tried',
    startedAt,
    ringingAt: startedAt,
    answeredAt: startedAt + answeredMs,
    answered: true,
    endedAt: startedAt + answeredMs + lines.length * utteranceMs + 2000,
    endedBy: 'customer',
    direction: 'in',
    called: '',
    agent: '0000',
    rows: lines.map(({ role, text }, n) => ({
      role,
      text,
      startMs: answeredMs + n * utteranceMs,
      endMs: answeredMs + (n + 1) * utteranceMs - 500,
    })),
  };
  return eventsOfImportedCall(call).map((event, n): TraceEvent => {
    const text = event.personal?.['text']?.value;
    return {
      id: `e${n}`,
      type: event.type,
      ...(event.by === undefined ? {} : { by: event.by }),
      source: event.source ?? sourceOf(event) ?? 'system',
      occurredAt: event.occurredAt,
      seq: n,
      fields: event.fields,
      ...(text === undefined ? {} : { text }),
    };
  });
}

/** Events as the server shows them, as the engine takes them. */
export function traceOf(events: readonly WireEvent[]): TraceEvent[] {
  return events.map(({ id, type, by, source, occurredAt, seq, fields, text }) => ({
    id,
    type,
    ...(by === undefined ? {} : { by }),
    source: sources.find((one): one is Source => one === source) ?? 'system',
    occurredAt,
    seq,
    fields,
    ...(text === undefined ? {} : { text }),
  }));
}
