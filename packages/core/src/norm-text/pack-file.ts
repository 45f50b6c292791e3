import type { PackFile } from '@threerings/norms/pack';
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';

/** Something in a text that keeps it from being read at all; 1-based. */
export interface TextFault {
  readonly line: number;
  readonly column: number;
  readonly found: string;
}

/** A text of a pack as the norm language takes it: YAML comes with its data and a way to find the line of a value. */
export function packFileOf(path: string, text: string): PackFile | { readonly faults: readonly TextFault[] } {
  if (!/\.ya?ml$/.test(path)) return { path, text };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const placeOf = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0)
    return { faults: document.errors.map((error) => ({ ...placeOf(error.pos[0]), found: error.message.split('\n')[0] ?? '' })) };
  const locate = (at: readonly (string | number)[]) => {
    const offset = (nodeAt(document.contents, at) ?? document.contents)?.range?.[0];
    return offset === undefined ? undefined : placeOf(offset);
  };
  return { path, text, data: document.toJS({ maxAliasCount: 0 }), locate };
}

/** The node at a path, or the nearest one above it; for a key of a table, the key. */
function nodeAt(root: Node | null, at: readonly (string | number)[]): Node | undefined {
  let node: Node | undefined = root ?? undefined;
  for (const step of at) {
    if (!isMap(node)) {
      const items: unknown[] = node !== undefined && 'items' in node && Array.isArray(node.items) ? node.items : [];
      const item = typeof step === 'number' ? items[step] : undefined;
      if (item === undefined || item === null) return node;
      node = item as Node;
      continue;
    }
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
    if (pair === undefined) return node;
    node = (pair.value ?? pair.key) as Node;
  }
  return node;
}
