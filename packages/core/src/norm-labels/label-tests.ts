import type { LoadedPack, PackFile } from '@threerings/norms/pack';
import type { FileFault } from '../timeline/jsonl.ts';
import { type LabelledConversation, readLabelledConversations } from '../timeline/told-timeline.ts';

/** What a pack must show on its labelled conversations before it may judge; shares from 0 to 1. */
export interface Gate {
  readonly precision: number;
  readonly recall: number;
}

/** Gates of a pack: one for all norms, and others for some. */
export interface Gates extends Gate {
  readonly norms: ReadonlyMap<string, Gate>;
}

export interface FiledConversation extends LabelledConversation {
  readonly file: string;
}

/** The labelled tests of a pack. Without `gates` they are shown and keep nobody from anything. */
export interface LabelTests {
  readonly conversations: readonly FiledConversation[];
  readonly gates?: Gates | undefined;
}

export interface FiledFault extends FileFault {
  readonly file: string;
}

/** Most labelled conversations of a pack: they are judged while people wait, before it goes live. */
export const mostConversations = 300;

/** Reads the labelled conversations and the gate of a pack. All faults are reported together; a label names a norm of the pack. */
export function readLabelTests(
  pack: Pick<LoadedPack, 'labelled' | 'gate' | 'norms'>,
): LabelTests | { readonly faults: readonly FiledFault[] } {
  const faults: FiledFault[] = [];
  const conversations = pack.labelled.flatMap(({ path: file, text }): FiledConversation[] => {
    const read = readLabelledConversations(text);
    if ('conversations' in read) return read.conversations.map((one) => ({ ...one, file }));
    faults.push(...read.faults.map((fault) => ({ ...fault, file })));
    return [];
  });
  const known = new Set(pack.norms.map(({ id }) => id));
  for (const { file, labels } of conversations)
    for (const { line, norm } of labels)
      if (norm !== 'others' && !known.has(norm))
        faults.push({ file, line, column: 1, expected: 'label and a norm of this pack', found: `“${norm}”` });
  const last = conversations[mostConversations];
  if (last !== undefined)
    faults.push({ file: last.file, line: last.line, column: 1, expected: `at most ${mostConversations} conversations`, found: 'more' });
  const gates = pack.gate === undefined ? undefined : readGates(pack.gate, known, faults);
  return faults.length > 0 ? { faults } : { conversations, gates };
}

/**
 * `gate.yaml`: percent from 0 to 100, for all norms and under `norms` for some:
 *
 *     precision: 90
 *     recall: 80
 *     norms: {no-cold-refusal: {recall: 60}}
 */
function readGates(file: PackFile, known: ReadonlySet<string>, faults: FiledFault[]): Gates | undefined {
  const before = faults.length;
  const refuse = (at: readonly string[], expected: string, found: unknown) => {
    const { line = 1, column = 1 } = file.locate?.(at) ?? {};
    faults.push({ file: file.path, line, column, expected, found: `“${String(found).slice(0, 40)}”` });
  };
  const share = (table: Readonly<Record<string, unknown>>, name: keyof Gate, at: readonly string[], otherwise?: number): number => {
    const value = table[name];
    if (value === undefined && otherwise !== undefined) return otherwise;
    if (typeof value === 'number' && value >= 0 && value <= 100) return value / 100;
    refuse([...at, name], `${name}: percent from 0 to 100`, value);
    return 0;
  };
  const gateOf = (given: unknown, at: readonly string[], names: readonly string[], otherwise?: Gate): Gate => {
    const table = tableOf(given);
    if (table === undefined) refuse(at, 'a table of precision and recall', given);
    for (const name of Object.keys(table ?? {})) if (!names.includes(name)) refuse([...at, name], names.join(' | '), name);
    const { precision, recall } = otherwise ?? {};
    return { precision: share(table ?? {}, 'precision', at, precision), recall: share(table ?? {}, 'recall', at, recall) };
  };
  const all = gateOf(file.data, [], ['precision', 'recall', 'norms']);
  const some = tableOf(tableOf(file.data)?.['norms'] ?? {});
  if (some === undefined) refuse(['norms'], 'norms, each with its precision and recall', 'something else');
  const norms = Object.entries(some ?? {}).map(([norm, given]) => {
    if (!known.has(norm)) refuse(['norms', norm], 'a norm of this pack', norm);
    return [norm, gateOf(given, ['norms', norm], ['precision', 'recall'], all)] as const;
  });
  return faults.length > before ? undefined : { ...all, norms: new Map(norms) };
}

function tableOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
