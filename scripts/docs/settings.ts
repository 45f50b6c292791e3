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

/** The figures of a hotline: what ships, and between which bounds it may be set. */
export function hotlineSettingsPage(): string {
  const rows = Object.entries(settings).map(([name, { unit, default: shipped, least, most, zh, en }]) => [
    `\`${name}\``,
    zh,
    en,
    shownValue(unit, shipped),
    `${shownValue(unit, least)} – ${shownValue(unit, most)}`,
  ]);
  return page('Settings of a hotline', 'packages/core/src/settings/defaults.ts', [
    `${rows.length} figures with the values that ship. A norm pack carries the figures of its own norms; where both speak, the pack wins`,
    '(`max_hold`, `reprompt`, `release_wait`, `max_rings`). They are not yet settable on a page: a hotline runs with the values below.',
    '',
    table(['setting', '中文', 'English', 'ships as', 'bounds'], rows),
  ]);
}
