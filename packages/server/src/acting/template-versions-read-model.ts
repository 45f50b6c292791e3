import { type ActingTemplates, type ActTemplate, actTemplate } from '@threerings/core/wire/acting';
import { z } from 'zod';
import { plainPlan, readStoredPlan, storePlan } from '../hotline-plan/plan-read-model.ts';
import type { Database } from '../store/database.ts';

/** Newest versions that the page lists. */
const mostListed = 30;

export async function templateVersions(db: Database): Promise<ActingTemplates['versions']> {
  const rows = await db.selectFrom('acting_template_versions').selectAll().orderBy('version', 'desc').limit(mostListed).execute();
  return rows.map(({ version, templates, note, made_at: madeAt, made_by: madeBy }) => ({
    ...{ version, note, madeAt, madeBy },
    templates: z.array(actTemplate).parse(templates),
  }));
}

interface Change {
  readonly templates: readonly ActTemplate[];
  readonly note: string;
  readonly by: string;
  readonly at: number;
  /** still what the page saw? */
  isSeen(current: readonly ActTemplate[] | undefined): boolean;
}

/** Puts the templates into the hotline plan and keeps them as a version; undefined: somebody else changed them meanwhile. */
export async function saveTemplates(db: Database, { templates, note, by, at, isSeen }: Change): Promise<number | undefined> {
  return db.transaction().execute(async (tx) => {
    const last = await tx
      .selectFrom('acting_template_versions')
      .select('version')
      .orderBy('version', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst();
    const plan = (await readStoredPlan(tx)) ?? plainPlan;
    if (!isSeen(plan.acting)) return undefined;
    const version = (last?.version ?? 0) + 1;
    const added = await tx
      .insertInto('acting_template_versions')
      .values({ version, templates: JSON.stringify(templates), note, made_at: at, made_by: by })
      .onConflict((taken) => taken.doNothing())
      .executeTakeFirst();
    if ((added.numInsertedOrUpdatedRows ?? 0n) === 0n) return undefined;
    await storePlan(tx, { ...plan, acting: [...templates] }, by, at);
    return version;
  });
}
