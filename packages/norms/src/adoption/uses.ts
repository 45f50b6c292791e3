import type { Norm } from '../tree.ts';
import type { Names } from './names.ts';

/** The names that a norm needs, also through the definitions and parameters that it names. */
export function usesOf(norm: Norm, names: Names): ReadonlySet<string> {
  const used = new Set<string>();
  const use = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    for (const map of [names.params, names.lists, names.defines]) visit(map.get(name));
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      for (const name of namedBy(value)) use(name);
      for (const [key, child] of Object.entries(value)) if (key !== 'span') visit(child);
    }
  };
  visit(norm);
  return used;
}

/** Names in the words of one node: a parameter, a definition, a family, the phrase of an action, `{parameter}` in a text. */
function namedBy(node: object): readonly string[] {
  const names: string[] = [];
  if ('kind' in node && 'name' in node && typeof node.name === 'string' && isReference(node.kind)) names.push(node.name);
  if ('phrase' in node && typeof node.phrase === 'string') names.push(node.phrase);
  for (const key of ['title', 'message'] as const) {
    const text: unknown = key in node ? (node as Record<string, unknown>)[key] : undefined;
    if (typeof text === 'string') names.push(...placeholders(text));
  }
  return names;
}

function isReference(kind: unknown): boolean {
  return kind === 'param' || kind === 'patternRef' || kind === 'family';
}

/** The names that stand in braces in a title or a message: `{max_rings}`. */
export function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
}

/** The same tree with other phrase families. Spans stay the same objects. */
export function withFamilies<T>(tree: T, replaced: ReadonlyMap<string, string>): T {
  if (replaced.size === 0) return tree;
  const visit = (value: unknown): unknown => {
    if (value instanceof Map) return new Map([...value].map(([key, child]) => [key, visit(child)]));
    if (Array.isArray(value)) return Object.freeze(value.map(visit));
    if (typeof value !== 'object' || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, key === 'span' ? child : visit(child)]));
    if (copy['kind'] === 'family' && typeof copy['name'] === 'string') copy['name'] = replaced.get(copy['name']) ?? copy['name'];
    if (typeof copy['phrase'] === 'string') copy['phrase'] = replaced.get(copy['phrase']) ?? copy['phrase'];
    return Object.freeze(copy);
  };
  return visit(tree) as T;
}
