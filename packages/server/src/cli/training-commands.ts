import { readFile, stat } from 'node:fs/promises';
import { readNorms } from '../composition/norms-in-force.ts';
import { packNamedIn, scriptTexts, trainingFolder } from '../training/delivered-scripts.ts';
import { faultLine, readScript } from '../training/script-text.ts';
import { TrainingPacks } from '../training/training-norms.ts';
import { command, exit, type RegisteredCommand } from './command.ts';
import { languageOption } from './norm-commands-judge.ts';

/** What needs no database: whoever writes a script for trainings checks it before it is published. */
export function trainingCommands(packsFolder: string): readonly RegisteredCommand[] {
  return [trainingCheckCommand(packsFolder)];
}

function trainingCheckCommand(packsFolder: string): RegisteredCommand {
  return command({
    name: 'training check',
    summary: 'checks caller scripts of trainings: what cannot be meant is told with file, line and what was expected',
    options: { language: languageOption },
    operands: [{ name: 'FILE|DIR', help: 'scripts in YAML; the delivered ones when absent', required: false, many: true }],
    takesSettings: false,
    async run({ options, operands, terminal }) {
      const found = await textsOf(operands.length === 0 ? [trainingFolder] : operands);
      if ('unreadable' in found) return { exit: exit.usage, message: `${found.unreadable}: cannot be read` };
      const norms = await readNorms();
      const packs = new TrainingPacks(packsFolder, new Set(norms.clauses.keys()), norms.calendar.table);
      await packs.read(found.texts.flatMap(({ text }) => packNamedIn(text) ?? []));
      const wrong: string[] = [];
      for (const { file, text } of found.texts) {
        const read = readScript(file, text, (pack) => packs.known(norms.book, pack));
        if (!read.ok) wrong.push(...read.faults.map((fault) => faultLine(fault, options.language)));
        else {
          const { script, version, states, steps, stops } = read.script;
          const count = Object.keys(states).length;
          terminal.print(`${file}: ${script} version ${version}: ${count} states, ${steps.length} steps, ${stops.length} stops`);
        }
      }
      return wrong.length === 0 ? { exit: exit.done } : { exit: exit.no, message: wrong.join('\n') };
    },
  });
}

type Texts = { readonly texts: Awaited<ReturnType<typeof scriptTexts>> } | { readonly unreadable: string };

async function textsOf(names: readonly string[]): Promise<Texts> {
  const texts: { readonly file: string; readonly text: string }[] = [];
  for (const file of names) {
    const kind = await stat(file).catch(() => undefined);
    if (kind?.isDirectory() === true) texts.push(...(await scriptTexts(file)));
    else {
      const text = await readFile(file, 'utf8').catch(() => undefined);
      if (text === undefined) return { unreadable: file };
      texts.push({ file, text });
    }
  }
  return { texts };
}
