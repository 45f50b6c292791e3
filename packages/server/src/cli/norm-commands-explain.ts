import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { explainNorm } from '@threerings/norms/explain/norm';
import { judge } from '@threerings/norms/judge';
import type { LoadedPack } from '@threerings/norms/pack';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { printAdoption, printNorm } from '@threerings/norms/syntax/print';
import type { Hand } from '@threerings/norms/syntax/print-terms';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { file, text } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { printable } from '../config/read-options.ts';
import type { TranscribedCall } from '../imports/call-file.ts';
import { explained, type JudgingPack, openPack, phrasebookOf } from '../norm-packs/judging-pack.ts';
import { suggestion } from './arguments.ts';
import { command, type Ended, exit, type RegisteredCommand, type Terminal } from './command.ts';
import { transcribedCall, transcriptOptions } from './import-commands-options.ts';
import { filesOf, packOption } from './norm-commands-judge.ts';

/** Tells people what a norm asks, and how a verdict came about. */
export function explainCommand(packsFolder: string): RegisteredCommand {
  return command({
    name: 'explain',
    summary: 'says in one sentence what a norm asks, or how each verdict on a file came about',
    options: {
      pack: packOption(packsFolder),
      timeline: option(file, { help: 'timeline or transcript whose verdicts are told', fallback: undefined, shown: 'none' }),
      norm: option(text(100), { help: 'with --timeline: this norm only', fallback: undefined, shown: 'all' }),
      ...transcriptOptions,
    },
    operands: [{ name: 'NORM', help: 'id of a norm of the pack', required: false }],
    takesSettings: false,
    async run({ options, operands: [asked], terminal }) {
      const known = transcribedCall(options);
      if (typeof known === 'string') return usage(known);
      const opened = await openPack(options.pack, packsFolder);
      if (!opened.ok) return usage(opened.problems.join('\n'));
      const { judging } = opened;
      const id = asked ?? options.norm;
      if (id === undefined && options.timeline === undefined) return usage('expected NORM, or --timeline FILE');
      const norm = judging.pack.norms.find((one) => one.id === id);
      if (id !== undefined && norm === undefined) return usage(unknownNorm(judging, id));
      if (options.timeline !== undefined) return tellVerdicts(judging, options.timeline, known, norm?.id, terminal);
      if (norm !== undefined) for (const line of aboutNorm(judging, norm)) terminal.print(line);
      return { exit: exit.done };
    },
  });
}

const usage = (message: string): Ended => ({ exit: exit.usage, message });

function unknownNorm({ pack }: JudgingPack, id: string): string {
  const ids = pack.norms.map((norm) => norm.id);
  return `expected a norm of the pack ${pack.name}, found "${printable(id)}"${suggestion(id, ids)}; it has ${ids.join(', ')}`;
}

function aboutNorm({ pack, clauses }: JudgingPack, norm: ResolvedNorm): readonly string[] {
  const { zh, en } = explainNorm(norm, phrasebookOf(pack, norm.id));
  const titles = [norm.title, pack.english.get(norm.id)?.title].filter((title) => title !== undefined);
  const cited = norm.cites.flatMap((cite) => {
    const clause = clauses.get(cite);
    return clause === undefined
      ? [`  ${cite}`]
      : [`  ${cite}  《${clause.document}》 ${clause.zh}`, `  ${' '.repeat(cite.length)}  ${clause.en}`];
  });
  const lexicon = buildLexicon(vocabulary);
  const printed = (['zh', 'en'] as const).flatMap((tongue) => asWritten(pack, norm, { lexicon, tongue }));
  return [[norm.id, ...titles].join('  '), '', zh, en, ...(cited.length > 0 ? ['', ...cited] : []), ...printed];
}

/** The text of a norm; of an adopted one the adoption, and what it adopts. */
function asWritten(pack: LoadedPack, { id, adopted }: ResolvedNorm, hand: Hand): readonly string[] {
  const norm = pack.tree.norms.find((one) => one.id === id);
  if (norm !== undefined) return ['', ...printNorm(hand, norm)];
  const adoption = pack.tree.adoptions.find((one) => (one.id ?? one.norm) === id);
  const base = pack.bases.find(({ name }) => name === adopted?.pack);
  const origin = base?.norms.find((one) => one.id === adopted?.norm);
  if (adoption === undefined || base === undefined || origin === undefined) return [];
  return ['', ...printAdoption(hand, adoption), ...asWritten(base, origin, hand)];
}

async function tellVerdicts(
  judging: JudgingPack,
  given: string,
  known: TranscribedCall,
  norm: string | undefined,
  terminal: Terminal,
): Promise<Ended> {
  let faulty = false;
  for await (const read of filesOf(given, known, terminal)) {
    faulty ||= read === undefined;
    for (const call of read?.calls ?? []) {
      terminal.print(`${read?.file}${call.name === undefined ? '' : ` · ${call.name}`}`);
      for (const verdict of judge(judging.program, call.events)) {
        if (norm !== undefined && verdict.norm !== norm) continue;
        const { zh, en } = explained(judging.pack, verdict, call.events, call.begins);
        for (const line of ['', `${verdict.value}  ${verdict.norm}  ${verdict.who ?? '–'}`, `  ${zh}`, `  ${en}`]) terminal.print(line);
      }
    }
  }
  return { exit: faulty ? exit.usage : exit.done };
}
