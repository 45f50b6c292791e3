import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Scenario } from './scenario.ts';

/** Folder of the scenarios, at the root of the repository. */
export const scenarioFolder: string = path.resolve(import.meta.dirname, '../../../../scenarios');

const suffix = '.scenario.ts';

/** Every scenario of the folder: each file exports one as `scenario`, under its own name. Throws where a file does not. */
export async function readScenarios(folder = scenarioFolder): Promise<readonly Scenario[]> {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .sort();
  return Promise.all(
    files.map(async (file) => {
      const name = file.slice(0, -suffix.length);
      const { scenario } = (await import(pathToFileURL(path.join(folder, file)).href)) as { readonly scenario?: Scenario };
      if (scenario?.name !== name)
        throw new Error(`scenarios/${file}: expected an export “scenario” told as “${name}”, found ${scenario?.name}`);
      return scenario;
    }),
  );
}
