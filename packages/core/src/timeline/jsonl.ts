import { type FieldValue, type Source, sources, type TraceEvent } from '@threerings/norms/trace';
import { canonical } from './canonical.ts';
import type { TimelineEvent } from './event.ts';
import { inTimelineOrder } from './order.ts';
import { isFault, type JsonNode, readJson } from './read-json.ts';
import { eventSpec, sourceOf } from './vocabulary.ts';

/** A fault in an imported file: where, what was expected, what stands there. Lines and columns count from 1. */
export interface FileFault {
  readonly line: number;
  readonly column: number;
  readonly expected: string;
  readonly found: string;
}

/** Most events of one imported timeline; a call of a working day with every reading stays far below. */
const mostEvents = 200_000;
/** Most faults that are reported of one file. */
const mostFaults = 50;

/**
 * Prints a timeline, one event a line, canonical JSON. The text of speech is written only where it is filled in, so the
 * caller decides who may read it.
 */
export function printTimeline(events: readonly TimelineEvent[]): string {
  return events.map((event) => `${canonical({ ...event })}\n`).join('');
}

export type ReadTimeline<Event> = { readonly events: readonly Event[] } | { readonly faults: readonly FileFault[] };

/** Reads an exported timeline with its chain, in the order of the file. */
export function readTimeline(file: string): ReadTimeline<TimelineEvent> {
  return readLines(file, (line) => {
    const event = traceEvent(line);
    const n = line.whole('n', 1);
    const stored = {
      ...event,
      n,
      v: line.whole('v', 1),
      stream: line.text('stream'),
      recordedAt: line.whole('recordedAt'),
      hash: line.text('hash'),
      interaction: line.optionalText('interaction'),
      case: line.optionalText('case'),
    };
    const late = line.optionalFlag('late') === true ? { late: true as const } : {};
    const clock = line.optionalText('clock') === 'corrected' ? { clock: 'corrected' as const } : {};
    return { ...stored, ...late, ...clock };
  });
}

/**
 * Reads a timeline for judging: only `type`, `occurredAt` and `fields` must be there; `id`, `seq` and `source` are filled
 * in from the line number and the event table. The events come back in timeline order.
 */
export function readTrace(file: string): ReadTimeline<TraceEvent> {
  const read = readLines(file, traceEvent);
  return 'faults' in read ? read : { events: [...read.events].sort(inTimelineOrder) };
}

function traceEvent(line: Line): TraceEvent {
  const type = line.text('type');
  if (type !== '' && eventSpec(type) === undefined) line.fault('type', 'an event of the vocabulary', `“${type}”`);
  const by = line.optionalText('by');
  const given = line.optionalText('source');
  if (given !== undefined && !sources.some((source) => source === given)) line.fault('source', sources.join(' | '), `“${given}”`);
  const source = (given as Source | undefined) ?? sourceOf({ type, by }) ?? 'system';
  const text = line.optionalText('text');
  return {
    id: line.optionalText('id') ?? `line-${line.number}`,
    type,
    source,
    occurredAt: line.whole('occurredAt'),
    seq: line.optionalWhole('seq') ?? line.number,
    fields: line.fields(),
    ...(by === undefined ? {} : { by }),
    ...(text === undefined ? {} : { text }),
  };
}

function readLines<Event>(file: string, read: (line: Line) => Event): ReadTimeline<Event> {
  const events: Event[] = [];
  const faults: FileFault[] = [];
  for (const [at, content] of file.split('\n').entries()) {
    if (content.trim() === '') continue;
    const line = openLine(content, at + 1, faults);
    if (line !== undefined) events.push(read(line));
    if (faults.length >= mostFaults) break;
    if (events.length > mostEvents) {
      return { faults: [{ line: at + 1, column: 1, expected: `at most ${mostEvents} events`, found: 'more' }] };
    }
  }
  return faults.length > 0 ? { faults } : { events };
}

/** One line of the file; its methods note a fault and go on with a harmless value, so that all faults are found at once. */
interface Line {
  readonly number: number;
  text(key: string): string;
  optionalText(key: string): string | undefined;
  whole(key: string, least?: number): number;
  optionalWhole(key: string): number | undefined;
  optionalFlag(key: string): boolean | undefined;
  fields(): Readonly<Record<string, FieldValue>>;
  fault(key: string, expected: string, found: string): void;
}

function openLine(content: string, number: number, faults: FileFault[]): Line | undefined {
  const node = readJson(content);
  if (isFault(node)) {
    faults.push({ line: number, ...node });
    return undefined;
  }
  const members = node.value instanceof Map ? (node.value as ReadonlyMap<string, JsonNode>) : undefined;
  if (members === undefined) {
    faults.push({ line: number, column: node.column, expected: 'an object: one event', found: kindOf(node) });
    return undefined;
  }
  const fault = (key: string, expected: string, found: string) => {
    faults.push({ line: number, column: members.get(key)?.column ?? 1, expected: `“${key}”: ${expected}`, found });
  };
  const scalar = (key: string, type: 'string' | 'number' | 'boolean', expected: string): unknown => {
    const member = members.get(key);
    if (member === undefined) return undefined;
    if (typeof member.value === type) return member.value;
    fault(key, expected, kindOf(member));
    return undefined;
  };
  const optionalText = (key: string) => scalar(key, 'string', 'a text') as string | undefined;
  const optionalWhole = (key: string) => {
    const value = scalar(key, 'number', 'an integer') as number | undefined;
    if (value !== undefined && !Number.isSafeInteger(value)) fault(key, 'an integer', String(value));
    return value;
  };
  return {
    number,
    fault,
    optionalText,
    optionalWhole,
    optionalFlag: (key) => scalar(key, 'boolean', 'true or false') as boolean | undefined,
    text: (key) => {
      if (!members.has(key)) fault(key, 'a text', 'nothing');
      return optionalText(key) ?? '';
    },
    whole: (key, least) => {
      const value = optionalWhole(key);
      if (!members.has(key)) fault(key, 'an integer', 'nothing');
      else if (value !== undefined && least !== undefined && value < least) fault(key, `at least ${least}`, String(value));
      return value ?? 0;
    },
    fields: () => fieldsOf(members.get('fields'), fault),
  };
}

function fieldsOf(node: JsonNode | undefined, fault: Line['fault']): Readonly<Record<string, FieldValue>> {
  if (!(node?.value instanceof Map)) {
    fault('fields', 'an object', node === undefined ? 'nothing' : kindOf(node));
    return {};
  }
  const fields: Record<string, FieldValue> = {};
  for (const [name, member] of node.value as ReadonlyMap<string, JsonNode>) {
    const value = fieldValue(member);
    if (value === undefined) fault('fields', `“${name}”: a text, number, true, false or list of texts`, kindOf(member));
    else fields[name] = value;
  }
  return fields;
}

function fieldValue({ value }: JsonNode): FieldValue | undefined {
  if (value === null || value instanceof Map) return undefined;
  if (typeof value !== 'object') return value;
  const items = (value as readonly JsonNode[]).map((item) => item.value);
  return items.every((item) => typeof item === 'string') ? items : undefined;
}

function kindOf({ value }: JsonNode): string {
  if (value === null) return 'null';
  if (value instanceof Map) return 'an object';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
