import { numbered } from '@threerings/core/timeline/told-timeline';
import { eventSpec, sourceOf } from '@threerings/core/timeline/vocabulary';
import { quantityOf } from '@threerings/norms/match/evaluate';
import { rounded } from '@threerings/norms/match/exact';
import { nodesIn } from '@threerings/norms/match/nodes';
import type { NormPlan } from '@threerings/norms/monitor/plan';
import type { Program } from '@threerings/norms/program';
import type { FieldValue, TraceEvent } from '@threerings/norms/trace';
import type { ResolvedEventPattern, ResolvedExpression, Text } from '@threerings/norms/tree';
import type { FieldSpec, IntervalSpec } from '@threerings/norms/vocabulary';
import { pick, type Random } from './random.ts';

/**
 * Timelines aimed at one norm: events that its patterns mention, matching or nearly so; times that hit its limits exactly, one
 * ms beside, and each other; gaps, low confidence, ticks, transfers, undelivered offers, erased texts. Plain noise would leave a
 * quarter of the norms without a kept and a broken verdict; the tests check that this does not.
 */
export function randomTimeline(program: Program, plan: NormPlan, random: Random): TraceEvent[] {
  return new Generator(program, plan, random).timeline();
}

type Draft = Omit<TraceEvent, 'id' | 'seq'>;

const day = 86_400_000;
/** A Monday, 00:00 UTC (08:00 in Beijing); hours are added so that calendars see day, night and weekend. */
const monday = Date.UTC(2026, 2, 2);
const slotExamples: Readonly<Record<string, readonly string[]>> = {
  时限: ['1分钟', '30秒', '两分钟'],
  号码: ['13800138000', '62731888'],
  工号: ['2048', '1024', '1024'],
  事由: ['缴费记录'],
  姓氏: ['王', '李'],
  姓名: ['王小明'],
  机构: ['燃气'],
};
const ids = ['x1', 'x2'];
const staff = ['1024', '2048'];
const harmless = ['嗯', '好的', '今天天气不错'];

class Generator {
  readonly #program: Program;
  readonly #plan: NormPlan;
  readonly #random: Random;
  readonly #base: number;
  readonly #patterns: readonly ResolvedEventPattern[];
  readonly #triggers: readonly ResolvedEventPattern[];
  readonly #lengths: readonly number[];
  readonly #hints = new Map<string, FieldValue[]>();
  readonly #quiet: boolean;
  /** what is said where a norm asks for nothing in particular */
  readonly #smallWords: readonly string[];
  readonly #usable: readonly ResolvedEventPattern[];
  readonly #ends: readonly string[];
  readonly #drafts: Draft[] = [];
  #times: number[] = [0];

  constructor(program: Program, plan: NormPlan, random: Random) {
    this.#program = program;
    this.#plan = plan;
    this.#random = random;
    const { norm } = plan;
    this.#base = monday + pick(random, [2, 2, 2, 8.8, -2.8, 0.6, 15, 5 * 24 + 2]) * 3_600_000;
    this.#patterns = nodesIn([norm.trigger, norm.guard, norm.body, norm.unless], 'event');
    this.#triggers = nodesIn(norm.trigger, 'event');
    this.#lengths = lengthsIn([norm.trigger, norm.guard, norm.body, norm.unless]);
    this.#quiet = random() < 0.35;
    const moods =
      nodesIn([norm.guard, norm.body], 'mood').length > 0 ? program.world.env.families.filter(({ mood }) => mood !== undefined) : [];
    this.#smallWords = [...harmless, ...moods.flatMap(({ variants }) => variants.filter((variant) => !variant.includes('{')).slice(0, 2))];
    this.#ends = program.world.scopes.get(norm.scope)?.ends ?? [];
    const excuses = new Set(nodesIn(norm.unless, 'event').map((pattern) => pattern.type));
    const spared = random() < 0.5 ? this.#patterns.filter((pattern) => !excuses.has(pattern.type)) : [];
    this.#usable = spared.length > 0 ? spared : this.#patterns;
    collectHints([norm.trigger, norm.guard, norm.body, norm.unless], this.#hints);
  }

  timeline(): TraceEvent[] {
    const { norm } = this.#plan;
    const random = this.#random;
    this.#layTimes();
    this.#open();
    for (const [i, time] of this.#times.slice(1).entries()) this.#something(time, i);
    if (random() < 0.45) this.#plant();
    this.#intervals();
    this.#sounds();
    if (random() < 0.25) this.#gap();
    if (random() < 0.2) this.#ticks();
    if (random() < 0.5 && (this.#plan.ringTriggered || this.#triggers.some((one) => one.type === 'call.agent-offered'))) this.#offer();
    if (random() < 0.3) this.#smallTalk();
    if (random() < 0.85 && norm.scope !== 'case') this.#end();
    this.#drafts.sort((one, other) => one.occurredAt - other.occurredAt);
    return numbered(this.#drafts);
  }

  #layTimes(): void {
    const count = 4 + Math.floor(this.#random() * 14);
    for (let i = 0; i < count; i++) {
      const from = this.#random() < 0.7 ? (this.#times.at(-1) ?? 0) : pick(this.#random, this.#times);
      this.#times.push(from + this.#pause());
    }
  }

  #pause(): number {
    const random = this.#random;
    const lengths = this.#lengths.length > 0 ? this.#lengths : [10_000];
    const k = random();
    if (k < 0.15) return 0;
    if (k < 0.35) return pick(random, lengths);
    if (k < 0.45) return Math.max(0, pick(random, lengths) + (random() < 0.5 ? 1 : -1));
    return Math.floor(random() * Math.min(...lengths) * 0.9);
  }

  #put(
    type: string,
    at: number,
    by: string | undefined,
    fields: Record<string, FieldValue> = {},
    text?: string,
    without: readonly string[] = [],
  ): void {
    const spec = eventSpec(type);
    if (spec === undefined) return;
    const random = this.#random;
    const actor = spec.actor === '-' ? undefined : (by ?? (spec.actor === '*' ? pick(random, ['agent', 'customer']) : spec.actor));
    const source = sourceOf({ type, by: actor });
    if (source === undefined) return;
    const occurredAt = this.#base + Math.max(0, at);
    const all: Record<string, FieldValue> = { ...this.#fields(spec.fields), ...fields };
    for (const name of without) delete all[name];
    if (type === 'speech.said') Object.assign(all, this.#spoken(occurredAt), fields);
    const shown = text ?? (['speech.said', 'chat.sent', 'chat.received'].includes(type) ? pick(random, this.#smallWords) : undefined);
    const erased = shown !== undefined && random() < 0.02;
    this.#drafts.push({
      type,
      source,
      occurredAt,
      fields: all,
      ...(actor === undefined ? {} : { by: actor }),
      ...(shown === undefined || erased ? {} : { text: shown }),
    });
  }

  #spoken(at: number): Record<string, FieldValue> {
    const seconds = 1 + Math.floor(this.#random() * 20);
    const chars = Math.floor(seconds * (1 + 3 * this.#random()));
    return { start: at, end: at + seconds * 1000, chars, confidence: this.#random() < 0.93 ? 0.9 : 0.3 };
  }

  #fields(specs: readonly FieldSpec[]): Record<string, FieldValue> {
    const fields: Record<string, FieldValue> = {};
    for (const spec of specs) {
      const hints = this.#hints.get(spec.name);
      if (hints !== undefined && this.#random() < 0.75) fields[spec.name] = pick(this.#random, hints);
      else if (!spec.optional || this.#random() >= 0.4) fields[spec.name] = this.#value(spec);
    }
    return fields;
  }

  #value(spec: FieldSpec): FieldValue {
    const random = this.#random;
    if (spec.name === 'agent' || spec.name === 'owner') return pick(random, staff);
    switch (spec.type) {
      case 'enum':
        return pick(random, spec.options ?? ['x']);
      case 'bool':
        return random() < 0.6;
      case 'rings':
      case 'count':
        return Math.floor(random() * 4);
      case 'ms':
        return Math.floor(random() * 2500);
      case 'list':
        return random() < 0.4 ? [] : ['身份证', '照片'].slice(0, 1 + Math.floor(random() * 2));
      case 'instant':
        return this.#base + Math.floor(random() * 5) * 600_000;
      case 'db':
        return -40 + Math.floor(random() * 30);
      case 'ratio':
      case 'rate':
        return Math.round(random() * 1000) / 1000;
      default:
        return spec.name === 'number' ? pick(random, ['13800138000', '62731888']) : pick(random, ids);
    }
  }

  #open(): void {
    const { norm } = this.#plan;
    const first = { chat: 'chat.opened', case: 'case.opened', shift: 'shift.signed-in', call: 'call.offered', handling: 'call.offered' }[
      norm.scope
    ];
    this.#put(first, 0, undefined);
    if ((norm.scope === 'call' || norm.scope === 'handling') && this.#random() < 0.7) {
      this.#put('call.answered', Math.floor(this.#random() * 2000), 'agent');
    }
    if (JSON.stringify(norm.guard ?? {}).includes('"attribute"') || JSON.stringify(norm.body).includes('"attribute"'))
      this.#put('matter.set', 0, undefined);
  }

  #something(time: number, index: number): void {
    const random = this.#random;
    const k = random();
    const { trigger } = this.#plan.norm;
    if (k < 0.72 && this.#patterns.length > 0) {
      const from = index % 3 === 0 && this.#triggers.length > 0 ? this.#triggers : this.#usable;
      this.#patternEvent(pick(random, from), time);
    } else if (k < 0.82) this.#put('speech.said', time, undefined);
    else if (k < 0.86) this.#put('call.answered', time, 'agent');
    else if (k < 0.88) this.#put('transfer.completed', time, 'agent', { agent: pick(random, [...staff, '4096']) });
    else this.#edge('interval' in trigger ? trigger.interval : pick(random, ['hold', 'silence', 'speaking']), time);
  }

  #edge(interval: string, time: number): void {
    const spec = this.#interval(interval);
    const types = [...spec.opens, ...spec.closes].filter((type) => !this.#ends.includes(type));
    if (types.length > 0) this.#put(pick(this.#random, types), time, undefined);
  }

  #interval(id: string): IntervalSpec {
    const spec = this.#program.world.intervals.get(id);
    if (spec === undefined) throw new Error(`no interval ${id}`);
    return spec;
  }

  /** An event that matches a pattern, or nearly. */
  #patternEvent(pattern: ResolvedEventPattern, at: number): void {
    if (this.#ends.includes(pattern.type)) return;
    const random = this.#random;
    const fields: Record<string, FieldValue> = {};
    const without: string[] = [];
    for (const condition of pattern.where) {
      const { left, right, op } = condition;
      if (left.kind === 'field' && op === 'empty' && random() < 0.7) without.push(left.field);
      const value = right && constantOf(right);
      if (left.kind !== 'field' || value === undefined) continue;
      if (op === '=' || op === 'contains') {
        if (random() < 0.8) fields[left.field] = Array.isArray(value) && random() < 0.2 ? value.slice(1) : value;
      } else if (op === 'in' && Array.isArray(value)) {
        if (random() < 0.8 && value.length > 0) fields[left.field] = pick(random, value);
      } else if (typeof value === 'number') fields[left.field] = value + pick(random, [-1, 0, 1, 2]);
    }
    const by = random() < 0.9 ? pattern.role : undefined;
    const text = this.#textOf(pattern);
    if (pattern.type === 'speech.said' && text !== undefined && text.length > 1 && random() < 0.15) this.#cut(at, by, fields, text);
    else this.#put(pattern.type, at, by, fields, text, without);
  }

  /** The recogniser made two utterances of one, with about as much between them as it may be for them to go on. */
  #cut(at: number, role: string | undefined, fields: Record<string, FieldValue>, text: string): void {
    const by = role ?? 'agent';
    const middle = 1 + Math.floor(this.#random() * (text.length - 1));
    const second = at + 500 + pick(this.#random, [0, 300, 999, 1000, 1001]);
    this.#put('speech.said', at, by, { ...fields, end: this.#base + at + 500 }, text.slice(0, middle));
    this.#put('speech.said', second, by, fields, text.slice(middle));
  }

  #textOf(pattern: ResolvedEventPattern): string | undefined {
    const random = this.#random;
    if (!['speech.said', 'chat.sent', 'chat.received'].includes(pattern.type)) return undefined;
    if (pattern.text === undefined || random() >= (this.#quiet ? 0.25 : 0.85)) return pick(random, this.#smallWords);
    if (random() >= 0.35) return this.#saying(pattern.text);
    const others = this.#patterns.filter((other) => other.text !== undefined && other.role === pattern.role);
    return others.map((other) => (other.text === undefined ? '' : this.#saying(other.text))).join('，');
  }

  #saying(text: Text): string {
    const random = this.#random;
    switch (text.kind) {
      case 'family': {
        const variants = this.#program.world.lexicon.families.get(text.name)?.variants ?? [];
        const variant = variants.length === 0 ? '' : pick(random, variants);
        return variant.replace(/\{([^}]+)\}/g, (_, slot: string) => pick(random, slotExamples[slot] ?? ['某某']));
      }
      case 'literal':
        return text.value.replaceAll('*', '某');
      case 'regex':
        return random() < 0.5 ? '先生你好' : '你看一下';
      case 'similar':
      case 'sounds':
        return text.value;
      case 'repeated':
        return '我给您再说一次这个办法';
      case 'spoken':
        return pick(random, ['13800138000', '身份证', '照片', '62731888', '王', '1024']);
      case 'someOf': {
        const items = text.need === 'all' ? text.items.filter((item) => !(item.kind === 'someOf' && item.need === 'none')) : text.items;
        return random() < 0.6 ? items.map((item) => this.#saying(item)).join('，') : this.#saying(pick(random, text.items));
      }
      case 'near':
        return this.#saying(text.left) + (random() < 0.5 ? '' : '这样那样的各种办法') + this.#saying(text.right);
    }
  }

  /** Whole sequences and conjunctions in order, so that duties of several steps are met often enough. */
  #plant(): void {
    const random = this.#random;
    let at = pick(random, this.#times);
    const steps = nodesIn(this.#plan.norm.body, 'event').slice(0, 6);
    const plant = () => {
      for (const step of steps) {
        this.#patternEvent(step, at);
        at += Math.floor(random() * 3000);
      }
    };
    const first = random() < 0.5;
    if (!first) plant();
    at += 500;
    if (this.#triggers.length > 0) this.#patternEvent(pick(random, this.#triggers), at);
    at += 500;
    if (first) plant();
  }

  #intervals(): void {
    const { norm } = this.#plan;
    const random = this.#random;
    const measured = nodesIn([norm.guard, norm.body, norm.unless], 'currently', 'duration', 'longest', 'share');
    const wanted = measured.flatMap((node) => (node.kind === 'share' ? [node.interval, node.of] : [node.interval]));
    if ('interval' in norm.trigger) wanted.push(norm.trigger.interval);
    for (const id of wanted) {
      const spec = this.#interval(id);
      if (!('interval' in norm.trigger && norm.trigger.interval === id) && random() < 0.4) continue;
      for (let k = 0; k < 4; k++) {
        const at = pick(random, this.#times);
        const by = pick(random, ['agent', 'customer']);
        this.#put(pick(random, spec.opens), at, by);
        const closes = spec.closes.filter((type) => !this.#ends.includes(type));
        if (closes.length > 0 && random() < 0.7)
          this.#put(pick(random, closes), at + (random() < 0.5 ? this.#pause() : Math.floor(random() * 60_000)), by);
      }
    }
  }

  #sounds(): void {
    const { norm } = this.#plan;
    const random = this.#random;
    const asked = nodesIn([norm.guard, norm.body], 'rate', 'loudness', 'responseGap');
    if (asked.length === 0) return;
    for (let k = 0; k < 4; k++) {
      const at = pick(random, this.#times);
      this.#put('speech.said', at, pick(random, ['agent', 'customer']));
      this.#put('speech.level', at, pick(random, ['agent', 'customer']), { level: -36 + Math.floor(random() * 26) });
      this.#put('speech.activity-ended', at, 'customer');
      this.#put('speech.activity-started', at + Math.floor(random() * 6000), 'agent');
    }
  }

  #gap(): void {
    const random = this.#random;
    const seen = this.#plan.sources.filter((source) => source !== 'system');
    if (seen.length === 0) return;
    const source = pick(random, seen);
    const at = this.#base + (random() < 0.4 ? 0 : pick(random, this.#times));
    const reason = pick(random, ['engine-down', 'no-engine']);
    this.#drafts.push({ type: 'source.gap-started', source, occurredAt: at, fields: { source, reason } });
    if (random() < 0.5) this.#drafts.push({ type: 'source.gap-ended', source, occurredAt: at + this.#pause(), fields: { source } });
  }

  #ticks(): void {
    const labels = nodesLabels(this.#plan.norm.body);
    for (let k = 0; k < 2; k++) {
      const part = labels.length > 0 && this.#random() < 0.6 ? { part: pick(this.#random, labels) } : {};
      this.#drafts.push({
        type: 'duty.ticked',
        source: 'desk',
        by: 'agent',
        occurredAt: this.#base + pick(this.#random, this.#times),
        fields: { norm: this.#plan.norm.id, ...part },
      });
    }
  }

  #offer(): void {
    const random = this.#random;
    const at = pick(random, this.#times);
    this.#put('call.agent-offered', at, undefined, { leg: 'x9' });
    if (random() < 0.5) this.#put('call.ringing', at + 300, undefined, { leg: 'x9', target: 'agent' });
    if (random() < 0.7)
      this.#put(pick(random, ['call.no-answer', 'call.ring-stopped', 'call.answered']), at + this.#pause(), 'agent', { leg: 'x9' });
  }

  /** A few harmless sentences in turn: windows of utterances and turns are used up. */
  #smallTalk(): void {
    let at = pick(this.#random, this.#times);
    for (let k = 0; k < 5; k++) {
      at += Math.floor(this.#random() * 2000);
      this.#put('speech.said', at, k % 2 === 0 || this.#random() < 0.3 ? 'agent' : 'customer');
    }
  }

  #end(): void {
    const random = this.#random;
    const times = this.#drafts.map((draft) => draft.occurredAt - this.#base).sort((one, other) => one - other);
    const last = times.at(-1) ?? 0;
    const early = times[Math.floor(times.length * (0.6 + 0.4 * random()))] ?? last;
    const length = this.#lengths.length > 0 ? Math.min(...this.#lengths) : 10_000;
    this.#put(pick(random, this.#ends), random() < 0.7 ? last + Math.floor(random() * 3) * length : early, undefined);
  }
}

function nodesLabels(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(nodesLabels);
  if (typeof tree !== 'object' || tree === null) return [];
  const own = 'label' in tree && typeof tree.label === 'string' ? [tree.label] : [];
  return [...own, ...Object.entries(tree).flatMap(([name, child]) => (name === 'span' ? [] : nodesLabels(child)))];
}

/** A constant of norm text as the value of a field. */
function constantOf(expression: ResolvedExpression): FieldValue | undefined {
  switch (expression.kind) {
    case 'str':
    case 'bool':
      return expression.value;
    case 'quantity': {
      const { n, d } = quantityOf(expression);
      return rounded({ n: n * 1000n, d }) / 1000;
    }
    case 'listOf':
      return expression.items.map((item) => String(constantOf(item) ?? ''));
    default:
      return undefined;
  }
}

/** Values on and around those that fields are compared with. */
function collectHints(tree: unknown, hints: Map<string, FieldValue[]>): void {
  if (Array.isArray(tree)) for (const item of tree) collectHints(item, hints);
  else if (typeof tree === 'object' && tree !== null) {
    if ('kind' in tree && tree.kind === 'compare' && 'left' in tree && 'op' in tree) {
      const left = tree.left as ResolvedExpression;
      const value = 'right' in tree && tree.right !== undefined ? constantOf(tree.right as ResolvedExpression) : undefined;
      if ('field' in left && value !== undefined) hints.set(left.field, [...(hints.get(left.field) ?? []), ...around(value, tree.op)]);
    }
    for (const [name, child] of Object.entries(tree)) if (name !== 'span') collectHints(child, hints);
  }
}

function around(value: FieldValue, op: unknown): readonly FieldValue[] {
  if (typeof value === 'number') return [value - 1, value, value + 1];
  if (typeof value === 'object') return op === 'contains' ? [value, value, value.slice(1)] : [...value, 'other'];
  return typeof value === 'boolean' ? [value, value, !value] : [value, value, 'other'];
}

/** Fixed lengths of time that the norm mentions, ms. */
function lengthsIn(tree: unknown): number[] {
  const found: number[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    else if (typeof node === 'object' && node !== null) {
      if ('kind' in node && node.kind === 'quantity' && 'unit' in node && 'thousandths' in node) {
        const scale = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: day, wd: day, wh: 3_600_000, ring: 5000 }[String(node.unit)];
        const length = scale === undefined ? 0 : Math.round((Number(node.thousandths) * scale) / 1000);
        if (length > 0) found.push(length);
      }
      for (const [name, child] of Object.entries(node)) if (name !== 'span') visit(child);
    }
  };
  visit(tree);
  return found;
}
