import path from 'node:path';
import { type Disagreement, passesGate } from '@threerings/core/norm-labels/score';
import type { LoadedPack } from '@threerings/norms/pack';
import { yesNo } from '../config/kinds.ts';
import { option } from '../config/option.ts';
import { openPack } from '../norm-packs/judging-pack.ts';
import { type LabelReport, labelFaults, runLabelTests, scoreLines } from '../norm-packs/labelled-tests.ts';
import { tryPack } from '../norm-packs/pack-trials.ts';
import { command, exit, type RegisteredCommand } from './command.ts';
import { coverageCommand } from './coverage-command.ts';
import { explainCommand } from './norm-commands-explain.ts';
import { judgeCommand, languageOption } from './norm-commands-judge.ts';

/** Everything about norms that needs no database. `packsFolder` holds the shipped packs, the clause catalogue and the calendar. */
export function normCommands(packsFolder: string): readonly RegisteredCommand[] {
  return [packCheckCommand(packsFolder), judgeCommand(packsFolder), explainCommand(packsFolder), coverageCommand(packsFolder)];
}

function packCheckCommand(packsFolder: string): RegisteredCommand {
  return command({
    name: 'pack check',
    summary: 'checks a norm pack, judges its told timelines and labelled conversations, and reads its example sentences',
    options: {
      language: languageOption,
      baseCases: option(yesNo, { help: 'try the stories of base packs on norms adopted with other values too', fallback: false }),
    },
    operands: [{ name: 'DIR', help: 'folder of the norm pack', required: true }],
    takesSettings: false,
    async run({ options, operands: [folder = ''], terminal }) {
      const opened = await openPack(path.normalize(folder), packsFolder, options.language);
      if (!opened.ok) return { exit: exit.no, message: opened.problems.join('\n') };
      const { pack, warnings } = opened.judging;
      for (const warning of warnings) terminal.note(warning);
      const { cases, examples, findings } = tryPack(opened.judging, options.baseCases);
      terminal.print(
        `${pack.name} version ${pack.version}${basedOn(pack)}: ${pack.norms.length} norms, ${pack.families.length} phrase families, ${cases} cases, ` +
          `${examples} example sentences; ${warnings.length} warnings, ${findings.length} findings`,
      );
      const faults = labelFaults(pack);
      const report = await runLabelTests(pack, opened.judging.program);
      for (const line of labelledLines(report)) terminal.print(line);
      const wrong = [...findings, ...faults.map((fault) => path.join(folder, fault))];
      if (wrong.length > 0) return { exit: exit.no, message: wrong.join('\n') };
      if (passesGate(report)) return { exit: exit.done };
      return { exit: exit.no, message: report.disagreements.map((one) => disagreementLine(folder, one)).join('\n') };
    },
  });
}

/** What the labelled conversations say of each norm; nothing where there are none. */
function labelledLines(report: LabelReport): readonly string[] {
  if (report.conversations + report.skipped === 0) return [];
  const skipped = report.skipped === 0 ? '' : `; ${report.skipped} stored ones are judged by the server alone`;
  return [`${report.conversations} labelled conversations${skipped}`, ...scoreLines(report).map((line) => `  ${line}`)];
}

function disagreementLine(folder: string, { file, line, name, norm, labelled, judged }: Disagreement): string {
  const values = (of: readonly string[]) => (of.length === 0 ? 'nothing' : of.join(' '));
  return `${path.join(folder, file)}:${line}:1: ${norm}: expected ${values(labelled)}, found ${values(judged)} (${name})`;
}

function basedOn({ bases }: LoadedPack): string {
  return bases.length === 0 ? '' : ` (based on ${bases.map(({ name, version }) => `${name} version ${version}`).join(', ')})`;
}
