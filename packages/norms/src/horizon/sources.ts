import { attributeEvents } from '../attributes.ts';
import type { Source } from '../trace.ts';
import type { ResolvedNorm } from '../tree.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Everything of a norm that sources are read from. */
export type SourceBearing = Pick<ResolvedNorm, 'scope' | 'trigger' | 'guard' | 'body' | 'unless'>;

/** Sources of events of a type done by a role; of both sides of speech when nobody is named. */
export function sourcesOfType(vocabulary: Vocabulary, type: string, role: string | undefined): readonly Source[] {
  const source = vocabulary.events.find((event) => event.id === type)?.source;
  if (source === undefined) return [];
  if (source !== 'speech') return [source];
  if (role === undefined) return ['speech.agent', 'speech.customer'];
  return [role === 'customer' ? 'speech.customer' : 'speech.agent'];
}

function sourcesOfInterval(vocabulary: Vocabulary, id: string, ends: 'opens' | 'all'): readonly Source[] {
  const interval = vocabulary.intervals.find((spec) => spec.id === id);
  const types = interval === undefined ? [] : ends === 'opens' ? interval.opens : [...interval.opens, ...interval.closes];
  return types.flatMap((type) => sourcesOfType(vocabulary, type, undefined));
}

/** Whose knowledge of who is in charge settles the 责任 of a verdict. */
const chargeSource = { call: 'telephony', handling: 'telephony', case: 'telephony', chat: 'chat', shift: 'presence' } as const;

/**
 * Every source whose events, gaps or watermark can change a verdict of the norm: of all patterns, intervals, attributes
 * and measures it names, of the end of its scope, and of the charge. Sorted.
 *
 * A window of turns needs both sides of speech although its pattern names one role: whose turn it is depends on both.
 */
export function sourcesOf(norm: SourceBearing, vocabulary: Vocabulary): readonly Source[] {
  const scope = vocabulary.scopes.find((spec) => spec.id === norm.scope);
  const found = new Set<Source>([
    chargeSource[norm.scope],
    ...(scope?.ends ?? []).flatMap((type) => sourcesOfType(vocabulary, type, undefined)),
  ]);
  walk([norm.trigger, norm.guard, norm.body, norm.unless], (node) => {
    for (const source of sourcesOfNode(node, vocabulary)) found.add(source);
  });
  return Object.freeze([...found].sort());
}

/** Sources of what starts a duty; a gap in them may hide duties. None for 全程. */
export function triggerSourcesOf({ trigger }: Pick<SourceBearing, 'trigger'>, vocabulary: Vocabulary): readonly Source[] {
  const found = new Set<Source>();
  if (trigger.kind === 'onInterval' || trigger.kind === 'onLasting') {
    for (const source of sourcesOfInterval(vocabulary, trigger.interval, 'opens')) found.add(source);
  } else if (trigger.kind === 'onEvent') {
    walk(trigger.pattern, (node) => {
      if (node['kind'] === 'event') for (const source of sourcesOfNode(node, vocabulary)) found.add(source);
    });
  }
  return Object.freeze([...found].sort());
}

type Node = Readonly<Record<string, unknown>>;

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function sourcesOfNode(node: Node, vocabulary: Vocabulary): readonly Source[] {
  const role = text(node['role']);
  switch (node['kind']) {
    case 'event':
      return sourcesOfType(vocabulary, text(node['type']) ?? '', role);
    case 'utterances':
      return node['unit'] === 'turn' ? ['speech.agent', 'speech.customer'] : [];
    case 'onInterval':
    case 'onLasting':
    case 'currently':
    case 'duration':
    case 'longest':
    case 'share':
      return [text(node['interval']), text(node['of'])].flatMap((id) => (id === undefined ? [] : sourcesOfInterval(vocabulary, id, 'all')));
    case 'attribute':
      return vocabulary.events
        .filter(({ id, fields }) => attributeEvents.includes(id) && fields.some(({ name }) => name === node['field']))
        .flatMap(({ id }) => sourcesOfType(vocabulary, id, undefined));
    case 'loudness':
    case 'responseGap':
      return ['audio'];
    case 'rate':
    case 'mood':
      return sourcesOfType(vocabulary, 'speech.said', role);
    default:
      return [];
  }
}

/** Visits every node of a piece of the tree; spans are not entered. */
function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, visit);
  else if (typeof value === 'object' && value !== null) {
    const node = Object.fromEntries(Object.entries(value));
    visit(node);
    for (const [name, child] of Object.entries(node)) if (name !== 'span') walk(child, visit);
  }
}
