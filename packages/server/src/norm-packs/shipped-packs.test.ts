import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readToldTimelines, type ToldCase } from '@threerings/core/timeline/told-timeline';
import { judge } from '@threerings/norms/judge';
import { compileLexicon, read } from '@threerings/norms/lexical/lexicon';
import type { LoadedPack } from '@threerings/norms/pack';
import type { TraceEvent } from '@threerings/norms/trace';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { beforeAll, describe, expect, test } from 'vitest';
import { packNames } from '../coverage/pack-carriers.ts';
import { type JudgingPack, openPack } from './judging-pack.ts';
import { tryPack } from './pack-trials.ts';
import type { KnownPacks } from './read-pack.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const folders = packNames(packs);
const known: KnownPacks = new Map();

async function opened(name: string): Promise<JudgingPack> {
  const result = await openPack(path.join(packs, name), packs, 'en', known);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.judging;
}

test('the base pack is among the packs', () => {
  expect(folders).toContain('common');
});

describe.each(folders)('the pack %s', (name) => {
  let judging: JudgingPack;
  beforeAll(async () => {
    judging = await opened(name);
  });

  test('is read without a warning', () => {
    expect(judging.warnings).toEqual([]);
  });

  test('judges its told timelines and hears its example sentences as it says', () => {
    const { cases, examples, findings } = tryPack(judging);
    expect(findings).toEqual([]);
    expect(cases + examples).toBeGreaterThan(0);
  });

  test('says everything that people see in English too', () => {
    for (const norm of judging.pack.norms) {
      const english = judging.pack.english.get(norm.id);
      const messages = norm.actions.filter((action) => 'message' in action && action.message !== undefined);
      expect([norm.id, english?.title !== undefined, english?.messages.length]).toEqual([norm.id, true, messages.length]);
      expect([norm.id, labelsOf(norm).filter((label) => english?.labels[label] === undefined)]).toEqual([norm.id, []]);
    }
  });
});

describe('the base pack', () => {
  let judging: JudgingPack;
  beforeAll(async () => {
    judging = await opened('common');
  });

  test('tells of each norm an ordinary good call, a bad one and a tempting one', () => {
    const told = toldKinds(judging.pack);
    const lacking = judging.pack.norms.filter(({ id }) => !['good', 'bad', 'tempting'].every((kind) => told.get(id)?.has(kind)));
    expect(lacking.map(({ id }) => id)).toEqual([]);
  });

  test('has a call that keeps, a call that breaks and a call that tempts among the verdicts expected of each norm', () => {
    const values = new Map<string, Set<string>>();
    for (const { norm, expected } of casesOf(judging.pack)) {
      const seen = values.get(norm) ?? new Set();
      for (const { value } of expected) seen.add(value);
      values.set(norm, seen);
    }
    const unbreakable = judging.pack.norms.filter(({ id }) => values.get(id)?.has('broken') !== true);
    expect(unbreakable.map(({ id }) => id)).toEqual([]);
    const unkeepable = judging.pack.norms.filter((norm) => values.get(norm.id)?.has('kept') !== true && !breachAlone(norm));
    expect(unkeepable.map(({ id }) => id)).toEqual([]);
  });

  test('gives every family sentences in which it is heard, and sentences in which it is not', () => {
    const bare = judging.pack.families.filter(({ hit, miss }) => hit.length === 0 || miss.length === 0);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  test('hears paraphrases of what is prescribed, and nothing in sentences that mean nothing by it', () => {
    const lexicon = compileLexicon(judging.pack.families, []);
    const wrong = paraphrases.flatMap(({ who, sentence, families }) => {
      const heard = [...read(lexicon, sentence).families].flatMap(([id, hits]) =>
        hits.some(({ guarded }) => guarded === undefined) ? [id] : [],
      );
      if (who === 'customer') {
        const answers = heard.filter((id) => callersAnswers.includes(id)).sort();
        return answers.join() === [...families].sort().join() ? [] : [`${sentence}: heard as ${answers.join()}`];
      }
      const alarms = heard.filter((id) => id.startsWith('forbidden_'));
      if (alarms.length > 0) return [`${sentence}: heard as ${alarms.join()}`];
      return families.length === 0 || families.some((id) => heard.includes(id)) ? [] : [`${sentence}: not heard as ${families.join()}`];
    });
    expect(paraphrases.length).toBeGreaterThan(250);
    expect(wrong).toEqual([]);
  });

  test('forbids no sentence that another norm prescribes', () => {
    const { families, norms } = judging.pack;
    const forbidden = new Set(
      norms
        .filter(({ body }) => body.kind === 'breach')
        .flatMap((norm) => familiesIn(norm.trigger))
        .filter((id) => !saidByCaller(id)),
    );
    const lexicon = compileLexicon(families, []);
    const alarms = families
      .filter(({ id }) => !forbidden.has(id) && !saidByCaller(id))
      .flatMap(({ id, hit, say }) => [...hit, ...(say === undefined ? [] : [say])].map((sentence) => ({ id, sentence })))
      .flatMap(({ id, sentence }) =>
        [...read(lexicon, sentence).families].flatMap(([heard, hits]) =>
          forbidden.has(heard) && hits.some(({ guarded }) => guarded === undefined) ? [`${id}: “${sentence}” is heard as ${heard}`] : [],
        ),
      );
    expect(forbidden.size).toBeGreaterThan(0);
    expect(alarms).toEqual([]);
  });
});

/** Sentences of people: who says it, and families of which one at least must be heard (of a caller: exactly these answers). */
const paraphrases = readFileSync(path.join(packs, '../golden/base-pack/sentences.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [who = '', sentence = '', families = ''] = line.split('\t');
    return { who, sentence, families: families === '-' ? [] : families.split(',') };
  });
const callersAnswers = ['consent_yes', 'consent_no', 'confirm_yes', 'confirm_no', 'no_more', 'farewell', 'thanks', 'say_surname'];

const callersFamilies = ['consent_yes', 'consent_no', 'confirm_yes', 'confirm_no', 'give_number', 'say_surname', 'no_more'];

describe('whole calls, judged by every norm of the base pack', () => {
  const told = readToldTimelines(readFileSync(path.join(packs, '../golden/base-pack/whole-calls.timeline'), 'utf8'));
  const calls = 'cases' in told ? told.cases : [];
  let judging: JudgingPack;
  beforeAll(async () => {
    judging = await opened('common');
  });
  const brokenIn = (events: readonly TraceEvent[]) =>
    judge(judging.program, events)
      .filter(({ value }) => value === 'broken')
      .map(({ norm }) => norm);
  const good = (call: ToldCase) => call.name.startsWith('good');

  test('are told', () => {
    expect(calls.map(({ name }) => name.split(':')[0])).toEqual(['good', 'good', 'good', 'bad']);
  });

  test('good ones break none', () => {
    expect(calls.filter(good).map(({ name, events }) => [name, brokenIn(events)])).toEqual(
      calls.filter(good).map(({ name }) => [name, []]),
    );
  });

  test('good ones that nobody transcribed break none either', () => {
    for (const { name, events } of calls.filter(good)) expect([name, brokenIn(untranscribed(events))]).toEqual([name, []]);
  });

  test('the bad one breaks what a person would name', () => {
    const broken = calls.filter((call) => !good(call)).flatMap(({ events }) => brokenIn(events));
    expect(broken).toEqual(
      expect.arrayContaining(
        [
          ['answer-within-rings', 'late-answer-apology', 'opening-formula', 'hold-consent', 'hold-explain-reason', 'hold-reprompt'],
          ['forbidden-phrases', 'no-shirk-handoff', 'no-argue', 'no-abuse-or-attack', 'leader-callback'],
          ['customer-hangs-up-first', 'record-every-call', 'complaint-record'],
        ].flat(),
      ),
    );
  });
});

/** The same call, had nobody listened: no words, and both sources of speech say so from the beginning on. */
function untranscribed(events: readonly TraceEvent[]): readonly TraceEvent[] {
  const first = events[0];
  if (first === undefined) return [];
  const gaps = (['speech.agent', 'speech.customer'] as const).map(
    (source, index): TraceEvent => ({
      id: `gap-${index}`,
      seq: index - 2,
      type: 'source.gap-started',
      source,
      occurredAt: first.occurredAt,
      fields: { source, reason: 'no-engine' },
    }),
  );
  return [...gaps, ...events.filter(({ type }) => type !== 'speech.said' && type !== 'speech.emotion')];
}

/** Families of what callers say; a forbidden word there is no agent's. */
function saidByCaller(family: string): boolean {
  return family.startsWith('customer_') || callersFamilies.includes(family);
}

function breachAlone(norm: ResolvedNorm): boolean {
  return norm.body.kind === 'breach';
}

function casesOf(pack: LoadedPack) {
  return pack.cases.flatMap(({ text }) => {
    const told = readToldTimelines(text);
    return 'cases' in told ? told.cases : [];
  });
}

function toldKinds(pack: LoadedPack): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const { norm, name } of casesOf(pack)) {
    const known = kinds.get(norm) ?? new Set();
    kinds.set(norm, known.add(name.split(':')[0] ?? ''));
  }
  return kinds;
}

function labelsOf(norm: ResolvedNorm): string[] {
  return norm.body.kind === 'parts' ? norm.body.items.flatMap(({ label }) => label ?? []) : [];
}

function familiesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(familiesIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('kind' in value && value.kind === 'family' && 'name' in value && typeof value.name === 'string') return [value.name];
  return Object.entries(value).flatMap(([key, child]) => (key === 'span' ? [] : familiesIn(child)));
}
