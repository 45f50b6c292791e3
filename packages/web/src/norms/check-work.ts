import { checkTexts } from '@threerings/core/norm-text/check-texts';
import { shippedSettings } from '@threerings/core/settings/defaults';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { explainNorm } from '@threerings/norms/explain/norm';
import { explainVerdict } from '@threerings/norms/explain/verdict';
import { judge } from '@threerings/norms/judge';
import type { LoadedPack } from '@threerings/norms/pack';
import { compile } from '@threerings/norms/program';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { parse } from '@threerings/norms/syntax/parse';
import { print } from '@threerings/norms/syntax/print';
import type { Checked, FromChecker, NormOutline, ParameterOutline, TextsToCheck, ToChecker, TriedVerdict } from './checking.ts';
import { compare } from './comparing.ts';

const lexicon = buildLexicon(vocabulary);
/** As the server judges: below it a phrase is only possibly said. */
const minConfidence = 0.5;

/** Answers one question about the texts of a pack. Pure: it runs in a worker, so that typing never waits for it. */
export function answer(question: ToChecker, now: () => number): FromChecker {
  const { id } = question;
  switch (question.kind) {
    case 'check':
      return { id, kind: 'check', checked: check(question, now) };
    case 'try':
      return { id, kind: 'try', verdicts: tried(question) };
    case 'compare': {
      const { texts, before } = question;
      const sides = {
        before: { texts: before, pack: checkOf({ ...question, texts: before }).pack },
        after: { texts, pack: checkOf(question).pack },
      };
      return { id, kind: 'compare', comparison: compare(sides.before, sides.after, lexicon) };
    }
    case 'print':
      return { id, kind: 'print', text: inTongue(question.text, question.tongue) };
  }
}

const checkOf = ({ texts, bases, clauses }: TextsToCheck) =>
  checkTexts(texts, new Map(bases), clauses.length === 0 ? undefined : new Set(clauses), lexicon);

function check(given: TextsToCheck, now: () => number): Checked {
  const begun = now();
  const { pack, problems, wants } = checkOf(given);
  const parameters = given.texts.flatMap(({ path, text }) => (path.endsWith('.norm') ? parametersIn(path, text) : []));
  return { problems, wants, norms: pack && outlinesOf(pack), parameters, ms: now() - begun };
}

function outlinesOf(pack: LoadedPack): NormOutline[] {
  return pack.norms.map((norm) => {
    const adoption = pack.tree.adoptions.find((one) => (one.id ?? one.norm) === norm.id);
    const { file, line, start: from, end: to } = (adoption ?? norm).span;
    const book = { lexicon, families: pack.families, labels: pack.english.get(norm.id)?.labels };
    const { id, title = id, cites, severity = 'minor', points = 0 } = norm;
    return { norm: id, title, cites, severity, points, file, line, from, to, sentence: explainNorm(norm, book) };
  });
}

/** Figures that stand as plain values: `参数 max_rings “…” = 2 声`. */
function parametersIn(file: string, text: string): ParameterOutline[] {
  return parse(text, file, lexicon).pack.params.flatMap(({ name, title, value, span }) => {
    if (value === undefined || value.kind !== 'quantity') return [];
    const { start: from, end: to } = value.span;
    return [{ name, title: title ?? name, file, line: span.line, from, to, value: text.slice(from, to) }];
  });
}

function tried({ events, calendar, ...given }: Extract<ToChecker, { kind: 'try' }>): TriedVerdict[] | undefined {
  const { pack } = checkOf(given);
  if (pack === undefined) return undefined;
  const { ringToneMs: onMs, ringPauseMs: offMs } = shippedSettings;
  const { families } = pack;
  const program = compile([pack], { vocabulary, families, minConfidence, calendar, cadence: { onMs, offMs, phaseMs: 0 } });
  const scopeStart = events[0]?.occurredAt ?? 0;
  return judge(program, events).flatMap((verdict) => {
    const norm = pack.norms.find(({ id }) => id === verdict.norm);
    if (norm === undefined) return [];
    const book = { lexicon, families, labels: pack.english.get(norm.id)?.labels };
    const explanation = explainVerdict({ verdict, norm, events, scopeStart }, book);
    const { value, at } = verdict;
    return [
      { norm: norm.id, title: norm.title ?? norm.id, value, at, explanation, witnesses: verdict.witnesses.map(({ event }) => event) },
    ];
  });
}

/** The same file in the other keyword language; undefined where it does not parse. Comments are not kept. */
function inTongue(text: string, tongue: 'zh' | 'en'): string | undefined {
  const { pack, problems } = parse(text, '', lexicon);
  return problems.some(({ severity }) => severity === 'error') ? undefined : print(pack, tongue, lexicon);
}
