import { onlyQueue, readPlan } from '@threerings/core/routing/plan';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import type { Database } from '../store/database.ts';

/** Under this key the plan stands in the table `settings`. */
const key = 'hotline';

/** The queue of a hotline that was not configured, by the name that people see. */
export const mainQueue = '综合';
export const plainPlan: HotlinePlan = onlyQueue(mainQueue, { zh: mainQueue, en: 'General' });

/** The stored plan; undefined = nobody has configured the hotline. Throws when the stored one is not a plan of this release. */
export async function readStoredPlan(db: Database): Promise<HotlinePlan | undefined> {
  const found = await db.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  if (found === undefined) return undefined;
  const plan = readPlan(found.value);
  if (!('faults' in plan)) return plan;
  const { place, expected, found: what } = plan.faults[0] ?? { place: '', expected: '', found: '' };
  throw new Error(`the stored hotline plan: ${place}: expected ${expected}, found ${what}; set it anew with threerings hotline set`);
}

export async function storePlan(db: Database, plan: HotlinePlan, by: string | undefined, at: number): Promise<void> {
  const row = { value: JSON.stringify(plan), changed_at: at, changed_by: by ?? null };
  await db
    .insertInto('settings')
    .values({ key, ...row })
    .onConflict((taken) => taken.column('key').doUpdateSet(row))
    .execute();
}
