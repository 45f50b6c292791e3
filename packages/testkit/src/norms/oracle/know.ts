import { isHoliday, isNight, isWorkingTime } from '@threerings/norms/match/calendar';
import { compare } from '@threerings/norms/match/compare';
import { evaluate, shifted, wholeNumber } from '@threerings/norms/match/evaluate';
import { eventsOf } from '@threerings/norms/match/event';
import { rounded } from '@threerings/norms/match/exact';
import { isExact, isList, isUnknown } from '@threerings/norms/match/value';
import { sourcesOfType } from '@threerings/norms/match/world';
import { and, atLeast, type Knowledge, not, or } from '@threerings/norms/operators/kleene';
import type { FieldValue } from '@threerings/norms/trace';
import type { Every, Happens, ResolvedFormula, Sequence } from '@threerings/norms/tree';
import { type Anchor, matchAt, sceneAtAnchor } from './anchor.ts';
import { naiveMeasure } from './measure.ts';
import { byRole, gapsAfter, gapTouches, spansAfter, startAfter, type Trace } from './prefix.ts';

/** A step: the first `k` events have been seen; with `over`, every event at or before `now`; with `ended`, the scope is over. */
export interface Step {
  readonly k: number;
  readonly now: number;
  readonly over: boolean;
  readonly ended: boolean;
}

/** Where a node stands, and whether a leaf was cut short by the end. */
export interface Place {
  readonly binds: Readonly<Record<string, FieldValue>>;
  readonly labels: readonly string[];
  readonly positive: boolean;
  readonly duty: boolean;
  readonly found: { cut: boolean };
}

type Leaf = Happens<'resolved'> | Every<'resolved'> | Sequence<'resolved'>;

/** What is known of a formula at a step, worked out from the whole prefix. */
export function know(formula: ResolvedFormula, trace: Trace, anchor: Anchor, step: Step, place: Place): Knowledge {
  const sub = (item: ResolvedFormula, other: Partial<Place> = {}) => know(item, trace, anchor, step, { ...place, ...other });
  const bare = sceneAtAnchor(trace, anchor, place.binds);
  const scene = { ...bare, measure: (of: Parameters<typeof bare.measure>[0]) => naiveMeasure(trace, anchor, place.binds, of) };
  switch (formula.kind) {
    case 'and':
      return and(formula.items.map((item) => sub(item)));
    case 'or':
      return or(formula.items.map((item) => sub(item)));
    case 'not':
      return not(sub(formula.item, { positive: !place.positive }));
    case 'implies':
      return or([not(sub(formula.left, { positive: !place.positive })), sub(formula.right)]);
    case 'parts': {
      const need = formula.need === 'all' ? formula.items.length : formula.need === 'any' ? 1 : formula.need;
      return atLeast(
        need,
        formula.items.map((part) => sub(part.item, part.label === undefined ? {} : { labels: [...place.labels, part.label] })),
      );
    }
    case 'forEach': {
      const list = evaluate(formula.list, scene);
      if (isUnknown(list) || !isList(list)) return 'U';
      const value = (item: (typeof list)[number]): FieldValue => (isExact(item) ? rounded(item) : isList(item) ? item.map(String) : item);
      return and(
        list.map((item) =>
          sub(formula.item, { binds: { ...place.binds, [formula.name]: value(item) }, labels: [...place.labels, String(value(item))] }),
        ),
      );
    }
    case 'compare':
      return compare(formula, evaluate(formula.left, scene), scene).value;
    case 'breach':
      return 'F';
    case 'calendar': {
      const asks = { working: isWorkingTime, holiday: isHoliday, night: isNight }[formula.name];
      return asks === undefined ? 'U' : asks(trace.world.env.calendar, anchor.at) ? 'T' : 'F';
    }
    case 'currently': {
      const open = spansAfter(trace, formula.interval, anchor.known).some(
        (span) => span.to === undefined && byRole(trace, formula.role, span.event),
      );
      const sources = (trace.world.intervals.get(formula.interval)?.opens ?? []).flatMap((type) =>
        sourcesOfType(trace.world, type, undefined),
      );
      return open ? 'T' : gapTouches(gapsAfter(trace, anchor.known), sources, anchor.at, anchor.at) ? 'U' : 'F';
    }
    default:
      return knowLeaf(formula, trace, anchor, step, place, scene);
  }
}

/** The stretch in which events count, and whether it is over. */
interface Stretch {
  /** indices `[a, b)` */
  a: number;
  b: number;
  lo: number;
  hi: number;
  closed: boolean;
  closedAt: number;
  proper: boolean;
}

function stretchOf(
  leaf: Leaf,
  trace: Trace,
  anchor: Anchor,
  step: Step,
  scene: ReturnType<typeof sceneAtAnchor>,
  binds: Place['binds'],
): Stretch | undefined {
  const { window } = leaf;
  const s: Stretch = {
    a: anchor.next,
    b: step.k,
    lo: anchor.at,
    hi: Number.POSITIVE_INFINITY,
    closed: false,
    closedAt: step.now,
    proper: false,
  };
  const until = (hi: number | undefined): Stretch | undefined => {
    if (hi === undefined) return undefined;
    s.hi = hi;
    if (step.now > hi || (step.now === hi && step.over)) Object.assign(s, { closed: true, closedAt: hi });
    return s;
  };
  const closes = (index: number, counts: boolean): Stretch => {
    return Object.assign(s, { b: counts ? index + 1 : index, closed: true, closedAt: trace.events[index]?.occurredAt ?? 0 });
  };
  switch (window.kind) {
    case 'before': {
      const counted = window.utterances === undefined ? undefined : lastUtterances(leaf, trace, anchor, window.utterances);
      const lo = counted ?? (window.length === undefined ? -1 : shifted(anchor.at, window.length, scene, -1));
      if (lo === undefined) return undefined;
      return Object.assign(s, { a: 0, b: anchor.past, lo, closed: true, closedAt: anchor.at });
    }
    case 'after':
      s.lo = window.from === undefined ? anchor.at : (shifted(anchor.at, window.from, scene) ?? anchor.at);
      return until(shifted(anchor.at, window.to, scene));
    case 'by':
      return until(wholeNumber(window.instant, scene));
    case 'around': {
      const lo = shifted(anchor.at, window.length, scene, -1);
      if (lo === undefined) return undefined;
      Object.assign(s, { a: 0, lo });
      return until(shifted(anchor.at, window.length, scene));
    }
    case 'firstPart': {
      const start = startAfter(trace, anchor.known);
      Object.assign(s, { a: 0, lo: start });
      return until(shifted(start, window.length, scene));
    }
    case 'until': {
      if (window.latest !== undefined && until(shifted(anchor.at, window.latest, scene)) === undefined) return undefined;
      for (let i = anchor.next; i < step.k; i++) {
        if ((trace.events[i]?.occurredAt ?? 0) <= s.hi && matchAt(trace, anchor, binds, window.pattern, i).v === 'T')
          return closes(i, true);
      }
      return s;
    }
    case 'utterances':
      return utterances(leaf, trace, anchor, step, closes) ?? s;
    case 'thatTime': {
      s.proper = true;
      const trigger = trace.plan.norm.trigger;
      const span =
        trigger.kind === 'onInterval' ? spansAfter(trace, trigger.interval, step.k).find((one) => one.id === anchor.key) : undefined;
      return span?.last === undefined ? s : closes(span.last, true);
    }
    case 'whole':
      return Object.assign(s, { a: 0, lo: -1, proper: true });
    case 'toEnd':
      return Object.assign(s, { proper: true });
    case 'lastPart': {
      const lo = step.ended ? shifted(step.now, window.length, scene, -1) : Number.POSITIVE_INFINITY;
      return Object.assign(s, { a: 0, lo: lo ?? step.now, proper: true });
    }
  }
}

/** When the last so many utterances of the role that the leaf asks for began; before all time when there were fewer. */
function lastUtterances(leaf: Leaf, trace: Trace, anchor: Anchor, count: number): number {
  const pattern = leaf.kind === 'sequence' ? leaf.items[0] : leaf.pattern;
  const role = pattern === undefined ? undefined : eventsOf(pattern)[0]?.role;
  const spoken = trace.events
    .slice(0, anchor.past)
    .filter((event) => ['speech.said', 'chat.sent', 'chat.received'].includes(event.type) && byRole(trace, role, event));
  return spoken[spoken.length - count]?.occurredAt ?? -1;
}

function utterances(
  leaf: Leaf,
  trace: Trace,
  anchor: Anchor,
  step: Step,
  closes: (index: number, counts: boolean) => Stretch,
): Stretch | undefined {
  if (leaf.window.kind !== 'utterances') return undefined;
  const pattern = leaf.kind === 'sequence' ? leaf.items[0] : leaf.pattern;
  const role = pattern === undefined ? undefined : eventsOf(pattern)[0]?.role;
  let left = leaf.window.count;
  let speaking = false;
  for (let i = anchor.next; i < step.k; i++) {
    const event = trace.events[i];
    if (event === undefined || !['speech.said', 'chat.sent', 'chat.received'].includes(event.type)) continue;
    const mine = byRole(trace, role, event);
    if (leaf.window.unit === 'utt') {
      if (mine && --left === 0) return closes(i, true);
    } else {
      if (mine && !speaking && left-- <= 0) return closes(i, false);
      speaking = mine;
    }
  }
  return undefined;
}

function knowLeaf(leaf: Leaf, trace: Trace, anchor: Anchor, step: Step, place: Place, scene: ReturnType<typeof sceneAtAnchor>): Knowledge {
  const most = leaf.kind === 'happens' && leaf.count?.op === 'atMost';
  let need = leaf.kind === 'sequence' ? leaf.items.length : 1;
  if (leaf.kind === 'happens' && leaf.count !== undefined) {
    const count = wholeNumber(leaf.count.n, scene);
    if (count === undefined) return 'U';
    need = count + (most ? 1 : 0);
    if (need <= 0) return most ? 'F' : 'T';
  }
  const s = stretchOf(leaf, trace, anchor, step, scene, place.binds);
  if (s === undefined) return 'U';
  if (leaf.kind === 'every') return chain(leaf, trace, anchor, step, place, s, scene);
  if (s.hi < anchor.at && s.a === anchor.next) return most ? 'T' : 'F';
  const timeless = { ...s };
  let cut = false;
  if (step.ended && !s.closed) {
    cut = !s.proper && s.hi > step.now;
    Object.assign(timeless, { closed: true, closedAt: step.now });
  }
  const candidates = indices(timeless, anchor, trace);
  const value =
    leaf.kind === 'sequence' ? inOrder(leaf, trace, anchor, place, candidates) : counted(leaf, trace, anchor, place, candidates, need);
  if (value.decided && !(leaf.window.kind === 'lastPart' && !step.ended)) return most ? 'F' : 'T';
  if (!timeless.closed) return '?';
  if (cut) place.found.cut = true;
  const sources = sourcesOfLeaf(leaf, trace);
  const from = Math.min(timeless.lo, timeless.closedAt);
  const blind = gapTouches(
    gapsAfter(trace, leaf.window.kind === 'before' ? anchor.known : knownBy(timeless, step)),
    sources,
    from,
    timeless.closedAt,
  );
  const attested = place.duty && place.positive && !most && speaks(leaf) && ticks(trace, anchor, timeless, place).length > 0;
  return blind || value.maybe || attested ? 'U' : most ? 'T' : 'F';
}

/** A window that an event closed was judged when only the events up to it were known. */
const knownBy = (s: Stretch, step: Step) => (s.b < step.k && s.closed ? s.b : step.k);

const speaks = (leaf: Leaf) =>
  (leaf.kind === 'sequence' ? leaf.items : [leaf.pattern])
    .flatMap(eventsOf)
    .some((one) => one.type === 'speech.said' && one.text !== undefined);

const sourcesOfLeaf = (leaf: Leaf, trace: Trace) =>
  (leaf.kind === 'sequence' ? leaf.items : [leaf.pattern])
    .flatMap(eventsOf)
    .flatMap((one) => sourcesOfType(trace.world, one.type, one.role));

function indices(s: Stretch, anchor: Anchor, trace: Trace): number[] {
  const found: number[] = [];
  for (let i = s.a; i < s.b; i++) {
    const at = trace.events[i]?.occurredAt ?? 0;
    if (i !== anchor.skip && at >= s.lo && at <= s.hi) found.push(i);
  }
  return found;
}

/** Ticks of this norm inside the stretch: claims, never evidence. */
function ticks(trace: Trace, anchor: Anchor, s: Stretch, place: Place): number[] {
  return trace.events.flatMap((event, i) => {
    const inside = i >= s.a && i < Math.max(s.b, s.a) && event.occurredAt >= s.lo && event.occurredAt <= s.hi;
    const part = event.fields['part'];
    const concerns = part === undefined || place.labels.includes(String(part));
    return inside && i !== anchor.skip && event.type === 'duty.ticked' && event.fields['norm'] === trace.plan.norm.id && concerns
      ? [i]
      : [];
  });
}

interface Found {
  readonly decided: boolean;
  readonly maybe: boolean;
}

function counted(
  leaf: Happens<'resolved'>,
  trace: Trace,
  anchor: Anchor,
  place: Place,
  candidates: readonly number[],
  need: number,
): Found {
  const values = candidates.map((i) => matchAt(trace, anchor, place.binds, leaf.pattern, i).v);
  const sure = values.filter((v) => v === 'T').length;
  return { decided: sure >= need, maybe: values.includes('U') && sure + values.filter((v) => v === 'U').length >= need };
}

function inOrder(leaf: Sequence<'resolved'>, trace: Trace, anchor: Anchor, place: Place, candidates: readonly number[]): Found {
  let done = 0;
  let maybe = false;
  for (const i of candidates) {
    const awaited = leaf.items[done];
    if (awaited === undefined) break;
    const { v } = matchAt(trace, anchor, place.binds, awaited, i);
    if (v === 'T') done++;
    else if (v === 'U') maybe = true;
  }
  return { decided: done === leaf.items.length, maybe };
}

/** Walks the chain of prompts; only what comes after the anchor counts. */
function chain(
  leaf: Every<'resolved'>,
  trace: Trace,
  anchor: Anchor,
  step: Step,
  place: Place,
  s: Stretch,
  scene: ReturnType<typeof sceneAtAnchor>,
): Knowledge {
  const closed = s.closed || step.ended;
  const closedAt = s.closed ? s.closedAt : step.now;
  if (s.hi < anchor.at) return leaf.window.kind === 'firstPart' ? 'T' : 'F';
  if (leaf.window.kind === 'lastPart') s.lo = anchor.at;
  let last = anchor.at;
  let lastIndex = anchor.next - 1;
  let maybe = false;
  const next = () => shifted(last, leaf.period, scene);
  const missed = (due: number): Knowledge => {
    const claims =
      place.duty && place.positive && speaks(leaf)
        ? ticks(trace, anchor, { ...s, a: lastIndex + 1, b: step.k, lo: Math.min(s.lo, last) }, place)
        : [];
    const claimed = claims.some((i) => (trace.events[i]?.occurredAt ?? 0) <= due);
    const known = trace.events.filter((event) => event.occurredAt <= due).length;
    return claimed || maybe || gapTouches(gapsAfter(trace, known), sourcesOfLeaf(leaf, trace), last, due) ? 'U' : 'F';
  };
  const candidates = indices({ ...s, a: anchor.next, lo: Math.max(s.lo, anchor.at) }, anchor, trace);
  for (const i of candidates) {
    const due = next();
    if (due === undefined) return 'U';
    if ((trace.events[i]?.occurredAt ?? 0) > due) return due < s.hi ? missed(due) : 'T';
    const { v } = matchAt(trace, anchor, place.binds, leaf.pattern, i);
    if (v === 'T') {
      last = trace.events[i]?.occurredAt ?? 0;
      lastIndex = i;
      maybe = false;
    } else if (v === 'U') maybe = true;
  }
  const due = next();
  if (due === undefined) return 'U';
  if (due < Math.min(s.hi, closed ? closedAt : Number.POSITIVE_INFINITY) && (step.now > due || (step.now === due && step.over)))
    return missed(due);
  return closed ? 'T' : '?';
}
