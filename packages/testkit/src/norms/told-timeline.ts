import { ideographs } from '@threerings/core/timeline/ideographs';
import { eventSpec, sourceOf } from '@threerings/core/timeline/vocabulary';
import type { FieldValue, Source, TraceEvent } from '@threerings/norms/trace';
import { sources } from '@threerings/norms/trace';
import type { FieldSpec } from '@threerings/norms/vocabulary';

/** A verdict as a told timeline expects it; what is not told is not compared. */
export interface Expected {
  readonly value: string;
  /** ms since the beginning of the case */
  readonly at?: number | undefined;
  readonly who?: string | undefined;
  readonly reason?: string | undefined;
  readonly missing?: string | undefined;
}

/** One story of one norm, told by a person, with the verdicts that a person expects. */
export interface ToldCase {
  readonly file: string;
  readonly line: number;
  readonly norm: string;
  readonly name: string;
  /** instant of 00:00 */
  readonly begins: number;
  readonly events: readonly TraceEvent[];
  readonly expected: readonly Expected[];
}

/** Monday 2026-03-02, 10:00 in Beijing: an ordinary working morning. */
const ordinaryMorning = Date.UTC(2026, 2, 2, 2);

/**
 * Reads told timelines:
 *
 *     norm hold-three-parts
 *     case kept: asked and agreed
 *     begins 2026-03-02 10:00                       (optional, Beijing time)
 *     00:10.000 agent says “我查一下，大约1分钟，好吗？”   (`says(0.3)`: recogniser confidence)
 *     00:12.000 customer writes “在吗”               (`sends` and `writes` are chat messages)
 *     00:16.000 hold.started hold=h1 leg=a          (`[role] event.id key=value …`)
 *     expect kept at 00:16.000 by 1024 because … missing …      or `expect nothing`
 *
 * Throws with file and line where a line cannot be read: told timelines are part of the program.
 */
export function readToldTimelines(text: string, file: string): ToldCase[] {
  const reader = new Reader(file);
  text.split('\n').forEach((raw, index) => {
    reader.read(raw.replace(/(^|\s)#.*$/, '').trim(), index + 1);
  });
  return reader.finish();
}

interface Draft {
  line: number;
  norm: string;
  name: string;
  begins: number;
  events: Omit<TraceEvent, 'id' | 'seq'>[];
  expected: Expected[];
  checked: boolean;
}

class Reader {
  readonly #file: string;
  #norm = '';
  #drafts: Draft[] = [];
  #line = 0;

  constructor(file: string) {
    this.#file = file;
  }

  read(line: string, number: number): void {
    this.#line = number;
    if (line === '') return;
    const forms: readonly (readonly [RegExp, (...groups: string[]) => void])[] = [
      [/^norm (\S+)$/, (norm) => this.#setNorm(norm)],
      [/^case (.+)$/, (name) => this.#open(name)],
      [/^begins (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)$/, (...parts) => this.#begin(parts)],
      [/^expect nothing$/, () => this.#expect(undefined)],
      [/^expect (\w+)(?: at (\S+))?(?: by (\S+))?(?: because (.+?))?(?: missing (\S+))?$/, (...parts) => this.#expect(parts)],
      [/^(\S+) (\w+) says(?:\((\S+)\))? [“"](.+)[”"]$/, (...parts) => this.#speech(parts)],
      [/^(\S+) (\w+) (sends|writes) [“"](.+)[”"]$/, (...parts) => this.#message(parts)],
      [/^(\S+) (?:(\w+) )?([a-z][a-z-]*\.[a-z-]+)(.*)$/, (...parts) => this.#event(parts)],
    ];
    for (const [form, take] of forms) {
      const match = form.exec(line);
      if (match === null) continue;
      take(...match.slice(1));
      return;
    }
    throw this.#wrong(`cannot read “${line}”`);
  }

  finish(): ToldCase[] {
    return this.#drafts.map(({ checked, ...draft }) => {
      if (!checked) throw new Error(`${this.#file}:${draft.line} case “${draft.name}” expects nothing and does not say so`);
      return { ...draft, file: this.#file, events: numbered(draft.events) };
    });
  }

  #wrong(message: string): Error {
    return new Error(`${this.#file}:${this.#line} ${message}`);
  }

  #fail(message: string): never {
    throw this.#wrong(message);
  }

  #setNorm(norm: string | undefined): void {
    this.#norm = norm ?? '';
  }

  #open(name: string | undefined): void {
    this.#drafts.push({
      line: this.#line,
      norm: this.#norm,
      name: name ?? '',
      begins: ordinaryMorning,
      events: [],
      expected: [],
      checked: false,
    });
  }

  get #draft(): Draft {
    return this.#drafts.at(-1) ?? this.#fail('no case is open');
  }

  #begin(parts: readonly (string | undefined)[]): void {
    const [year, month, day, hour, minute] = parts.map(Number);
    this.#draft.begins = Date.UTC(year ?? 0, (month ?? 1) - 1, day, (hour ?? 0) - 8, minute);
  }

  #expect(parts: readonly (string | undefined)[] | undefined): void {
    this.#draft.checked = true;
    if (parts === undefined) return;
    const [value = '', at, who, reason, missing] = parts;
    this.#draft.expected.push({ value, at: at === undefined ? undefined : this.#time(at), who, reason, missing });
  }

  #time(text: string | undefined): number {
    const match = /^(?:(\d+):)?(\d+):(\d+)(?:\.(\d{3}))?$/.exec(text ?? '');
    if (match === null) throw this.#wrong(`“${text}” is no time; write 01:02.345 or 1:02:03.000`);
    const [hours, minutes, seconds, ms] = match.slice(1).map((part) => Number(part ?? 0));
    return (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + (ms ?? 0);
  }

  #push(type: string, by: string | undefined, at: number, fields: Record<string, FieldValue>, text?: string, source?: Source): void {
    const from = sourceOf({ type, by, source });
    if (from === undefined) throw this.#wrong(`there is no event “${type}”`);
    this.#draft.events.push({
      type,
      source: from,
      occurredAt: this.#draft.begins + at,
      fields,
      ...(by === undefined ? {} : { by }),
      ...(text === undefined ? {} : { text }),
    });
  }

  #speech([time, by, confidence, text = '']: readonly (string | undefined)[]): void {
    const at = this.#time(time);
    const chars = ideographs(text);
    const start = this.#draft.begins + at;
    const fields = {
      chars,
      start,
      end: start + Math.max(300, chars * 240),
      confidence: confidence === undefined ? 0.95 : Number(confidence),
      engine: 'told',
    };
    this.#push('speech.said', by, at, fields, text);
  }

  #message([time, by, verb, text = '']: readonly (string | undefined)[]): void {
    const type = verb === 'sends' ? 'chat.sent' : 'chat.received';
    this.#push(type, by, this.#time(time), { chars: ideographs(text), kind: 'text' }, text);
  }

  #event([time, role, type = '', rest = '']: readonly (string | undefined)[]): void {
    const spec = eventSpec(type);
    if (spec === undefined) throw this.#wrong(`there is no event “${type}”`);
    const fields: Record<string, FieldValue> = {};
    let source: Source | undefined;
    let text: string | undefined;
    for (const [, name = '', value = ''] of rest.matchAll(/([a-z-]+)=(\[[^\]]*\]|"[^"]*"|\S+)/g)) {
      const field = spec.fields.find((one) => one.name === name);
      if (type.startsWith('source.') && name === 'source') {
        source = sources.find((one) => one === value) ?? this.#fail(`there is no source “${value}”`);
        fields['source'] = value;
      } else if (name === 'text' && field?.type === 'ref') text = value.replace(/^"|"$/g, '');
      else if (field === undefined) throw this.#wrong(`${type} has no field “${name}”`);
      else fields[name] = this.#value(field, value);
    }
    const by = role ?? (spec.actor === '-' || spec.actor === '*' ? undefined : spec.actor);
    this.#push(type, by, this.#time(time), fields, text, source);
  }

  #value(field: FieldSpec, text: string): FieldValue {
    if (text.startsWith('[')) return text.slice(1, -1).split(/[、,]/).filter(Boolean);
    if (text === 'true' || text === 'false') return text === 'true';
    if (field.type === 'instant') return this.#draft.begins + this.#time(text);
    if (field.type === 'ms' && text.includes(':')) return this.#time(text);
    if (['count', 'rings', 'ms', 'ratio', 'db', 'rate'].includes(field.type)) return Number(text);
    return text.replace(/^"|"$/g, '');
  }
}

/** Ids, sequence numbers and ordinals in the order of the timeline, as a recorder gives them. */
export function numbered(events: readonly Omit<TraceEvent, 'id' | 'seq'>[]): TraceEvent[] {
  const ordinals = new Map<string, number>();
  return [...events]
    .sort((one, other) => one.occurredAt - other.occurredAt)
    .map((event, index) => {
      const utterance = event.type === 'speech.said' || event.type === 'chat.sent' || event.type === 'chat.received';
      if (!utterance) return { ...event, id: `e${index + 1}`, seq: index + 1 };
      const key = `${event.type} ${event.by}`;
      const ordinal = (ordinals.get(key) ?? 0) + 1;
      ordinals.set(key, ordinal);
      return { ...event, id: `e${index + 1}`, seq: index + 1, fields: { ...event.fields, ordinal } };
    });
}
