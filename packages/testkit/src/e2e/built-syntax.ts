import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'acorn';

const site = path.resolve(import.meta.dirname, '../../../web/dist/site');

/** Built scripts that a browser of the baseline could not read, with the place: pages ES2020, the widget for other people's sites ES2017. */
export function unreadScripts(): string[] {
  const pages = readdirSync(path.join(site, 'assets')).filter((name) => name.endsWith('.js'));
  if (pages.length === 0) throw new Error(`nothing is built in ${site}`);
  return [
    ...pages.flatMap((name) => faultOf(path.join('assets', name), 2020, 'module')),
    ...faultOf(path.join('chat', 'widget.js'), 2017, 'script'),
  ];
}

function faultOf(name: string, ecmaVersion: 2017 | 2020, sourceType: 'module' | 'script'): string[] {
  try {
    parse(readFileSync(path.join(site, name), 'utf8'), { ecmaVersion, sourceType });
    return [];
  } catch (error) {
    return [`${name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** For `context.addInitScript`: takes away what browsers of the baseline do not have. */
export const asAnOldBrowser = `(() => {
  for (const name of ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']) delete Array.prototype[name];
  for (const name of ['at', 'replaceAll', 'isWellFormed', 'toWellFormed']) delete String.prototype[name];
  for (const name of ['hasOwn', 'groupBy']) delete Object[name];
  delete Promise.withResolvers;
  delete Promise.any;
  delete globalThis.structuredClone;
  delete Crypto.prototype.randomUUID;
})()`;
