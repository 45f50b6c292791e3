import type { FieldValue } from '@threerings/norms/trace';
import type { EventSpec, FieldSpec } from '@threerings/norms/vocabulary';
import { type Refusal, refuse } from '../errors/refusal.ts';
import type { NewEvent } from './event.ts';
import { isReference } from './reference.ts';

/** Longest text or id in an event, characters. */
const longestText = 200;
/** Longest list in an event, items. */
const longestList = 100;
/** Longest personal value that an event may hand to the vault, characters. */
const longestPersonal = 20_000;

/**
 * The fields of an event as they are recorded (readings rounded to three decimals), or why they cannot be. Personal
 * fields must come as `personal`, or in `fields` as a reference that the vault gave earlier.
 */
export function checkedFields(spec: EventSpec, event: NewEvent): Readonly<Record<string, FieldValue>> | Refusal {
  const personal = event.personal ?? {};
  const unknown = [...Object.keys(event.fields), ...Object.keys(personal)].find(
    (name) => !spec.fields.some((field) => field.name === name),
  );
  if (unknown !== undefined) {
    const known = spec.fields.map((field) => field.name).join(', ') || '–';
    return refuse('timeline.field-unknown', { type: spec.id, field: unknown, expected: known });
  }
  const checked: Record<string, FieldValue> = {};
  for (const field of spec.fields) {
    const refusal = field.personal ? personalFault(spec, field, event) : fieldFault(spec, field, event.fields[field.name]);
    if (refusal !== undefined) return refusal;
    const value = event.fields[field.name];
    if (value !== undefined) checked[field.name] = isReading(field) && typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
  }
  return checked;
}

function isReading(field: FieldSpec): boolean {
  return field.type === 'ratio' || field.type === 'rate' || field.type === 'db';
}

function personalFault(spec: EventSpec, field: FieldSpec, event: NewEvent): Refusal | undefined {
  const reference = event.fields[field.name];
  const given = event.personal?.[field.name];
  const place = { type: spec.id, field: field.name };
  if (reference !== undefined && !isReference(reference)) return refuse('timeline.personal-in-clear', place);
  if (given === undefined) {
    return reference !== undefined || field.optional ? undefined : refuse('timeline.field-missing', { ...place, expected: 'personal' });
  }
  if (given.value.length <= longestPersonal) return undefined;
  return refuse('timeline.field-invalid', { ...place, expected: `≤ ${longestPersonal}`, found: `${given.value.length} characters` });
}

function fieldFault(spec: EventSpec, field: FieldSpec, value: FieldValue | undefined): Refusal | undefined {
  const place = { type: spec.id, field: field.name };
  if (value === undefined) {
    return field.optional ? undefined : refuse('timeline.field-missing', { ...place, expected: expectation(field) });
  }
  return fits(field, value) ? undefined : refuse('timeline.field-invalid', { ...place, expected: expectation(field), found: found(value) });
}

function fits(field: FieldSpec, value: FieldValue): boolean {
  switch (field.type) {
    case 'ms':
    case 'count':
    case 'rings':
      return Number.isSafeInteger(value) && Number(value) >= 0;
    case 'instant':
      return Number.isSafeInteger(value);
    case 'ratio':
      return typeof value === 'number' && value >= 0 && value <= 1;
    case 'rate':
    case 'db':
      return typeof value === 'number' && Number.isFinite(value);
    case 'bool':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string' && value.length <= longestText;
    case 'id':
      return typeof value === 'string' && value.length > 0 && value.length <= longestText;
    case 'list':
      return (
        Array.isArray(value) && value.length <= longestList && value.every((item) => typeof item === 'string' && item.length <= longestText)
      );
    case 'enum':
      return typeof value === 'string' && (field.options ?? []).includes(value);
    case 'ref':
      return isReference(value);
  }
}

function expectation(field: FieldSpec): string {
  if (field.type === 'enum') return (field.options ?? []).join(' | ');
  if (field.type === 'text' || field.type === 'id') return `${field.type} ≤ ${longestText}`;
  return field.type;
}

/** Describes a wrong value without repeating a text, which could be personal. */
function found(value: FieldValue): string {
  if (typeof value === 'string') return `text of ${value.length} characters`;
  if (typeof value === 'object') return `list of ${value.length} items`;
  return String(value);
}
