import type { Source } from './trace.ts';

/**
 * The shape of an event vocabulary. The engine gets the table injected (`core/timeline/vocabulary` holds the hotline's)
 * and knows nothing else of the product.
 */
export type FieldType = 'ms' | 'instant' | 'rings' | 'count' | 'ratio' | 'rate' | 'db' | 'bool' | 'text' | 'list' | 'id' | 'ref' | 'enum';

export interface FieldSpec {
  readonly name: string;
  readonly type: FieldType;
  /** the closed list of an `enum` */
  readonly options?: readonly string[];
  readonly optional: boolean;
  /** the event holds a pointer into the vault, never the value */
  readonly personal: boolean;
}

export interface EventSpec {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** `speech` = speech.customer when said by the customer, else speech.agent */
  readonly source: Source | 'speech';
  /** role that `by` carries when nobody says otherwise; `*` any role, `-` none */
  readonly actor: string;
  readonly fields: readonly FieldSpec[];
}

export interface IntervalSpec {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly opens: readonly string[];
  /** the end of the scope closes every interval as well */
  readonly closes: readonly string[];
  /** field that tells two open intervals apart; `by` = the role; absent = one at a time */
  readonly key?: string;
  /** only the first opening counts (conversation) */
  readonly once?: boolean;
}

export interface ScopeSpec {
  readonly id: 'call' | 'handling' | 'chat' | 'case' | 'shift';
  readonly zh: string;
  readonly en: string;
  /** event types that begin the talk (`in the first …` counts from there) */
  readonly begins: readonly string[];
  readonly ends: readonly string[];
}

/** A word that stands for a field or a slot in norm text, for example 原因 = reason. */
export interface FieldWord {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

export interface RoleSpec {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** roles that this word includes as well: 坐席 includes 接手人 */
  readonly includes?: readonly string[];
}

export interface Vocabulary {
  readonly events: readonly EventSpec[];
  readonly intervals: readonly IntervalSpec[];
  readonly scopes: readonly ScopeSpec[];
  readonly fieldWords: readonly FieldWord[];
  readonly roles: readonly RoleSpec[];
}
