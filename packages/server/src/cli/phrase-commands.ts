import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { compileLexicon, type Lexicon, read } from '@threerings/norms/lexical/lexicon';
import { nearest } from '@threerings/norms/nearest';
import type { PhraseFamily } from '@threerings/norms/phrases';
import { choice, folder, text, yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { linesOf } from '../imports/lines.ts';
import { readPack } from '../norm-packs/read-pack.ts';
import { command, exit, finding, type RegisteredCommand, type Terminal } from './command.ts';

/** Looks for phrase families in text: for whoever writes families, and for whoever wants to know how well they hear. */
export function phraseCommands(packsFolder: string): readonly RegisteredCommand[] {
  return [matchCommand(packsFolder)];
}

function matchCommand(packsFolder: string): RegisteredCommand {
  return command({
    name: 'phrases match',
    summary: 'finds the phrases of families in lines of text; one JSON object a hit: line, family, from and to in that line, slots, score',
    options: {
      family: option(text(1000), { help: 'families to look for, with commas between', fallback: '', shown: 'all of the pack' }),
      pack: option(folder, { help: 'folder of the norm pack', fallback: `${packsFolder}phrases`, shown: 'the shipped pack phrases' }),
      role: option(choice('agent', 'customer', 'anybody'), {
        help: 'who says the lines: families of the other side are not heard',
        fallback: 'anybody',
      }),
      recognised: option(yesNo, {
        help: 'the text was written by a recogniser: families that allow it are heard by their sound',
        fallback: false,
      }),
    },
    operands: [
      { name: 'FILE|-', help: 'text in UTF-8, one utterance a line; standard input when absent or -', required: false, many: true },
    ],
    takesSettings: false,
    async run({ options, operands, terminal }) {
      const pack = await readPack(options.pack, undefined, 'en');
      if (!pack.ok) return { exit: exit.usage, message: pack.problems.join('\n') };
      const wanted = options.family === '' ? pack.pack.families.map(({ id }) => id) : options.family.split(',').map((id) => id.trim());
      const refusal = unknownFamilies(wanted, pack.pack.families);
      if (refusal !== undefined) return { exit: exit.usage, message: refusal };
      const listening = pack.pack.families.filter(({ id, role }) => wanted.includes(id) && heardFrom(role, options.role));
      const lexicon = compileLexicon(listening, []);
      const several = operands.length > 1;
      for (const file of operands.length === 0 ? ['-'] : operands) {
        const fault = await matchLines({ lexicon, recognised: options.recognised }, file, several, terminal);
        if (fault !== undefined) return { exit: exit.usage, message: fault };
      }
      return { exit: exit.done };
    },
  });
}

function heardFrom(role: PhraseFamily['role'], speaker: 'agent' | 'customer' | 'anybody'): boolean {
  return role === undefined || speaker === 'anybody' || role === speaker;
}

function unknownFamilies(wanted: readonly string[], families: readonly PhraseFamily[]): string | undefined {
  const known = families.map(({ id }) => id);
  const unknown = wanted.find((id) => !known.includes(id));
  if (unknown === undefined) return undefined;
  const like = nearest(unknown, known);
  return `--family: expected a family of the pack${like === undefined ? '' : `, perhaps ${like}`}, found "${unknown}"`;
}

/** What is wrong with the file, or undefined when all of it was read. */
async function matchLines(
  { lexicon, recognised }: { readonly lexicon: Lexicon; readonly recognised: boolean },
  file: string,
  named: boolean,
  terminal: Terminal,
): Promise<string | undefined> {
  if (file !== '-') {
    const missing = await access(file, constants.R_OK).then(
      () => undefined,
      (error: unknown) =>
        `${file}: expected a text file, found ${error instanceof Error && 'code' in error ? String(error.code) : 'nothing'}`,
    );
    if (missing !== undefined) return missing;
  }
  const chunks = file === '-' ? terminal.input?.() : createReadStream(file);
  if (chunks === undefined) return 'expected a file, because there is no standard input';
  for await (const line of linesOf(file === '-' ? 'standard input' : file, chunks)) {
    if (!line.ok) return finding(line.fault, line.fault.expected, line.fault.found);
    const place = { ...(named ? { file } : {}), line: line.line };
    for (const hits of read(lexicon, line.text, recognised).families.values()) {
      for (const { family, span, slots, unclear, score, guarded } of hits) {
        if (guarded !== undefined) continue;
        const [from, to] = span;
        const uncertain = unclear.length === 0 ? {} : { unclear };
        terminal.print(JSON.stringify({ ...place, family, from, to, text: line.text.slice(from, to), slots, ...uncertain, score }));
      }
    }
  }
  return undefined;
}
