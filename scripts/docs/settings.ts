import fs from 'node:fs';
import path from 'node:path';
import { settings } from '@threerings/core/settings/defaults';
import { settingsMarkdown } from '@threerings/server/config';
import { page, table } from './table.ts';

/** Every flag and variable of the server. */
export function settingsPage(): string {
  return page('Settings of the server', 'packages/server/src/config.ts', [
    'The command line wins over the environment, the environment over the default. `threerings serve --help` prints the same table.',
    '',
    settingsMarkdown().trimEnd(),
  ]);
}

const minute = 60_000;

function shownValue(unit: string, value: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  if (unit === 'minute of the day') return `${two(Math.floor(value / 60))}:${two(value % 60)}`;
  if (unit === 'ratio') return `${value * 100} %`;
  if (unit === 'ms') return value >= minute && value % minute === 0 ? `${value / minute} min` : `${value / 1000} s`;
  return unit === 'days' ? `${value} days` : String(value);
}

const packages = path.resolve(import.meta.dirname, '../../packages');

/** The production code that could read a figure, as one text. */
function readers(): string {
  const files = ['core/src', 'server/src'].flatMap((folder) =>
    fs.readdirSync(path.join(packages, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(packages, folder, file)),
  );
  const production = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('settings/defaults.ts'));
  return production.map((file) => fs.readFileSync(file, 'utf8')).join('\n');
}

/** The figures of a hotline: what ships, and between which bounds it may be set. */
export function hotlineSettingsPage(): string {
  const code = readers();
  const isRead = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const rows = Object.entries(settings).map(([name, { unit, default: shipped, least, most, zh, en }]) => [
    `\`${name}\``,
    zh,
    en,
    shownValue(unit, shipped),
    `${shownValue(unit, least)} – ${shownValue(unit, most)}`,
    isRead(name) ? '✓' : '',
  ]);
  return page('Settings of a hotline', 'packages/core/src/settings/defaults.ts', [
    `${rows.length} figures with the values that ship. A norm pack carries the figures of its own norms; where both speak, the pack wins`,
    '(`max_hold`, `reprompt`, `release_wait`, `max_rings`). An administrator changes them under `settings` in the plan of the hotline (`threerings hotline show`, `check`, `set`);',
    'a figure without ✓ has no effect today.',
    '',
    table(['setting', '中文', 'English', 'ships as', 'bounds', 'in use'], rows),
  ]);
}
