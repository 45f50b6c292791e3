// Writes docs/generated; with --check only says whether it is fresh. Everything in it comes from the code.
import fs from 'node:fs';
import path from 'node:path';
import { commandsPage } from './docs/commands.ts';
import { coveragePage } from './docs/coverage.ts';
import { eventsPage } from './docs/events.ts';
import { normLanguagePage } from './docs/norm-language.ts';
import { normOperatorsPage } from './docs/norm-operators.ts';
import { refusalsPage } from './docs/refusals.ts';
import { rolesPage } from './docs/roles.ts';
import { hotlineSettingsPage, settingsPage } from './docs/settings.ts';
import { billOfMaterials, noticesPage } from './docs/third-party.ts';
import { voicePage } from './docs/voice.ts';

const folder = path.resolve(import.meta.dirname, '../docs/generated');
const pages: Readonly<Record<string, () => string | Promise<string>>> = {
  'commands.md': commandsPage,
  'coverage.md': coveragePage,
  'events.md': eventsPage,
  'hotline-settings.md': hotlineSettingsPage,
  'norm-language.md': normLanguagePage,
  '../norm-operators.md': normOperatorsPage,
  'refusals.md': refusalsPage,
  'role-matrix.md': rolesPage,
  'sbom.cdx.json': billOfMaterials,
  'settings.md': settingsPage,
  'third-party-notices.md': noticesPage,
  'voice-contract.md': voicePage,
};

const check = process.argv.includes('--check');
const stale: string[] = [];
fs.mkdirSync(folder, { recursive: true });
for (const [name, make] of Object.entries(pages)) {
  const file = path.join(folder, name);
  const fresh = await make();
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === fresh) continue;
  stale.push(name);
  if (!check) fs.writeFileSync(file, fresh);
}
const strangers = fs.readdirSync(folder).filter((name) => !(name in pages));
for (const name of strangers) stale.push(`${name} (nothing generates it)`);
if (check && stale.length > 0) {
  console.error(`docs/generated is stale: ${stale.join(', ')}; run npm run docs`);
  process.exitCode = 1;
} else console.log(`docs/generated: ${Object.keys(pages).length} pages, ${check ? 'fresh' : `${stale.length} written`}`);
