import { useEffect, useMemo, useRef, useState } from 'react';

/** Lists of the board are sorted again no more often than this, and never under the pointer or the focus. */
const calmMs = 5000;

/** Keeps the places of known items until it is calm to sort again; new items join at the end, gone ones leave at once. */
export function keepPlaces<T>(items: readonly T[], placed: readonly string[], idOf: (item: T) => string): T[] {
  const byId = new Map(items.map((item) => [idOf(item), item]));
  const known = placed.flatMap((id) => byId.get(id) ?? []);
  const knownIds = new Set(placed);
  return [...known, ...items.filter((item) => !knownIds.has(idOf(item)))];
}

export function useCalmOrder<T>(items: readonly T[], idOf: (item: T) => string, compare: (a: T, b: T) => number) {
  const box = useRef<HTMLUListElement>(null);
  const latest = useRef({ items, idOf, compare });
  latest.current = { items, idOf, compare };
  const sortedIds = () => [...latest.current.items].sort(latest.current.compare).map(latest.current.idOf);
  const [placed, setPlaced] = useState<readonly string[]>(sortedIds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another order is asked for by a person and is applied at once
  useEffect(() => setPlaced(sortedIds()), [compare]);
  useEffect(() => {
    const timer = setInterval(() => {
      const list = box.current;
      const inUse = list?.matches(':hover') === true || list?.contains(document.activeElement) === true;
      if (!inUse) setPlaced([...latest.current.items].sort(latest.current.compare).map(latest.current.idOf));
    }, calmMs);
    return () => clearInterval(timer);
  }, []);
  const ordered = useMemo(() => keepPlaces(items, placed, idOf), [items, placed, idOf]);
  return { box, ordered };
}
