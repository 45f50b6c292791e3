import fs from 'node:fs';
import path from 'node:path';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { engineFlags } from '@threerings/norms/flags';
import { slotGrammars } from '@threerings/norms/lexical/slots';
import { codes, problemAt } from '@threerings/norms/messages';
import { reasonWords } from '@threerings/norms/reasons';
import { languageWords, readOnlySurfaces, type WordKind } from '@threerings/norms/syntax/keywords';
import { page, table } from './table.ts';
import { notTable, truthTable } from './truth.ts';

const treeFile = path.resolve(import.meta.dirname, '../../packages/norms/src/tree.ts');

const kinds: readonly (readonly [WordKind, string])[] = [
  ['keyword', 'Keywords'],
  ['comparison', 'Comparisons'],
  ['function', 'Measures'],
  ['unit', 'Units'],
  ['severity', 'Severity'],
  ['nature', 'Nature'],
  ['responsible', 'Responsible'],
  ['proposal', 'Proposals'],
  ['calendar', 'Calendars'],
];

/** The norm language as the code has it: its words, its tree, its checks and what they say, and how truth is combined. */
export function normLanguagePage(): string {
  return page('The norm language: reference', 'packages/norms/src', [
    'For reading and writing norms begin with [the guide](../guides/norm-language.md). Words for events, intervals and scopes: [events.md](events.md).',
    '',
    ...kinds.flatMap(([kind, title]) => wordSection(kind, title)),
    ...vocabularySections(),
    ...treeSection(),
    ...truthSection(),
    ...checksSection(),
    ...reasonSection(),
    ...flagSection(),
  ]);
}

function wordSection(kind: WordKind, title: string): readonly string[] {
  const rows = languageWords.filter((word) => word.kind === kind).map(({ id, zh, en }) => [`\`${id}\``, zh, en]);
  const read = readOnlySurfaces.filter(([, of]) => of === kind).map(([surface, , id]) => `\`${surface}\` (${id})`);
  return [
    `## ${title}`,
    '',
    table(['id', '中文', 'English'], rows),
    '',
    ...(read.length > 0 ? [`Also read, never printed: ${read.join(', ')}.`, ''] : []),
  ];
}

function vocabularySections(): readonly string[] {
  const rows = (words: readonly { readonly id: string; readonly zh: string; readonly en: string }[]) =>
    table(
      ['id', '中文', 'English'],
      words.map(({ id, zh, en }) => [`\`${id}\``, zh, en]),
    );
  const slots = [...slotGrammars].map(([word, grammar]) => [
    `{${word}}`,
    `\`${grammar.id}\``,
    grammar.kind === 'typed' ? 'a grammar of its own' : `free text, ${grammar.shortest} to ${grammar.longest} characters`,
  ]);
  return [
    ...['## Roles', '', rows(vocabulary.roles), ''],
    ...['## Fields and slots', '', rows(vocabulary.fieldWords), ''],
    ...['## Slots of phrase families', '', table(['slot', 'field', 'takes'], slots), ''],
  ];
}

/** Kinds of nodes by the sections of tree.ts; they are types, so that only its text knows them all. */
function treeSection(): readonly string[] {
  const [, ...sections] = fs.readFileSync(treeFile, 'utf8').split(/^\/\/ -{10} (.+)$/m);
  const rows: string[][] = [];
  for (let i = 0; i + 1 < sections.length; i += 2) {
    const found = [...(sections[i + 1] ?? '').matchAll(/readonly kind: ((?:'\w+'(?: \| )?)+);/g)];
    const names = found.flatMap(([, union = '']) => [...union.matchAll(/'(\w+)'/g)].map(([, name = '']) => `\`${name}\``));
    if (names.length > 0) rows.push([sections[i] ?? '', names.join(' ')]);
  }
  return ['## Kinds of nodes', '', table(['group', 'kinds'], rows), ''];
}

function truthSection(): readonly string[] {
  return [
    '## Truth tables',
    '',
    'What connectives make of the verdicts that two duties alone would have. Rows are the left side (of 除非: the duty), columns the right (of',
    '除非: the excuse); – = cannot meet. From `golden/truth-tables.yaml`; every cell is tried on the engine and on the oracle',
    '(`packages/testkit/src/norms/truth-tables.test.ts`).',
    '',
    ...['### and (且, and parts of 各项)', '', truthTable('and'), ''],
    ...['### or (或, and parts of 任一)', '', truthTable('or'), ''],
    ...['### implies (则)', '', truthTable('implies'), ''],
    ...['### not (非, 不得)', '', notTable(), ''],
    ...['### unless (除非)', '', truthTable('unless'), ''],
    'Whatever is known first decides; in the table a duty that is kept is kept before its excuse comes. An excuse that still runs when the',
    'duty breaks is taken as if its time ended there. `moot` here is a duty whose time still ran when the call ended.',
    '',
  ];
}

function checksSection(): readonly string[] {
  const nowhere = { file: '', line: 1, column: 1, start: 0, end: 0 };
  const rows = codes.map((code) => {
    const { message, suggestion } = problemAt(code, nowhere);
    return [`\`${code}\``, message.zh, suggestion?.zh ?? '', message.en, suggestion?.en ?? ''];
  });
  return [
    '## Checks',
    '',
    `${rows.length} codes; a code keeps its meaning. A problem is told as \`file:line:column: code message – remedy\`.`,
    '',
    table(['code', '说明', '怎么办', 'message', 'remedy'], rows),
    '',
  ];
}

function reasonSection(): readonly string[] {
  return [
    '## Reasons of “cannot tell” and of “moot”',
    '',
    table(
      ['class', '中文', 'English'],
      Object.entries(reasonWords).map(([name, { zh, en }]) => [name, zh, en]),
    ),
    '',
  ];
}

function flagSection(): readonly string[] {
  return [
    '## Decisions of meaning',
    '',
    'Every stored judgement carries the numbers that were in force.',
    '',
    table(
      ['number', 'id', 'says'],
      engineFlags.map(({ number, id, says }) => [String(number), `\`${id}\``, says]),
    ),
  ];
}
