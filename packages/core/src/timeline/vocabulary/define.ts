import type { EventSpec, FieldSpec, FieldType } from '@threerings/norms/vocabulary';

/**
 * The few words with which the event tables are written.
 *
 * `event(id, zh, en, source, actor, …fields)`: `actor` is the role that `by` carries when nobody says otherwise; `*` any
 * role, `-` none. Fields are required unless wrapped in `maybe`.
 */
export function event<const Id extends string>(
  id: Id,
  zh: string,
  en: string,
  source: EventSpec['source'],
  actor: string,
  ...fields: readonly FieldSpec[]
): EventSpec & { readonly id: Id } {
  return { id, zh, en, source, actor, fields };
}

function field(type: FieldType): (name: string) => FieldSpec {
  return (name) => ({ name, type, optional: false, personal: false });
}

/** integer milliseconds */
export const ms = field('ms');
/** integer milliseconds since the epoch, UTC */
export const instant = field('instant');
export const rings = field('rings');
export const count = field('count');
/** 0 to 1, at most three decimals */
export const ratio = field('ratio');
/** Chinese characters per minute */
export const rate = field('rate');
/** dBFS */
export const db = field('db');
export const bool = field('bool');
/** not personal, at most 200 characters */
export const text = field('text');
export const list = field('list');
export const id = field('id');

/** One of a closed list. */
export function oneOf(name: string, ...options: readonly string[]): FieldSpec {
  return { name, type: 'enum', options, optional: false, personal: false };
}

/** The event holds a pointer into the vault, never the value. */
export function personal(name: string): FieldSpec {
  return { name, type: 'ref', optional: false, personal: true };
}

export function maybe(spec: FieldSpec): FieldSpec {
  return { ...spec, optional: true };
}
