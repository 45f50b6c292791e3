import { readStoredPlan, storePlan } from '../hotline-plan/plan-read-model.ts';
import type { PeopleStore } from '../people/people-store.ts';
import { hashPublishedPassword } from '../session/password.ts';
import type { Database } from '../store/database.ts';
import { demoPeople, demoPlan, demoUnits } from './demo-hotline.ts';
import { seedDemoKnowledge } from './demo-knowledge.ts';

/** Adds the demo's units, accounts and queues where they are missing; what somebody changed since stays as it is. */
export async function seedDemo(db: Database, people: PeopleStore, now: () => number): Promise<void> {
  const known = new Set((await people.units()).map((unit) => unit.unit));
  for (const unit of demoUnits) if (!known.has(unit.unit)) await people.addUnit(unit);
  const present = new Set((await people.people()).map((each) => each.agent));
  for (const { login, name, unit, roles, password, skills } of demoPeople) {
    if (present.has(login)) continue;
    await people.addPerson({ agent: login, login, name, unit, roles, passwordHash: await hashPublishedPassword(password) }, now());
    await people.setSkills(login, skills, now());
  }
  if ((await readStoredPlan(db)) === undefined) await storePlan(db, demoPlan, undefined, now());
  const [author, reviewer] = ['leader', 'operations'].map(
    (role) => demoPeople.find(({ roles }) => roles.some((each) => each === role))?.login,
  );
  if (author !== undefined && reviewer !== undefined && author !== reviewer) await seedDemoKnowledge(db, author, reviewer, now());
}
