import type { Source } from './trace.ts';

/**
 * The syntax tree of the norm language, parsed and resolved. All nodes are frozen, `kind`-tagged data; equality of trees
 * ignores `span`.
 *
 * The *parsed* tree is what the author wrote. The checker makes the *resolved* tree of it: names are replaced by what they
 * stand for, every leaf has its window, the duties of a norm are joined to one body (`must not φ` is `not φ`), and the
 * sources, the horizon and the types of noted variables are attached. Only resolved norms reach the engine.
 */
export type Stage = 'parsed' | 'resolved';

/** Where a node stands in its file. Lines and columns count from 1, columns in characters (code points). */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** `[start, end)` in UTF-16 units of the file's text */
  readonly start: number;
  readonly end: number;
}

export interface Spanned {
  readonly span: Span;
}

// ---------- expressions

export type Unit =
  | 'ms'
  | 's'
  | 'min'
  | 'h'
  | 'd'
  | 'wd'
  | 'wh'
  | 'ring'
  | 'times'
  | 'utt'
  | 'turn'
  | 'item'
  | 'chars'
  | 'cpm'
  | 'db'
  | 'pct';

/** A number as written, in integer thousandths, so that no arithmetic ever touches a fraction: `0.8` is 800, `10 秒` is 10 000 with unit `s`. */
export interface Quantity extends Spanned {
  readonly kind: 'quantity';
  readonly thousandths: number;
  readonly unit?: Unit | undefined;
}
export interface Str extends Spanned {
  readonly kind: 'str';
  readonly value: string;
}
export interface Bool extends Spanned {
  readonly kind: 'bool';
  readonly value: boolean;
}
/** Time of day in ms after midnight of the hotline's zone. */
export interface TimeOfDay extends Spanned {
  readonly kind: 'tod';
  readonly value: number;
}
export interface ListOf<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'listOf';
  readonly items: readonly Expression<S>[];
}
/** A bare field word used as a value: its id is the text. */
export interface SymbolValue extends Spanned {
  readonly kind: 'symbol';
  readonly name: string;
}
/** A parameter or list of the pack; gone in the resolved tree. */
export interface ParamRef extends Spanned {
  readonly kind: 'param';
  readonly name: string;
}
/** `所记 x`: a value noted by the trigger, or the item of a `逐项`. */
export interface Variable extends Spanned {
  readonly kind: 'variable';
  readonly name: string;
}
/** A field (or slot) of the event that is being tested; only inside a pattern's conditions. */
export interface FieldOf extends Spanned {
  readonly kind: 'field';
  readonly field: string;
}
/** `当时 x`: a field (or slot) of the trigger event. */
export interface TrigField extends Spanned {
  readonly kind: 'trigField';
  readonly field: string;
}
/** `本次 x`: an attribute of the interaction at that instant, the latest value set. */
export interface Attribute extends Spanned {
  readonly kind: 'attribute';
  readonly field: string;
}
export interface Clock extends Spanned {
  readonly kind: 'clock';
}
export interface Arith<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'arith';
  readonly op: '+' | '-' | '*' | '/';
  readonly left: Expression<S>;
  readonly right: Expression<S>;
}
/** Number of matches, or time since the last match; without a window over `[start of scope, anchor]`. */
export interface PatternMeasure<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'count' | 'since';
  readonly pattern: Pattern<S>;
  readonly window?: Window<S> | undefined;
}
export interface IntervalMeasure extends Spanned {
  readonly kind: 'duration' | 'longest';
  readonly role?: string | undefined;
  readonly interval: string;
}
export interface Share extends Spanned {
  readonly kind: 'share';
  readonly role?: string | undefined;
  readonly interval: string;
  readonly of: string;
}
export interface RoleMeasure<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'rate' | 'loudness' | 'responseGap' | 'mood';
  readonly role?: string | undefined;
  readonly window?: Window<S> | undefined;
}

export type Expression<S extends Stage = 'parsed'> =
  | Quantity
  | Str
  | Bool
  | TimeOfDay
  | ListOf<S>
  | SymbolValue
  | Variable
  | FieldOf
  | TrigField
  | Attribute
  | Clock
  | Arith<S>
  | PatternMeasure<S>
  | IntervalMeasure
  | Share
  | RoleMeasure<S>
  | (S extends 'parsed' ? ParamRef : never);

// ---------- texts

export interface FamilyText extends Spanned {
  readonly kind: 'family';
  readonly name: string;
}
/** `*` stands for any run of characters. */
export interface LiteralText extends Spanned {
  readonly kind: 'literal';
  readonly value: string;
  readonly except?: string | undefined;
}
/** A pattern of the documented regular subset (compiled by the lexical stage, never by the host's RegExp). */
export interface RegexText extends Spanned {
  readonly kind: 'regex';
  readonly value: string;
  readonly except?: string | undefined;
}
/** `score` in integer thousandths. */
export interface SimilarText extends Spanned {
  readonly kind: 'similar';
  readonly value: string;
  readonly score: number;
}
export interface SoundsText extends Spanned {
  readonly kind: 'sounds';
  readonly value: string;
}
/** Similar to something the same speaker said in the last 60 s; `score` in integer thousandths. */
export interface RepeatedText extends Spanned {
  readonly kind: 'repeated';
  readonly score: number;
}
/** The noted value occurs in the text. */
export interface SpokenText extends Spanned {
  readonly kind: 'spoken';
  readonly name: string;
}
export interface SomeOfText extends Spanned {
  readonly kind: 'someOf';
  readonly need: 'any' | 'all' | 'none' | number;
  readonly items: readonly Text[];
}
/** At most `distance` characters lie between the two hits (or not, when negated). */
export interface NearText extends Spanned {
  readonly kind: 'near';
  readonly left: Text;
  readonly right: Text;
  readonly distance: number;
  readonly negated: boolean;
}
export type Text = FamilyText | LiteralText | RegexText | SimilarText | SoundsText | RepeatedText | SpokenText | SomeOfText | NearText;

// ---------- patterns

export type CompareOp = '>' | '<' | '>=' | '<=' | '=' | '!=' | 'in' | 'notin' | 'between' | 'filled' | 'empty' | 'matches' | 'contains';

/** `right` is absent for `filled`, `empty` and `matches` (which has `text`); `upper` is there for `between` alone. */
export interface Compare<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'compare';
  readonly op: CompareOp;
  readonly left: Expression<S>;
  readonly right?: Expression<S> | undefined;
  readonly upper?: Expression<S> | undefined;
  readonly text?: Text | undefined;
}
export interface Bind {
  readonly field: string;
  readonly as: string;
}
/** One event: type and role, text, fields that must be present, conditions on fields (left side is a `field`), values noted. */
export interface EventPattern<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'event';
  readonly role?: string | undefined;
  readonly type: string;
  readonly text?: Text | undefined;
  readonly with: readonly string[];
  readonly where: readonly Compare<S>[];
  readonly binds: readonly Bind[];
}
/** In the resolved tree `items` are events only (nested ones are flattened). */
export interface AnyOf<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'anyOf';
  readonly items: readonly (S extends 'parsed' ? Pattern : EventPattern<'resolved'>)[];
}
/** The name of a definition; gone in the resolved tree. */
export interface PatternRef extends Spanned {
  readonly kind: 'patternRef';
  readonly name: string;
}
export type Pattern<S extends Stage = 'parsed'> = EventPattern<S> | AnyOf<S> | (S extends 'parsed' ? PatternRef : never);

// ---------- windows

export interface After<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'after';
  readonly from?: Expression<S> | undefined;
  readonly to: Expression<S>;
}
export interface By<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'by';
  readonly instant: Expression<S>;
}
/** Without a length: from the start of the scope. With `utterances`: the last so many of the role of the pattern. */
export interface Before<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'before';
  readonly length?: Expression<S> | undefined;
  readonly utterances?: number | undefined;
}
export interface LengthWindow<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'around' | 'firstPart' | 'lastPart';
  readonly length: Expression<S>;
}
export interface Utterances extends Spanned {
  readonly kind: 'utterances';
  readonly count: number;
  readonly unit: 'utt' | 'turn';
}
export interface Until<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'until';
  readonly pattern: Pattern<S>;
  readonly latest?: Expression<S> | undefined;
}
export interface NamedWindow extends Spanned {
  readonly kind: 'toEnd' | 'whole' | 'thatTime';
}
export type Window<S extends Stage = 'parsed'> = After<S> | By<S> | Before<S> | LengthWindow<S> | Utterances | Until<S> | NamedWindow;

/** The author may leave the window out; the checker fills the default in or refuses. */
type WindowSlot<S extends Stage> = S extends 'parsed' ? Window | undefined : Window<'resolved'>;

// ---------- formulas

export interface Junction<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'and' | 'or';
  readonly items: readonly Formula<S>[];
}
export interface Not<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'not';
  readonly item: Formula<S>;
}
export interface Implies<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'implies';
  readonly left: Formula<S>;
  readonly right: Formula<S>;
}
export interface Part<S extends Stage = 'parsed'> {
  readonly label?: string | undefined;
  readonly item: Formula<S>;
}
export interface Parts<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'parts';
  readonly need: 'all' | 'any' | number;
  readonly items: readonly Part<S>[];
}
export interface ForEach<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'forEach';
  readonly name: string;
  readonly list: Expression<S>;
  readonly item: Formula<S>;
}
export interface Happens<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'happens';
  readonly pattern: Pattern<S>;
  readonly count?: { readonly op: 'atLeast' | 'atMost'; readonly n: Expression<S> } | undefined;
  readonly window: WindowSlot<S>;
}
export interface Every<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'every';
  readonly period: Expression<S>;
  readonly pattern: Pattern<S>;
  readonly window: WindowSlot<S>;
}
export interface Sequence<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'sequence';
  readonly items: readonly Pattern<S>[];
  readonly window: WindowSlot<S>;
}
export interface Currently extends Spanned {
  readonly kind: 'currently';
  readonly role?: string | undefined;
  readonly interval: string;
}
export interface InCalendar extends Spanned {
  readonly kind: 'calendar';
  readonly name: string;
}
/** The trigger is itself the breach. */
export interface Breach extends Spanned {
  readonly kind: 'breach';
}
export type Formula<S extends Stage = 'parsed'> =
  | Junction<S>
  | Not<S>
  | Implies<S>
  | Parts<S>
  | ForEach<S>
  | Happens<S>
  | Every<S>
  | Sequence<S>
  | Compare<S>
  | Currently
  | InCalendar
  | Breach;

// ---------- triggers and actions

/** Each occurrence, the first alone, or the n-th alone (`which` is then n). */
export interface OnEvent<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'onEvent';
  readonly which: 'each' | 'first' | number;
  readonly pattern: Pattern<S>;
}
export interface OnLasting<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'onLasting';
  readonly role?: string | undefined;
  readonly interval: string;
  readonly length: Expression<S>;
}
export interface OnInterval extends Spanned {
  readonly kind: 'onInterval';
  readonly role?: string | undefined;
  readonly interval: string;
}
export interface OnScope extends Spanned {
  readonly kind: 'onScope';
}
export type Trigger<S extends Stage = 'parsed'> = OnEvent<S> | OnLasting<S> | OnInterval | OnScope;

/** `triggered`: at once, whenever the duty begins. */
export type ActionOn = 'triggered' | 'broken' | 'kept' | 'warning';

/** A line for the agent. With `on: 'warning'`, `lead` before the deadline. */
export interface Coach<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'coach';
  readonly on: ActionOn;
  readonly lead?: Expression<S> | undefined;
  readonly message?: string | undefined;
  readonly phrase?: string | undefined;
}
export interface Alert extends Spanned {
  readonly kind: 'alert';
  readonly on: ActionOn;
  readonly to: string;
  readonly message?: string | undefined;
}
/** The desk refuses the act; only an override with a reason passes. */
export interface Stop extends Spanned {
  readonly kind: 'stop';
  readonly on: ActionOn;
  readonly message?: string | undefined;
}
/** The desk act passes with a stated reason: the ordinary form; `stop` is for irreversible steps. */
export interface AskReason extends Spanned {
  readonly kind: 'askReason';
  readonly on: ActionOn;
  readonly message?: string | undefined;
}
/** Something for a person to decide about. `due`: a length of time from the anchor of the duty, or an instant. */
export interface Propose<S extends Stage = 'parsed'> extends Spanned {
  readonly kind: 'propose';
  readonly on: ActionOn;
  readonly what: 'promise' | 'callback' | 'ticket' | 'ledger' | 'review';
  readonly message?: string | undefined;
  readonly due?: Expression<S> | undefined;
  /** found by the checker */
  readonly dueIsInstant?: boolean | undefined;
}
export interface Score extends Spanned {
  readonly kind: 'score';
  readonly on: ActionOn;
  readonly points: number;
}
export type Action<S extends Stage = 'parsed'> = Coach<S> | Alert | Stop | AskReason | Propose<S> | Score;

// ---------- norms and packs

export type Severity = 'critical' | 'major' | 'minor' | 'advice';
export type ScopeId = 'call' | 'handling' | 'chat' | 'case' | 'shift';
export type Responsible = 'then' | 'due' | 'receiver' | 'leader' | 'owner' | 'department' | 'system';
export type Nature = 'finding' | 'hint';

/** Dates are `YYYY-MM-DD` of the hotline's zone, both inclusive. */
export interface Effective {
  readonly from: string;
  readonly to?: string | undefined;
}

/** What a parsed and a resolved norm have in common. */
export interface NormHead extends Spanned {
  readonly kind: 'norm';
  readonly id: string;
  readonly title?: string | undefined;
  readonly cites: readonly string[];
  readonly severity: Severity;
  readonly points?: number | undefined;
  readonly scope: ScopeId;
  readonly responsible: Responsible;
  readonly nature: Nature;
  readonly effective?: Effective | undefined;
  readonly note?: string | undefined;
  readonly atEnd?: 'broken' | 'moot' | undefined;
  /** the norm of another pack that this one is, in that version; absent = written in its own pack */
  readonly adopted?: Adopted | undefined;
}

export interface Adopted {
  readonly pack: string;
  readonly version: number;
  readonly norm: string;
}

export interface Duty extends Spanned {
  readonly kind: 'duty';
  readonly mode: 'must' | 'mustHave' | 'mustNot' | 'breach';
  readonly formula: Formula;
}

export interface Norm extends NormHead {
  /** absent only where the author forgot it (N064) */
  readonly trigger?: Trigger | undefined;
  readonly guard?: Formula | undefined;
  readonly duties: readonly Duty[];
  readonly unless?: Formula | undefined;
  readonly actions: readonly Action[];
}

export interface SourceDeclaration extends Spanned {
  readonly id: string;
  readonly title: string;
}
/** `value` absent = 待定 (undecided). */
export interface ParamDeclaration extends Spanned {
  readonly name: string;
  readonly title?: string | undefined;
  readonly value?: Expression | undefined;
}
export interface ListDeclaration extends Spanned {
  readonly name: string;
  readonly items: readonly Expression[];
}
export interface Definition extends Spanned {
  readonly name: string;
  readonly pattern: Pattern;
}

/** `基于 「通则」 版本 1`: another pack, in the version that this one was written for. */
export interface BaseDeclaration extends Spanned {
  readonly name: string;
  readonly version: number;
}
/** `name` is a parameter, list, definition or phrase family of the base pack; of the latter two `value` is the name of another. */
export interface AdoptedValue extends Spanned {
  readonly name: string;
  readonly value: Expression;
}
/**
 * A norm of a base pack with its own citation, and with values of its own where the document says something else. What is
 * absent is as in the base pack; own actions take the place of the base's actions on the same occasion.
 */
export interface Adoption extends Spanned {
  readonly kind: 'adoption';
  readonly base: string;
  readonly norm: string;
  /** absent = the id that the norm has in the base pack */
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly cites: readonly string[];
  readonly severity?: Severity | undefined;
  readonly points?: number | undefined;
  readonly responsible?: Responsible | undefined;
  readonly nature?: Nature | undefined;
  readonly effective?: Effective | undefined;
  readonly note?: string | undefined;
  readonly values: readonly AdoptedValue[];
  readonly actions: readonly Action[];
}

export interface Pack extends Spanned {
  readonly kind: 'pack';
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly version?: number | undefined;
  readonly bases: readonly BaseDeclaration[];
  readonly sources: readonly SourceDeclaration[];
  readonly params: readonly ParamDeclaration[];
  readonly lists: readonly ListDeclaration[];
  readonly defines: readonly Definition[];
  readonly applies?: Formula | undefined;
  readonly norms: readonly Norm[];
  readonly adoptions: readonly Adoption[];
}

// ---------- what the checker makes

export type ValueType = 'duration' | 'rings' | 'number' | 'ratio' | 'rate' | 'db' | 'text' | 'bool' | 'list' | 'instant' | 'any';

/** How far a formula looks: ms, or `calendar` (working time), `end` (of the scope), `ledger` (a promise). Rings count 5 s each. */
export type Reach = number | 'calendar' | 'end' | 'ledger';
export interface Horizon {
  readonly past: Reach;
  readonly future: Reach;
}

export type ResolvedExpression = Expression<'resolved'>;
export type ResolvedPattern = Pattern<'resolved'>;
export type ResolvedEventPattern = EventPattern<'resolved'>;
export type ResolvedWindow = Window<'resolved'>;
export type ResolvedFormula = Formula<'resolved'>;
export type ResolvedTrigger = Trigger<'resolved'>;
export type ResolvedAction = Action<'resolved'>;
export type ResolvedCompare = Compare<'resolved'>;

export interface ResolvedNorm extends NormHead {
  readonly trigger: ResolvedTrigger;
  /** the pack's `适用` and the norm's `若`, joined; F = no instance */
  readonly guard?: ResolvedFormula | undefined;
  /** all duties joined by `and` (a single duty stands alone); `must not φ` is `not φ` */
  readonly body: ResolvedFormula;
  readonly unless?: ResolvedFormula | undefined;
  readonly actions: readonly ResolvedAction[];
  /** sorted; every source whose events, gaps or watermark can change the verdict */
  readonly sources: readonly Source[];
  readonly triggerSources: readonly Source[];
  readonly horizon: Horizon;
  /** noted variables and their types */
  readonly variables: Readonly<Record<string, ValueType>>;
}
