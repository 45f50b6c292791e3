import type { PhraseFamily } from '../phrases.ts';
import { sameTree } from '../syntax/equal.ts';
import type { Definition, ListDeclaration, Pack, ParamDeclaration } from '../tree.ts';

/** What names mean in one place: in a pack, or in a norm that was adopted from another. */
export interface Names {
  readonly params: ReadonlyMap<string, ParamDeclaration>;
  readonly lists: ReadonlyMap<string, ListDeclaration>;
  readonly defines: ReadonlyMap<string, Definition>;
  readonly families: ReadonlyMap<string, PhraseFamily>;
}

export const noNames: Names = { params: new Map(), lists: new Map(), defines: new Map(), families: new Map() };

/** The names that a pack declares itself. */
export function namesOf(pack: Pack, families: readonly PhraseFamily[]): Names {
  const byName = <T extends { readonly name: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.name, row]));
  return {
    params: byName(pack.params),
    lists: byName(pack.lists),
    defines: byName(pack.defines),
    families: new Map(families.map((family) => [family.id, family])),
  };
}

/** `outer` with the names of `inner`, which win. A parameter may take the place of a list, and the other way round. */
export function overlaid(outer: Names, inner: Names): Names {
  const without = <T>(map: ReadonlyMap<string, T>, names: ReadonlyMap<string, unknown>) => [...map].filter(([name]) => !names.has(name));
  return {
    params: new Map([...without(outer.params, inner.lists), ...inner.params]),
    lists: new Map([...without(outer.lists, inner.params), ...inner.lists]),
    defines: new Map([...outer.defines, ...inner.defines]),
    families: new Map([...outer.families, ...inner.families]),
  };
}

export type NameKind = keyof Names;

/** Names that both sides declare, but not alike. */
export function conflicts(a: Names, b: Names, kinds: readonly NameKind[]): readonly { readonly kind: NameKind; readonly name: string }[] {
  return kinds.flatMap((kind) =>
    [...a[kind].keys()].flatMap((name) => (b[kind].has(name) && !sameTree(a[kind].get(name), b[kind].get(name)) ? [{ kind, name }] : [])),
  );
}
