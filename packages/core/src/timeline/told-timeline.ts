import { type FieldValue, type Instant, type Source, sources, type TraceEvent } from '@threerings/norms/trace';
import type { FieldSpec } from '@threerings/norms/vocabulary';
import { ideographs } from './ideographs.ts';
import type { FileFault } from './jsonl.ts';
import { eventSpec, sourceOf } from './vocabulary.ts';

/** A verdict as a told timeline expects it; what is not told is not compared. */
export interface Expected {
  /** where it stands in the file */
  readonly line: number;
  readonly value: string;
  /** ms since the beginning of the case */
  readonly at?: number | undefined;
  readonly who?: string | undefined;
  readonly reason?: string | undefined;
  readonly missing?: string | undefined;
}

/** One story of one norm, told by a person, with the verdicts that a person expects, in order. */
export interface ToldCase {
  readonly line: number;
  readonly norm: string;
  readonly name: string;
  /** instant of 00:00 */
  readonly begins: Instant;
  /** in timeline order */
  readonly events: readonly TraceEvent[];
  readonly expected: readonly Expected[];
}

/** What a person says of a conversation: the values that a norm has in it, in order. `others`: every norm that is not named. */
export interface Label {
  readonly line: number;
  readonly norm: string;
  /** empty = the norm says nothing of this conversation; of `others` alone: none of them is broken */
  readonly values: readonly LabelValue[];
}

export const labelValues = ['kept', 'broken', 'moot', 'unknown'] as const;
export type LabelValue = (typeof labelValues)[number];

/** A conversation that a person has labelled: told here, or one of this hotline by its id. */
export interface LabelledConversation {
  readonly line: number;
  readonly name: string;
  readonly begins: Instant;
  readonly events: readonly TraceEvent[];
  /** id of a stored interaction; then no events are told */
  readonly stored?: string | undefined;
  readonly labels: readonly Label[];
}

export type ReadLabelled = { readonly conversations: readonly LabelledConversation[] } | { readonly faults: readonly FileFault[] };

export type ReadTold = { readonly cases: readonly ToldCase[] } | { readonly faults: readonly FileFault[] };

/** Monday 2026-03-02, 10:00 in Beijing: an ordinary working morning. */
const ordinaryMorning = Date.UTC(2026, 2, 2, 2);
/** Most faults that are reported of one file. */
const mostFaults = 50;

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
 * All faults of the file are reported together.
 */
export function readToldTimelines(text: string): ReadTold {
  const reader = new Reader(forms);
  readLines(reader, text);
  const cases = reader.finish();
  return reader.faults.length > 0 ? { faults: reader.faults } : { cases };
}

/**
 * Reads labelled conversations. They are told as stories are, whole, with what a person found in them:
 *
 *     conversation asked to hold without a limit
 *     00:10.000 agent says “请您稍等”
 *     label hold-time-limit-stated broken
 *     label hold-reprompt kept broken               two duties of it, in order
 *     label others kept                             no norm that is not named here is broken
 *     conversation a call of ours
 *     stored 01JB2M…                                in place of events: the text stays where it is erased with its person
 *     label hold-consent kept
 */
export function readLabelledConversations(text: string): ReadLabelled {
  const reader = new Reader(labelledForms);
  readLines(reader, text);
  const conversations = reader.finishLabelled();
  return reader.faults.length > 0 ? { faults: reader.faults } : { conversations };
}

function readLines(reader: Reader, text: string): void {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    reader.read(line.replace(/(^|\s)#.*$/, ''), index + 1);
    if (reader.faults.length >= mostFaults) break;
  }
}

interface Draft {
  readonly line: number;
  readonly norm: string;
  readonly name: string;
  begins: Instant;
  readonly events: Omit<TraceEvent, 'id' | 'seq'>[];
  readonly expected: Expected[];
  readonly labels: Label[];
  stored?: string;
  checked: boolean;
}

type Parts = readonly (string | undefined)[];

const forms = {
  norm: /^norm (\S+)$/,
  case: /^case (.+)$/,
  begins: /^begins (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)$/,
  nothing: /^expect nothing$/,
  expect: /^expect (\w+)(?: at (\S+))?(?: by (\S+))?(?: because (.+?))?(?: missing (\S+))?$/,
  speech: /^(\S+) (\w+) says(?:\((\S+)\))? [“"](.+)[”"]$/,
  message: /^(\S+) (\w+) (sends|writes) [“"](.+)[”"]$/,
  event: /^(\S+) (?:(\w+) )?([a-z][a-z-]*\.[a-z-]+)(.*)$/,
} as const;

const { norm: _norm, case: _case, nothing: _nothing, expect: _expect, ...toldForms } = forms;
const labelledForms = {
  conversation: /^conversation (.+)$/,
  stored: /^stored (\S+)$/,
  label: /^label (\S+)((?: \w+)*)$/,
  ...toldForms,
} as const;

type Form = keyof typeof forms | keyof typeof labelledForms;

const fieldForm = /([a-z-]+)=(\[[^\]]*\]|"[^"]*"|\S+)/g;
const counted = ['count', 'rings', 'ms', 'ratio', 'db', 'rate'];

class Reader {
  readonly faults: FileFault[] = [];
  #norm = '';
  #number = 0;
  #line = '';
  readonly #drafts: Draft[] = [];
  readonly #forms: Readonly<Partial<Record<Form, RegExp>>>;

  constructor(of: Readonly<Partial<Record<Form, RegExp>>>) {
    this.#forms = of;
  }

  read(raw: string, number: number): void {
    const line = raw.trim();
    this.#number = number;
    this.#line = raw;
    if (line === '') return;
    for (const [name, form] of Object.entries(this.#forms) as [Form, RegExp][]) {
      const parts = form.exec(line)?.slice(1);
      if (parts === undefined) continue;
      this.#take(name, parts);
      return;
    }
    this.#fault(line, `${Object.keys(this.#forms).slice(0, -3).join(', ')}, or a time with what happened`);
  }

  finish(): ToldCase[] {
    return this.#drafts.map(({ checked, labels: _, ...draft }) => {
      this.#number = draft.line;
      this.#line = '';
      if (!checked) this.#fault('none', `an expect line in the case “${draft.name}” (expect nothing, where nothing is to be judged)`);
      return { ...draft, events: numbered(draft.events) };
    });
  }

  finishLabelled(): LabelledConversation[] {
    return this.#drafts.map(({ line, name, begins, events, stored, labels }) => {
      this.#number = line;
      this.#line = '';
      if (labels.length === 0) this.#fault('none', `a label line in the conversation “${name}”`);
      if ((events.length === 0) === (stored === undefined))
        this.#fault(stored === undefined ? 'nothing' : 'both', `either what happened or “stored ID” in the conversation “${name}”`);
      return { line, name, begins, stored, labels, events: numbered(events) };
    });
  }

  #take(form: Form, parts: Parts): void {
    const [first = ''] = parts;
    if (form === 'norm') this.#norm = first;
    else if (form === 'case' || form === 'conversation') this.#open(first, form);
    else {
      const draft = this.#drafts.at(-1);
      if (draft === undefined)
        this.#fault(this.#line.trim(), `a line that begins with ${'case' in this.#forms ? 'case' : 'conversation'} before it`);
      else this.#tell(draft, form, parts);
    }
  }

  #tell(draft: Draft, form: Exclude<Form, 'norm' | 'case' | 'conversation'>, parts: Parts): void {
    switch (form) {
      case 'stored':
        draft.stored = parts[0] ?? '';
        break;
      case 'label':
        this.#label(draft, parts);
        break;
      case 'begins':
        this.#begin(draft, parts);
        break;
      case 'nothing':
        draft.checked = true;
        break;
      case 'expect':
        this.#expect(draft, parts);
        break;
      case 'speech':
        this.#speech(draft, parts);
        break;
      case 'message':
        this.#message(draft, parts);
        break;
      case 'event':
        this.#event(draft, parts);
    }
  }

  #open(name: string, form: 'case' | 'conversation'): void {
    if (form === 'case' && this.#norm === '') this.#fault(this.#line.trim(), 'a line that begins with norm before it');
    this.#drafts.push({
      line: this.#number,
      norm: this.#norm,
      name,
      begins: ordinaryMorning,
      events: [],
      expected: [],
      labels: [],
      checked: false,
    });
  }

  #begin(draft: Draft, parts: Parts): void {
    const [year, month, day, hour, minute] = parts.map(Number);
    draft.begins = Date.UTC(year ?? 0, (month ?? 1) - 1, day, (hour ?? 0) - 8, minute);
  }

  #expect(draft: Draft, [value = '', at, who, reason, missing]: Parts): void {
    draft.checked = true;
    draft.expected.push({ line: this.#number, value, at: at === undefined ? undefined : this.#time(at), who, reason, missing });
  }

  #label(draft: Draft, [norm = '', told = '']: Parts): void {
    const words = told.trim().split(' ').filter(Boolean);
    const isNothing = words.length === 1 && words[0] === 'nothing';
    const values = words.flatMap((word) => labelValues.find((value) => value === word) ?? []);
    const lawful = norm === 'others' ? words.join() === 'kept' : isNothing || (words.length > 0 && values.length === words.length);
    if (!lawful) this.#fault(told.trim() || norm, norm === 'others' ? 'kept' : `${labelValues.join(' | ')}, in order, or nothing`);
    else if (draft.labels.some((label) => label.norm === norm)) this.#fault(norm, 'one label a norm and conversation');
    else draft.labels.push({ line: this.#number, norm, values: norm === 'others' ? [] : values });
  }

  #speech(draft: Draft, [time = '', by = '', confidence, text = '']: Parts): void {
    const at = this.#time(time);
    const chars = ideographs(text);
    const start = draft.begins + at;
    const sure = confidence === undefined ? 0.95 : Number(confidence);
    if (!(sure >= 0 && sure <= 1)) this.#fault(confidence ?? '', 'a confidence from 0 to 1');
    const fields = { chars, start, end: start + Math.max(300, chars * 240), confidence: sure, engine: 'told' };
    this.#push(draft, { type: 'speech.said', by, at, fields, text });
  }

  #message(draft: Draft, [time = '', by = '', verb, text = '']: Parts): void {
    const type = verb === 'sends' ? 'chat.sent' : 'chat.received';
    this.#push(draft, { type, by, at: this.#time(time), fields: { chars: ideographs(text), kind: 'text' }, text });
  }

  #event(draft: Draft, [time = '', role, type = '', rest = '']: Parts): void {
    const spec = eventSpec(type);
    if (spec === undefined) {
      this.#fault(type, 'an event of the vocabulary');
      return;
    }
    const fields: Record<string, FieldValue> = {};
    let source: Source | undefined;
    let text: string | undefined;
    for (const [, name = '', value = ''] of rest.matchAll(fieldForm)) {
      const field = spec.fields.find((one) => one.name === name);
      if (type.startsWith('source.') && name === 'source') {
        source = sources.find((one) => one === value);
        if (source === undefined) this.#fault(value, sources.join(' | '));
        fields['source'] = value;
      } else if (field === undefined) this.#fault(name, `a field of ${type}: ${spec.fields.map((one) => one.name).join(', ')}`);
      else if (name === 'text' && field.type === 'ref') text = unquoted(value);
      else fields[name] = this.#value(draft, field, value);
    }
    const by = role ?? (spec.actor === '-' || spec.actor === '*' ? undefined : spec.actor);
    this.#push(draft, { type, by, at: this.#time(time), fields, text, source });
  }

  #push(
    draft: Draft,
    told: {
      readonly type: string;
      readonly by: string | undefined;
      readonly at: number;
      readonly fields: Readonly<Record<string, FieldValue>>;
      readonly text?: string | undefined;
      readonly source?: Source | undefined;
    },
  ): void {
    const { type, by, at, fields, text } = told;
    draft.events.push({
      type,
      source: sourceOf(told) ?? 'system',
      occurredAt: draft.begins + at,
      fields,
      ...(by === undefined ? {} : { by }),
      ...(text === undefined ? {} : { text }),
    });
  }

  #value(draft: Draft, field: FieldSpec, text: string): FieldValue {
    if (text.startsWith('[')) return text.slice(1, -1).split(/[、,]/).filter(Boolean);
    if (text === 'true' || text === 'false') return text === 'true';
    if (field.type === 'instant') return draft.begins + this.#time(text);
    if (field.type === 'ms' && text.includes(':')) return this.#time(text);
    if (!counted.includes(field.type)) return unquoted(text);
    const value = Number(text);
    if (!Number.isFinite(value)) this.#fault(text, `${field.name}: a number`);
    return value;
  }

  /** ms since the beginning of the case */
  #time(text: string): number {
    const match = /^(?:(\d{1,4}):)?(\d{1,6}):(\d{1,6})(?:\.(\d{3}))?$/.exec(text);
    if (match === null) this.#fault(text, 'a time such as 01:02.345 or 1:02:03.000');
    const [hours = 0, minutes = 0, seconds = 0, ms = 0] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms;
  }

  #fault(found: string, expected: string): void {
    this.faults.push({
      line: this.#number,
      column: Math.max(0, this.#line.indexOf(found)) + 1,
      expected,
      found: `“${found.slice(0, 40)}”`,
    });
  }
}

const unquoted = (text: string) => text.replace(/^"|"$/g, '');

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
