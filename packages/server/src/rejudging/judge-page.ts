import { judge } from '@threerings/norms/judge';
import type { LoadedPack } from '@threerings/norms/pack';
import type { Program } from '@threerings/norms/program';
import type { Database } from '../store/database.ts';
import { Vault } from '../store/vault.ts';
import { type ListedCall, valuesOf } from './rejudge-read-model.ts';
import { addCall, emptyReport, type RejudgeReport } from './report.ts';
import { storedTraces } from './stored-traces-read-model.ts';

export interface PageParts {
  readonly db: Database;
  readonly masterKey: Buffer;
  readonly pack: Pick<LoadedPack, 'name' | 'norms'>;
  readonly program: Program;
}

/**
 * Judges a page of stored interactions by another pack and holds the verdicts against those in force. Reads only. A norm that
 * is neither in this pack nor was judged under its name is another pack's and left out.
 */
export async function judgePage({ db, masterKey, pack, program }: PageParts, calls: readonly ListedCall[]): Promise<RejudgeReport> {
  const ids = calls.map(({ interaction }) => interaction);
  const [timelines, stored] = await Promise.all([storedTraces(db, new Vault(masterKey), ids), valuesOf(db, ids)]);
  const norms = new Set(pack.norms.map(({ id }) => id));
  const report = emptyReport();
  for (const { interaction, unit } of calls) {
    const before = (stored.get(interaction) ?? []).filter(({ norm, pack: name }) => norms.has(norm) || name === pack.name);
    addCall(report, { interaction, unit, before, after: judge(program, timelines.get(interaction) ?? []) });
  }
  return report;
}
