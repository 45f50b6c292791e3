import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { schemaText, vocabularyHash } from './vocabulary/hash.ts';
import { attributeEvents, attributes, staffRoles } from './vocabulary/words.ts';
import { eventSpec, sourceOf, vocabulary } from './vocabulary.ts';

function repeated(words: readonly string[]): readonly string[] {
  return words.filter((word, at) => words.indexOf(word) !== at);
}

describe('the vocabulary', () => {
  it('has the schema that its hash was taken from', () => {
    const found = createHash('sha256').update(schemaText(vocabulary)).digest('hex');
    expect(
      found,
      'the event table changed: an added optional field or a new type needs only the new hash in timeline/vocabulary/hash.ts; ' +
        'any other change needs v + 1 and an upcaster for events already stored, then the new hash',
    ).toBe(vocabularyHash);
  });

  it('names each event, interval, scope, role and field word once, in Chinese and in English', () => {
    for (const table of [vocabulary.events, vocabulary.intervals, vocabulary.scopes, vocabulary.roles, vocabulary.fieldWords]) {
      expect(repeated(table.map((row) => row.id))).toEqual([]);
      expect(repeated(table.map((row) => row.zh))).toEqual([]);
      expect(repeated(table.map((row) => row.en))).toEqual([]);
    }
  });

  it('names the fields of an event once each, and lists the options of every choice', () => {
    for (const spec of vocabulary.events) {
      expect(repeated(spec.fields.map((field) => field.name)), spec.id).toEqual([]);
      for (const field of spec.fields) {
        expect((field.options ?? []).length > 1, `${spec.id}.${field.name}`).toBe(field.type === 'enum');
        expect(field.personal, `${spec.id}.${field.name}`).toBe(field.type === 'ref');
      }
    }
  });

  it('opens and closes intervals and scopes by events that exist', () => {
    const named = [
      ...vocabulary.intervals.flatMap((row) => [...row.opens, ...row.closes]),
      ...vocabulary.scopes.flatMap((row) => [...row.begins, ...row.ends]),
      ...attributeEvents,
    ];
    expect(named.filter((type) => eventSpec(type) === undefined)).toEqual([]);
  });

  it('tells intervals apart by a required field of their opening and closing events', () => {
    for (const interval of vocabulary.intervals) {
      if (interval.key === undefined || interval.key === 'by') continue;
      for (const type of interval.opens) {
        expect(
          eventSpec(type)?.fields.map((field) => field.name),
          type,
        ).toContain(interval.key);
      }
    }
  });

  it('has an event for every attribute of an interaction', () => {
    const fields = attributeEvents.flatMap((type) => eventSpec(type)?.fields.map((field) => field.name) ?? []);
    expect(attributes.filter((name) => !fields.includes(name))).toEqual([]);
  });

  it('gives every actor a role', () => {
    const known = new Set(vocabulary.roles.map((role) => role.id));
    expect(vocabulary.events.filter((spec) => !['*', '-'].includes(spec.actor) && !known.has(spec.actor))).toEqual([]);
    expect(staffRoles.filter((role) => !known.has(role))).toEqual([]);
  });

  it('gives speech to the side that spoke and source events to the source they speak about', () => {
    expect(sourceOf({ type: 'speech.said', by: 'customer' })).toBe('speech.customer');
    expect(sourceOf({ type: 'speech.said', by: 'receiver' })).toBe('speech.agent');
    expect(sourceOf({ type: 'source.gap-started', source: 'audio' })).toBe('audio');
    expect(sourceOf({ type: 'hold.requested' })).toBe('desk');
    expect(sourceOf({ type: 'hold.invented' })).toBeUndefined();
  });
});
