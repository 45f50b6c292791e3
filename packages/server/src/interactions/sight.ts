import { permits } from '@threerings/core/people/permissions';
import { mayHear, maySee, type Owned, type Viewer } from '@threerings/core/people/sight';
import { isWithin, type UnitTree, unitTree } from '@threerings/core/people/units';
import type { PeopleStore } from '../people/people-store.ts';

const freshMs = 5000;

/** Who may see and hear which calls, by the unit tree as it stands; the tree is small, asked for often and read again soon. */
export class Sight {
  readonly #people: Pick<PeopleStore, 'units'>;
  readonly #now: () => number;
  #tree: UnitTree = new Map();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(people: Pick<PeopleStore, 'units'>, now: () => number) {
    this.#people = people;
    this.#now = now;
  }

  async maySee(viewer: Viewer, call: Owned): Promise<boolean> {
    return maySee(viewer, call, await this.#units());
  }

  async mayHear(viewer: Viewer, call: Owned): Promise<boolean> {
    return mayHear(viewer, call, await this.#units());
  }

  /** What a list may hold for this person: all, the own unit and those below it, or the own calls. */
  async limits(viewer: Viewer): Promise<{ readonly agent?: string; readonly units?: readonly string[] }> {
    if (permits(viewer.roles, 'calls.see-all')) return {};
    if (permits(viewer.roles, 'calls.see-unit')) return { units: await this.unitsBelow(viewer.unit) };
    return { agent: viewer.agent };
  }

  /** A unit and all units below it. */
  async unitsBelow(unit: string): Promise<readonly string[]> {
    const tree = await this.#units();
    return [...tree.keys()].filter((id) => isWithin(tree, id, unit));
  }

  async #units(): Promise<UnitTree> {
    if (this.#now() - this.#readAt <= freshMs) return this.#tree;
    const rows = await this.#people.units();
    const tree = unitTree(rows.map(({ unit, name, parent }) => ({ id: unit, name, ...(parent === undefined ? {} : { parent }) })));
    // The store keeps the tree whole; should it not, nobody sees more than before.
    if (!('refused' in tree)) this.#tree = tree;
    this.#readAt = this.#now();
    return this.#tree;
  }
}
