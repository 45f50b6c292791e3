import type { SkillLevels } from '@threerings/core/wire/hotline-plan';
import type { AddUnit, AuditRow, ChangePerson, ChangeUnit, PersonRow, UnitRow } from '@threerings/core/wire/people';
import type { PeopleRefusal } from './people-refusals.ts';

export type NewPerson = Pick<PersonRow, 'agent' | 'login' | 'name' | 'unit' | 'roles'> & { readonly passwordHash: string };

/** Who works here and where. Every method is one transaction. Instants are ms since the epoch. */
export interface PeopleStore {
  people(): Promise<readonly PersonRow[]>;
  person(agent: string): Promise<PersonRow | undefined>;
  /** For signing in only: the one read that sees a password hash. The login is compared without regard to case. */
  forSignIn(login: string): Promise<{ readonly person: PersonRow; readonly passwordHash: string } | undefined>;
  /** Refuses: person.taken, unit.unknown */
  addPerson(person: NewPerson, at: number): Promise<PeopleRefusal | undefined>;
  /** Refuses: person.unknown, person.taken, unit.unknown, person.last-administrator */
  changePerson(agent: string, change: ChangePerson & { readonly passwordHash?: string }, at: number): Promise<PeopleRefusal | undefined>;
  /** All skills of somebody, in place of those before. Refuses: person.unknown */
  setSkills(agent: string, skills: SkillLevels, at: number): Promise<PeopleRefusal | undefined>;
  /** Every unit, parents before children, then by position and name. */
  units(): Promise<readonly UnitRow[]>;
  /** Refuses: unit.taken, unit.unknown (the parent) */
  addUnit(unit: AddUnit): Promise<PeopleRefusal | undefined>;
  /** Refuses: unit.unknown, unit.circle */
  changeUnit(unit: string, change: ChangeUnit): Promise<PeopleRefusal | undefined>;
}

export interface AuditEntry {
  readonly at: number;
  /** `session.opened`, `person.added` … */
  readonly action: string;
  /** 工号 of who did it; absent where nobody is signed in (yet) */
  readonly actor?: string | undefined;
  /** 工号 or unit it was done to */
  readonly about?: string | undefined;
  /** never personal, never secret */
  readonly facts?: AuditRow['facts'];
}

export interface Audit {
  record(entry: AuditEntry): Promise<void>;
  /** Newest first, entries before `before` (exclusive; 0 = from the newest), at most `limit` */
  entries(before: number, limit: number): Promise<readonly AuditRow[]>;
}
