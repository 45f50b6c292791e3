import { type Knowledge, not, type Truth } from '../operators/kleene.ts';
import type { FieldValue, Instant, Witness } from '../trace.ts';

/** What is left of a formula once its anchor is past: constants, connectives and open leaves. Plain JSON. */
export type Residual =
  | { readonly k: 'const'; readonly v: Truth; readonly why?: string }
  | { readonly k: 'and' | 'or'; readonly of: readonly Residual[] }
  | { readonly k: 'not'; readonly of: Residual }
  | { readonly k: 'some'; readonly need: number; readonly labels: readonly (string | null)[]; readonly of: readonly Residual[] }
  | LeafState;

/** A happening, a sequence or a recurrence that is being watched for in its window. */
export interface LeafState {
  readonly k: 'leaf';
  /** index of its plan */
  readonly plan: number;
  /** items of 逐项 */
  readonly binds: Readonly<Record<string, FieldValue>>;
  /** labels of the parts it stands in */
  readonly labels: readonly string[];
  /** a tick may attest it: it speaks of a phrase and is asked for, not forbidden */
  readonly attestable: boolean;
  /** asked for, not forbidden: the guide shows it */
  readonly positive: boolean;
  v: Knowledge;
  why?: string | undefined;
  from: Instant;
  /** last instant in time; absent = no deadline */
  to?: Instant | undefined;
  /** matches needed; with `most` the number that breaks */
  need: number;
  most: boolean;
  seen: number;
  possible: number;
  doubt?: string | undefined;
  witnesses: Witness[];
  /** utterances or turns left */
  left?: number;
  turn?: 'mine' | 'other';
  /** opening event of the interval whose end closes the window */
  until?: string;
  /** the end of the scope closes the window as it should */
  proper: boolean;
  /** the end of the scope came too early */
  cut: boolean;
  /** recurrence: last prompt, and the instant by which the next is due */
  last?: Instant;
  next?: Instant;
  ticked: boolean;
  /** part of its past was dropped for lack of room */
  overflow: boolean;
}

const plainConstants: Readonly<Record<Truth, Residual>> = {
  T: Object.freeze({ k: 'const', v: 'T' }),
  F: Object.freeze({ k: 'const', v: 'F' }),
  U: Object.freeze({ k: 'const', v: 'U' }),
};

export function constant(v: Truth, why?: string): Residual {
  return why === undefined ? plainConstants[v] : { k: 'const', v, why };
}

export function visitLeaves(residual: Residual, visit: (leaf: LeafState) => void): void {
  switch (residual.k) {
    case 'const':
      return;
    case 'leaf':
      visit(residual);
      return;
    case 'not':
      visitLeaves(residual.of, visit);
      return;
    default:
      for (const item of residual.of) visitLeaves(item, visit);
  }
}

/** What is known; `ifClosed` gives the value an open leaf would have if its window closed now. */
export function knowledge(residual: Residual, ifClosed?: (leaf: LeafState) => Knowledge): Knowledge {
  switch (residual.k) {
    case 'const':
      return residual.v;
    case 'leaf':
      return residual.v === '?' && ifClosed !== undefined ? ifClosed(residual) : residual.v;
    case 'and':
      return fromAll(residual.of, 'F', 'T', ifClosed);
    case 'or':
      return fromAll(residual.of, 'T', 'F', ifClosed);
    case 'not':
      return not(knowledge(residual.of, ifClosed));
    case 'some':
      return fromSome(residual.of, residual.need, ifClosed);
  }
}

/** `and` (decided by F, else T) and `or` (decided by T, else F) of operators/kleene, without a list of values: duties are asked at each event. */
function fromAll(items: readonly Residual[], decisive: Truth, otherwise: Truth, ifClosed?: (leaf: LeafState) => Knowledge): Knowledge {
  let value: Knowledge = otherwise;
  for (const item of items) {
    const one = knowledge(item, ifClosed);
    if (one === decisive) return decisive;
    if (one === '?') value = '?';
    else if (one === 'U' && value !== '?') value = 'U';
  }
  return value;
}

/** `atLeast` of operators/kleene. */
function fromSome(items: readonly Residual[], need: number, ifClosed?: (leaf: LeafState) => Knowledge): Knowledge {
  let [sure, open, unknown] = [0, 0, 0];
  for (const item of items) {
    const one = knowledge(item, ifClosed);
    if (one === 'T') sure++;
    else if (one === '?') open++;
    else if (one === 'U') unknown++;
  }
  if (sure >= need) return 'T';
  if (sure + open + unknown < need) return 'F';
  return open > 0 ? '?' : 'U';
}

/** Why a residual is unknown: the reason of its first unknown leaf or constant. */
export function reasonOf(residual: Residual): string {
  let reason: string | undefined;
  const visit = (item: Residual): void => {
    if (reason !== undefined) return;
    if (item.k === 'const' || item.k === 'leaf') {
      if (item.v === 'U') reason = item.why ?? 'no-value';
    } else if (item.k === 'not') visit(item.of);
    else for (const inner of item.of) visit(inner);
  };
  visit(residual);
  return reason ?? 'no-value';
}

/** Labels of parts that were not met. */
export function missingParts(residual: Residual): string[] {
  if (residual.k === 'and') return residual.of.flatMap(missingParts);
  if (residual.k !== 'some') return [];
  return residual.labels.filter((label, i): label is string => {
    const part = residual.of[i];
    return label !== null && part !== undefined && knowledge(part) === 'F';
  });
}
