import { longestOf } from '../horizon/reach.ts';
import type { Bilingual } from '../problem.ts';
import { classOfReason, ended, excused, reasonWords } from '../reasons.ts';
import type { Instant, TraceEvent, Verdict } from '../trace.ts';
import type { ResolvedEventPattern, ResolvedFormula, ResolvedNorm } from '../tree.ts';
import { sayDuty } from './norm.ts';
import { sayFormula, sayPattern, sayTrigger } from './sentence.ts';
import { labelOf, listed, type Phrasebook, type Speaker, say, spaced, wordOf } from './speaker.ts';

export interface VerdictToExplain {
  readonly verdict: Verdict;
  readonly norm: ResolvedNorm;
  /** the trigger and the witnesses, and what came after: an act that came too late is told with its delay */
  readonly events: readonly TraceEvent[];
  /** instants are told as mm:ss after this one */
  readonly scopeStart: Instant;
}

/** How the verdict came about: trigger → limit → what happened → by how much. Pure; no time zone is involved. */
export function explainVerdict(subject: VerdictToExplain, book: Phrasebook): Bilingual {
  return { zh: story(subject, { ...book, tongue: 'zh' }), en: story(subject, { ...book, tongue: 'en' }) };
}

/** `mm:ss` after the start of the scope, `h:mm:ss` from an hour on; a minus before it. */
export function offset(at: Instant, scopeStart: Instant): string {
  const seconds = Math.floor(Math.abs(at - scopeStart) / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const clock = `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return at < scopeStart ? `-${clock}` : clock;
}

/** Tenths of a second up to a minute, then minutes and seconds. */
function span(s: Speaker, ms: number): string {
  if (ms < 60_000) return `${Math.floor(ms / 100) / 10} ${wordOf(s, 'unit', 's')}`;
  const seconds = Math.floor(ms / 1000) % 60;
  const minutes = `${Math.floor(ms / 60_000)} ${wordOf(s, 'unit', 'min')}`;
  return seconds === 0 ? minutes : `${minutes} ${seconds} ${wordOf(s, 'unit', 's')}`;
}

function story(subject: VerdictToExplain, s: Speaker): string {
  const { verdict, norm, scopeStart } = subject;
  const trigger =
    verdict.key === 'scope' ? say(s, '全程', 'throughout') : `${offset(verdict.anchor, scopeStart)} ${sayTrigger(s, norm.trigger)}`;
  const head = `${trigger}${say(s, '，', ', ')}${sayDuty(norm, s)}`;
  return spaced(s, `${head}${say(s, '。', '. ')}${outcome(subject, s)}${say(s, '。', '.')}`);
}

function outcome(subject: VerdictToExplain, s: Speaker): string {
  const { verdict, scopeStart } = subject;
  const at = offset(verdict.at, scopeStart);
  switch (verdict.value) {
    case 'kept':
      return joined(s, [happened(subject, s) ?? say(s, `${at} 已做到`, `At ${at} it was met`), kept(s), margin(subject, s)]);
    case 'broken':
      return joined(s, [breach(subject, s), say(s, '违反', 'broken'), delay(subject, s), missing(verdict, s)]);
    case 'moot':
      return say(s, `${at} ${whyMoot(subject, s)}，免除`, `At ${at} ${whyMoot(subject, s)}: no longer due`);
    case 'unknown': {
      const reason = verdict.reason === undefined ? '' : reasonWords[classOfReason(verdict.reason)][s.tongue];
      return say(s, `${at} 无法判定：${reason}`, `At ${at} it cannot be told: ${reason}`);
    }
  }
}

function joined(s: Speaker, parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(say(s, '，', ', '));
}

function kept(s: Speaker): string {
  return say(s, '履行', 'kept');
}

/** The event that settled the verdict, by the words of the vocabulary. Texts are personal and are not repeated here. */
function happened({ verdict, norm, events, scopeStart }: VerdictToExplain, s: Speaker): string | undefined {
  const ids = new Set(verdict.witnesses.map(({ event }) => event));
  const settling = events.find((event) => ids.has(event.id) && event.occurredAt === verdict.at && event.id !== verdict.key);
  return settling === undefined
    ? undefined
    : `${say(s, '', 'At ')}${offset(settling.occurredAt, scopeStart)} ${eventWords(s, settling, norm.body)}`;
}

/** The act as the norm names it, where only one of its patterns can be meant; else by role and event alone. */
function eventWords(s: Speaker, event: TraceEvent, f: ResolvedFormula): string {
  const meant = new Set(
    eventsOf(f)
      .filter((p) => p.type === event.type && (p.role === undefined || p.role === event.by))
      .map((p) => sayPattern(s, p)),
  );
  const [only] = meant;
  if (only !== undefined && meant.size === 1) return only;
  const role = event.by === undefined ? '' : `${wordOf(s, 'role', event.by)}${say(s, '', ' ')}`;
  return `${role}${wordOf(s, 'event', event.type)}`;
}

function breach(subject: VerdictToExplain, s: Speaker): string {
  const { verdict, norm, scopeStart } = subject;
  const at = offset(verdict.at, scopeStart);
  if (norm.body.kind === 'breach') return say(s, `${at} 出现`, `At ${at} it occurred`);
  const act = happened(subject, s);
  if (act !== undefined && norm.body.kind === 'not') return act;
  return say(s, `到 ${at} 没有做到`, `By ${at} it was not done`);
}

function missing(verdict: Verdict, s: Speaker): string | undefined {
  if (verdict.missing === undefined || verdict.missing.length === 0) return undefined;
  const labels = listed(
    s,
    verdict.missing.map((label) => labelOf(s, label)),
  );
  return say(s, `缺 ${labels}`, `missing: ${labels}`);
}

/** The excusing act if it can be told; a long list of excuses is not read out. */
function whyMoot({ verdict, norm, events }: VerdictToExplain, s: Speaker): string {
  if (verdict.reason !== excused || norm.unless === undefined) return reasonWords[classOfReason(verdict.reason ?? ended)][s.tongue];
  const excuses = eventsOf(norm.unless);
  const noted = notedBy(
    norm,
    events.find(({ id }) => id === verdict.key),
  );
  const act = events.findLast((event) => event.occurredAt <= verdict.at && excuses.some((p) => isSuch(event, p, noted)));
  if (act !== undefined) return eventWords(s, act, norm.unless);
  if (norm.unless.kind === 'happens') return sayFormula(s, norm.unless);
  return say(s, '除外情形成立', 'an excuse of the norm holds');
}

// ---------- by how much

/** How much time was left, for a duty of one act within a fixed length. */
function margin({ verdict, norm }: VerdictToExplain, s: Speaker): string | undefined {
  if (norm.body.kind !== 'happens' || norm.body.window.kind !== 'after') return undefined;
  if (norm.body.window.to.kind === 'quantity' && norm.body.window.to.unit === 'ring') return undefined;
  const length = longestOf(norm.body.window.to);
  if (typeof length !== 'number' || Object.keys(norm.variables).length > 0) return undefined;
  const left = verdict.anchor + length - verdict.at;
  return left < 0 ? undefined : say(s, `余 ${span(s, left)}`, `${span(s, left)} to spare`);
}

/** How late the act came that the duty asked for, if it came at all. */
function delay({ verdict, norm, events }: VerdictToExplain, s: Speaker): string | undefined {
  const wanted = norm.body.kind === 'happens' || norm.body.kind === 'or' ? eventsOf(norm.body) : [];
  const noted = notedBy(
    norm,
    events.find(({ id }) => id === verdict.key),
  );
  const late = events.find((event) => event.occurredAt > verdict.at && wanted.some((p) => isSuch(event, p, noted)));
  return late === undefined
    ? undefined
    : say(s, `迟 ${span(s, late.occurredAt - verdict.at)}`, `${span(s, late.occurredAt - verdict.at)} late`);
}

/** The values that the trigger noted. */
function notedBy({ trigger }: ResolvedNorm, event: TraceEvent | undefined): ReadonlyMap<string, unknown> {
  if (event === undefined || trigger.kind !== 'onEvent') return new Map();
  const patterns = trigger.pattern.kind === 'anyOf' ? trigger.pattern.items : [trigger.pattern];
  const binds = patterns.filter(({ type }) => type === event.type).flatMap((p) => p.binds);
  return new Map(binds.map(({ field, as }) => [as, event.fields[field]]));
}

/** Plain acts, and those that repeat a noted value or have one of the words listed: other conditions cannot be told here. */
function isSuch(event: TraceEvent, p: ResolvedEventPattern, noted: ReadonlyMap<string, unknown>): boolean {
  const holds = p.where.every(({ op, left, right }) => {
    const value = left.kind === 'field' ? event.fields[left.field] : undefined;
    if (value === undefined) return false;
    if (op === 'in' && right?.kind === 'listOf') return right.items.some((item) => item.kind === 'str' && item.value === value);
    return op === '=' && right?.kind === 'variable' && noted.get(right.name) === value;
  });
  return event.type === p.type && p.text === undefined && holds && (p.role === undefined || event.by === p.role);
}

function eventsOf(f: ResolvedFormula): readonly ResolvedEventPattern[] {
  switch (f.kind) {
    case 'happens':
    case 'every':
      return f.pattern.kind === 'anyOf' ? f.pattern.items : [f.pattern];
    case 'and':
    case 'or':
      return f.items.flatMap((item) => eventsOf(item));
    case 'parts':
      return f.items.flatMap(({ item }) => eventsOf(item));
    case 'not':
      return eventsOf(f.item);
    default:
      return [];
  }
}
