import fs from 'node:fs';
import path from 'node:path';
import { checkBudgets, type Exemption } from './architecture/budgets.ts';
import { inspect } from './architecture/inspect.ts';
import { cycles, rules, type Source } from './architecture/rules.ts';

const root = path.resolve(import.meta.dirname, '..');

function sourceFiles(folder: string): string[] {
  const absolute = path.join(root, folder);
  if (!fs.existsSync(absolute)) return [];
  return fs
    .readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

const packages = fs.readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/src`);
const sources: Source[] = [...packages, 'scenarios', 'bench']
  .flatMap(sourceFiles)
  .sort()
  .map((file) => ({ file, seen: inspect(file, fs.readFileSync(path.join(root, file), 'utf8')) }));
const exemptions = JSON.parse(fs.readFileSync(path.join(root, 'scripts/architecture/exemptions.json'), 'utf8')) as Exemption[];

const budgets = checkBudgets(sources, exemptions);
const problems = [
  ...sources.flatMap((source) => Object.values(rules).flatMap((rule) => rule(source))),
  ...cycles(sources),
  ...budgets.problems,
];
for (const problem of problems) console.error(problem);
const { files, fileMedian, fileP90, functionP90 } = budgets.facts;
console.log(
  `architecture: ${files} files, median ${fileMedian} lines, p90 ${fileP90}, functions p90 ${functionP90}, ${exemptions.length} exemptions, ${problems.length} problems`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
