import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { lacking } from '@threerings/core/coverage/needs';
import type { Carrier } from '@threerings/core/coverage/reckon';
import { vocabulary } from '@threerings/core/timeline/vocabulary';
import type { ResolvedNorm } from '@threerings/norms/tree';
import { type JudgingPack, openPack } from '../norm-packs/judging-pack.ts';
import { type Outcome, outcomesOf } from '../norm-packs/pack-trials.ts';
import type { KnownPacks } from '../norm-packs/read-pack.ts';
import type { Goldens } from './evidence.ts';

const everythingUnsaid = new Set(vocabulary.events.map(({ id }) => id).filter((id) => id !== 'speech.said'));

/** The pack whose verdicts stand in the goldens of scenarios. */
const packOfScenarios = '12333';

export type PacksRead =
  | { readonly ok: true; readonly carriers: readonly Carrier[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Names of the folders of packs: those that hold norms. */
export function packNames(packsFolder: string): readonly string[] {
  const holdsNorms = (name: string) => readdirSync(path.join(packsFolder, name)).some((file) => file.endsWith('.norm'));
  return readdirSync(packsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && holdsNorms(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** Opens every shipped pack and judges its told timelines: each norm with the stories that came out kept and broken as told. */
export async function readPackCarriers(packsFolder: string, goldens: Goldens): Promise<PacksRead> {
  const carriers: Carrier[] = [];
  const known: KnownPacks = new Map();
  const problems: string[] = [];
  for (const name of existsSync(packsFolder) ? packNames(packsFolder) : []) {
    const opened = await openPack(path.join(packsFolder, name), packsFolder, 'en', known);
    if (opened.ok) carriers.push(...carriersOf(name, opened.judging, goldens));
    else problems.push(...opened.problems);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, carriers };
}

function carriersOf(name: string, judging: JudgingPack, goldens: Goldens): readonly Carrier[] {
  const outcomes = outcomesOf(judging).filter(({ passed }) => passed);
  return judging.pack.norms.map((norm) => {
    const own = outcomes.filter((outcome) => outcome.norm === norm.id);
    const scenarios = (value: string) =>
      name === packOfScenarios ? (goldens.judged.get(`${norm.id} ${value}`) ?? []).map((scenario) => `scenario ${scenario}`) : [];
    return {
      kind: 'norm',
      id: `${name}/${norm.id}`,
      cites: norm.cites,
      kept: [...own.filter((outcome) => isKept(outcome, norm)).map(told), ...scenarios('kept')],
      broken: [...own.filter(({ values }) => values.includes('broken')).map(told), ...scenarios('broken')],
      lacks: lacking(norm, goldens.seen, vocabulary),
      hears: hearing(norm),
      written: true,
    };
  });
}

/** Whether a norm decides nothing without a transcript: its trigger or its duty needs something said. */
function hearing(norm: ResolvedNorm): boolean {
  return lacking(norm, everythingUnsaid, vocabulary).includes('speech.said');
}

/** A norm whose trigger is the breach is kept where it says nothing. */
function isKept({ values }: Outcome, norm: ResolvedNorm): boolean {
  return values.includes('kept') || (values.length === 0 && norm.body.kind === 'breach');
}

const told = ({ file, name }: Outcome) => `${path.basename(file)} “${name}”`;
