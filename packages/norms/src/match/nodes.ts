/** Every node of the wanted kinds in a piece of the tree, depth first. Spans are not entered. */
import type {
  Attribute,
  Currently,
  Every,
  Happens,
  IntervalMeasure,
  LengthWindow,
  LiteralText,
  PatternMeasure,
  RegexText,
  RepeatedText,
  ResolvedEventPattern,
  RoleMeasure,
  Sequence,
  Share,
  SpokenText,
  Utterances,
} from '../tree.ts';

interface NodeOf {
  readonly event: ResolvedEventPattern;
  readonly literal: LiteralText;
  readonly regex: RegexText;
  readonly repeated: RepeatedText;
  readonly spoken: SpokenText;
  readonly happens: Happens<'resolved'>;
  readonly every: Every<'resolved'>;
  readonly sequence: Sequence<'resolved'>;
  readonly count: PatternMeasure<'resolved'>;
  readonly since: PatternMeasure<'resolved'>;
  readonly duration: IntervalMeasure;
  readonly longest: IntervalMeasure;
  readonly share: Share;
  readonly rate: RoleMeasure<'resolved'>;
  readonly loudness: RoleMeasure<'resolved'>;
  readonly responseGap: RoleMeasure<'resolved'>;
  readonly mood: RoleMeasure<'resolved'>;
  readonly currently: Currently;
  readonly utterances: Utterances;
  readonly attribute: Attribute;
  readonly firstPart: LengthWindow<'resolved'>;
}

export type FindableKind = keyof NodeOf;

export function nodesIn<K extends FindableKind>(tree: unknown, ...kinds: readonly K[]): NodeOf[K][] {
  const found: NodeOf[K][] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (typeof value === 'object' && value !== null) {
      const kind: unknown = 'kind' in value ? value.kind : undefined;
      if (kinds.some((wanted) => wanted === kind)) found.push(value as NodeOf[K]);
      for (const [name, child] of Object.entries(value)) if (name !== 'span') visit(child);
    }
  };
  visit(tree);
  return found;
}

const lateKinds = new Set(['variable', 'trigField', 'attribute', 'spoken']);

/** Can a pattern be judged from the event alone, or does it need the duty it is judged for (noted values, trigger fields)? */
export function dependsOnDuty(tree: unknown): boolean {
  if (Array.isArray(tree)) return tree.some(dependsOnDuty);
  if (typeof tree !== 'object' || tree === null) return false;
  if ('kind' in tree && typeof tree.kind === 'string' && lateKinds.has(tree.kind)) return true;
  return Object.entries(tree).some(([name, child]) => name !== 'span' && dependsOnDuty(child));
}
