import { type Refusal, refuse } from '../errors/refusal.ts';

/** A part of the organisation. Units form a tree; figures of a unit include those of all units below it. */
export interface Unit {
  readonly id: string;
  readonly name: string;
  /** absent = a root */
  readonly parent?: string | undefined;
}

/** Units that were checked to form trees. */
export type UnitTree = ReadonlyMap<string, Unit>;

/** Refuses an id that occurs twice, a parent that does not exist, and a unit that is above itself. */
export function unitTree(units: readonly Unit[]): UnitTree | Refusal {
  const tree = new Map<string, Unit>();
  for (const unit of units) {
    if (tree.has(unit.id)) return refuse('unit.twice', { unit: unit.id });
    tree.set(unit.id, unit);
  }
  for (const unit of units) {
    if (unit.parent !== undefined && !tree.has(unit.parent)) return refuse('unit.no-parent', { unit: unit.id, parent: unit.parent });
    if (isAboveItself(tree, unit)) return refuse('unit.circle', { unit: unit.id });
  }
  return tree;
}

/** A unit and its ancestors, outermost first; empty for an unknown unit. */
export function pathTo(tree: UnitTree, id: string): readonly Unit[] {
  const path: Unit[] = [];
  for (let unit = tree.get(id); unit !== undefined; unit = unit.parent === undefined ? undefined : tree.get(unit.parent))
    path.unshift(unit);
  return path;
}

/** True when `id` is `ancestor` or lies below it. */
export function isWithin(tree: UnitTree, id: string, ancestor: string): boolean {
  return pathTo(tree, id).some((unit) => unit.id === ancestor);
}

function isAboveItself(tree: UnitTree, unit: Unit): boolean {
  const seen = new Set<string>();
  for (let above: Unit | undefined = unit; above !== undefined; above = above.parent === undefined ? undefined : tree.get(above.parent)) {
    if (seen.has(above.id)) return true;
    seen.add(above.id);
  }
  return false;
}
