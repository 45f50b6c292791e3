import type { Tongue } from '../problem.ts';
import type { Action, Adoption, Duty, Norm, Pack, Trigger } from '../tree.ts';
import type { Lexicon } from './lexicon.ts';
import { printFormula } from './print-formula.ts';
import { beside, type Hand, keyword, named, printExpression, printPatterns, printRole, quoted, separator, word } from './print-terms.ts';

/**
 * The canonical text of a pack in one tongue: `parse(print(tree)) = tree`, and printing what was printed changes nothing.
 * Only trees without problems can be printed.
 */
export function print(pack: Pack, tongue: Tongue, lexicon: Lexicon): string {
  const hand: Hand = { lexicon, tongue };
  const norms = [...pack.adoptions.map((adoption) => printAdoption(hand, adoption)), ...pack.norms.map((norm) => printNorm(hand, norm))];
  const lines = [...printHeader(hand, pack), ...norms.flatMap((text) => ['', ...text])];
  return `${lines.join('\n')}\n`;
}

/** Parts of a line, without those that are absent. */
function line(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function title(text: string | undefined): string | undefined {
  return text === undefined ? undefined : quoted(text);
}

function printHeader(hand: Hand, pack: Pack): readonly string[] {
  const version = pack.version === undefined ? undefined : `${keyword(hand, 'version')} ${pack.version}`;
  const lines = pack.name === undefined ? [] : [line(keyword(hand, 'pack'), named(hand, pack.name), title(pack.title), version)];
  for (const b of pack.bases) lines.push(line(keyword(hand, 'base'), named(hand, b.name), keyword(hand, 'version'), String(b.version)));
  for (const s of pack.sources) lines.push(line(keyword(hand, 'source'), named(hand, s.id), quoted(s.title)));
  for (const p of pack.params) {
    const value = p.value === undefined ? keyword(hand, 'undecided') : printExpression(hand, p.value);
    lines.push(line(keyword(hand, 'param'), named(hand, p.name), title(p.title), '=', value));
  }
  for (const l of pack.lists) {
    const items = printExpression(hand, { kind: 'listOf', items: l.items, span: l.span });
    lines.push(line(keyword(hand, 'list'), named(hand, l.name), '=', items));
  }
  for (const d of pack.defines) lines.push(line(keyword(hand, 'define'), named(hand, d.name), '=', printPatterns(hand, d.pattern)));
  if (pack.applies !== undefined) lines.push(line(keyword(hand, 'applies'), printFormula(hand, pack.applies)));
  return lines;
}

/** One norm alone, for the editor and for reports. */
export function printNorm(hand: Hand, n: Norm): readonly string[] {
  const clauses = [
    printMeta(hand, n),
    n.note === undefined ? undefined : line(keyword(hand, 'note'), quoted(n.note)),
    n.trigger === undefined ? undefined : printTrigger(hand, n.trigger),
    n.guard === undefined ? undefined : line(keyword(hand, 'if'), printFormula(hand, n.guard)),
    ...n.duties.map((duty) => printDuty(hand, duty)),
    n.unless === undefined ? undefined : line(keyword(hand, 'unless'), printFormula(hand, n.unless)),
    n.atEnd === undefined ? undefined : line(keyword(hand, 'atEnd'), keyword(hand, n.atEnd)),
    ...n.actions.map((action) => printAction(hand, action)),
  ];
  const head = line(keyword(hand, 'norm'), named(hand, n.id), title(n.title));
  return [head, ...clauses.filter((clause) => clause !== undefined && clause !== '').map((clause) => `  ${clause}`)];
}

/** One adoption alone. */
export function printAdoption(hand: Hand, a: Adoption): readonly string[] {
  const as = a.id === undefined ? undefined : line(keyword(hand, 'as'), named(hand, a.id));
  const values = a.values.map(({ name, value }) => `${named(hand, name)} = ${printExpression(hand, value)}`);
  const clauses = [
    printMeta(hand, a),
    a.note === undefined ? undefined : line(keyword(hand, 'note'), quoted(a.note)),
    values.length === 0 ? undefined : line(keyword(hand, 'where'), values.join(separator(hand))),
    ...a.actions.map((action) => printAction(hand, action)),
  ];
  const head = line(keyword(hand, 'adopt'), named(hand, a.base), named(hand, a.norm), as, title(a.title));
  return [head, ...clauses.filter((clause) => clause !== undefined && clause !== '').map((clause) => `  ${clause}`)];
}

/** What a norm says about itself; an adoption leaves out what is as in the base pack, a norm what is usual. */
function printMeta(hand: Hand, n: Norm | Adoption): string {
  const usual = n.kind === 'norm' ? { severity: 'major', responsible: 'then', nature: 'finding' } : undefined;
  const parts: string[] = [];
  if (n.cites.length > 0) parts.push(line(keyword(hand, 'cites'), ...n.cites));
  if (n.severity !== usual?.severity && n.severity !== undefined)
    parts.push(line(keyword(hand, 'severity'), word(hand, 'severity', n.severity)));
  if (n.points !== undefined) parts.push(line(keyword(hand, 'points'), String(n.points)));
  if (n.kind === 'norm' && n.scope !== 'call') parts.push(line(keyword(hand, 'scope'), word(hand, 'scope', n.scope)));
  if (n.responsible !== usual?.responsible && n.responsible !== undefined)
    parts.push(line(keyword(hand, 'responsible'), word(hand, 'responsible', n.responsible)));
  if (n.nature !== usual?.nature && n.nature !== undefined) parts.push(line(keyword(hand, 'nature'), word(hand, 'nature', n.nature)));
  if (n.effective !== undefined) {
    const to = n.effective.to === undefined ? undefined : line(keyword(hand, 'to'), n.effective.to);
    parts.push(line(keyword(hand, 'effective'), n.effective.from, to));
  }
  return parts.join('   ');
}

export function printTrigger(hand: Hand, t: Trigger): string {
  switch (t.kind) {
    case 'onScope':
      return keyword(hand, 'throughout');
    case 'onInterval':
      return `${keyword(hand, 'during')} ${printRole(hand, t.role)}${word(hand, 'interval', t.interval)}`;
    case 'onLasting': {
      const interval = `${printRole(hand, t.role)}${word(hand, 'interval', t.interval)}`;
      return line(keyword(hand, 'when'), interval, keyword(hand, 'lasting'), printExpression(hand, t.length));
    }
    case 'onEvent': {
      const patterns = printPatterns(hand, t.pattern);
      if (t.which === 'first') return line(keyword(hand, 'when'), beside(hand, keyword(hand, 'first'), patterns));
      const nth = typeof t.which === 'number' ? line(keyword(hand, 'nth'), String(t.which), keyword(hand, 'nthOf')) : undefined;
      return line(keyword(hand, 'when'), nth, patterns);
    }
  }
}

function printDuty(hand: Hand, d: Duty): string {
  if (d.mode === 'breach') return keyword(hand, 'breach');
  const formula = printFormula(hand, d.formula);
  // `must (not …)` is not to be read as `must not`, by people either
  return d.mode === 'must' && d.formula.kind === 'not'
    ? line(keyword(hand, 'must'), `(${formula})`)
    : beside(hand, keyword(hand, d.mode), formula);
}

function printAction(hand: Hand, a: Action): string {
  const message = 'message' in a ? title(a.message) : undefined;
  const phrase = a.kind === 'coach' && a.phrase !== undefined ? line(keyword(hand, 'phrase'), named(hand, a.phrase)) : undefined;
  if (a.kind === 'coach' && a.on === 'warning') {
    const lead = a.lead === undefined ? undefined : printExpression(hand, a.lead);
    return line(keyword(hand, 'warn'), keyword(hand, 'ahead'), lead, message, phrase);
  }
  const object = a.kind === 'alert' ? word(hand, 'role', a.to) : a.kind === 'propose' ? word(hand, 'proposal', a.what) : undefined;
  const points = a.kind === 'score' ? String(a.points) : undefined;
  const due = a.kind === 'propose' && a.due !== undefined ? line(keyword(hand, 'latest'), printExpression(hand, a.due)) : undefined;
  const occasion = a.on === 'kept' ? 'whenKept' : a.on === 'triggered' ? 'atOnce' : 'else';
  return line(keyword(hand, occasion), keyword(hand, a.kind), object, points, message, phrase, due);
}
