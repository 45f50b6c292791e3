import type { Hit } from '../lexical/hits.ts';
import { occurs, type Reading } from '../lexical/lexicon.ts';
import { normalised, originalSpan } from '../lexical/normalise.ts';
import { bigrams, bigramsOnce, similarEnough } from '../lexical/similarity.ts';
import { soundsLike } from '../lexical/sounds.ts';
import { atLeast, type Truth } from '../operators/kleene.ts';
import type { LiteralText, NearText, RegexText, SomeOfText, Text } from '../tree.ts';
import { repetitionReach } from './anatomy.ts';
import type { Scene, Uttered } from './scene.ts';
import { roleMatches } from './world.ts';

/** One way in which a text is there. */
export interface Candidate {
  readonly slots: Readonly<Record<string, string | number>>;
  /** slots where something stood that cannot be bound */
  readonly unclear: readonly string[];
  /** `[from, to)` of the normalised text, and of the text as recorded; absent where the text as a whole is meant */
  readonly place?: readonly [number, number] | undefined;
  readonly span?: readonly [number, number] | undefined;
  /** it begins in what the same side said right before */
  readonly joined?: true | undefined;
}

export type Heard =
  | { readonly v: 'F' }
  | { readonly v: 'U'; readonly reason: string }
  | { readonly v: 'T'; readonly candidates: readonly Candidate[] };

/** A text that was read, and who said it. */
export interface Spoken {
  readonly reading: Reading;
  readonly by: string | undefined;
}

const nowhere: Heard = { v: 'F' };
const somewhere: Heard = { v: 'T', candidates: [{ slots: {}, unclear: [], place: undefined, span: undefined }] };
const when = (holds: boolean): Heard => (holds ? somewhere : nowhere);

/** Is a text of a norm in what was said? */
export function textIn(text: Text, spoken: Spoken, scene: Scene): Heard {
  switch (text.kind) {
    case 'family':
      return family(text.name, spoken, scene);
    case 'literal':
      return literal(text, spoken);
    case 'regex':
      return regular(text, spoken);
    case 'similar':
      return when(similarEnough(bigrams(normalised(text.value)), bigramsOnce(spoken.reading.text.text), text.score));
    case 'sounds':
      return when(soundsLike(spoken.reading.text.text, normalised(text.value), scene.world.sounds()));
    case 'repeated': {
      const grams = bigramsOnce(spoken.reading.text.text);
      const since = scene.now - repetitionReach;
      const alike = (earlier: Uttered) =>
        earlier.at >= since && earlier.by === spoken.by && similarEnough(earlier.grams, grams, text.score);
      return when(scene.uttered.some(alike));
    }
    case 'spoken': {
      const value = scene.binds[text.name];
      return value === undefined ? { v: 'U', reason: `missing:${text.name}` } : when(occurs(spoken.reading, String(value)));
    }
    case 'someOf':
      return someOf(text, spoken, scene);
    case 'near':
      return near(text, spoken, scene);
  }
}

/** A family of one side's words is not heard in the other side's; who spoke may be unknown. */
function family(name: string, { reading, by }: Spoken, { world }: Scene): Heard {
  const found = reading.families.get(name);
  if (found === undefined) return nowhere;
  const role = world.lexicon.families.get(name)?.role;
  if (by !== undefined && !roleMatches(world, role, by)) return nowhere;
  const hits = found.every(isFree) ? found : found.filter(isFree);
  return hits.length > 0 ? { v: 'T', candidates: hits } : nowhere;
}

const isFree = ({ guarded }: Hit) => guarded === undefined;

function at(spoken: Spoken, place: readonly [number, number]): Heard {
  const span = originalSpan(spoken.reading.text, place[0], place[1]);
  return { v: 'T', candidates: [{ slots: {}, unclear: [], place, span }] };
}

/** `排除`: nowhere in the same text may the exception stand. */
function literal(text: LiteralText, spoken: Spoken): Heard {
  const place = spoken.reading.literals.get(text.value);
  if (place === undefined) return nowhere;
  if (text.except !== undefined && spoken.reading.literals.has(text.except)) return nowhere;
  return at(spoken, place);
}

function regular(text: RegexText, spoken: Spoken): Heard {
  const { patterns } = spoken.reading;
  const place = patterns.get(text.value);
  if (place === undefined || (text.except !== undefined && patterns.has(text.except))) return nowhere;
  return at(spoken, place);
}

function someOf(text: SomeOfText, spoken: Spoken, scene: Scene): Heard {
  return text.need === 'any' ? anyOf(text.items, spoken, scene) : severalOf(text, spoken, scene);
}

function anyOf(items: readonly Text[], spoken: Spoken, scene: Scene): Heard {
  let found: Heard = nowhere;
  for (const item of items) {
    const heard = textIn(item, spoken, scene);
    if (heard.v === 'F' || (heard.v === 'U' && found.v !== 'F')) continue;
    found = heard.v === 'T' && found.v === 'T' ? { v: 'T', candidates: [...found.candidates, ...heard.candidates] } : heard;
  }
  return found;
}

function severalOf(text: SomeOfText, spoken: Spoken, scene: Scene): Heard {
  const heard = text.items.map((item) => textIn(item, spoken, scene));
  const values: Truth[] = heard.map((one) => one.v);
  const unclear = heard.find((one) => one.v === 'U');
  const reason = unclear?.v === 'U' ? unclear.reason : 'no-value';
  if (text.need === 'none') {
    if (values.includes('T')) return nowhere;
    return values.includes('U') ? { v: 'U', reason } : somewhere;
  }
  const need = typeof text.need === 'number' ? text.need : values.length;
  const value = atLeast(need, values);
  if (value === 'U') return { v: 'U', reason };
  if (value !== 'T') return nowhere;
  const candidates = heard.flatMap((one) => (one.v === 'T' ? one.candidates : []));
  return { v: 'T', candidates: need === 1 ? candidates : [merged(heard)] };
}

/** Several texts at once are one candidate with the slots of all; the first of them that has a place gives it. */
function merged(heard: readonly Heard[]): Candidate {
  const firsts = heard.flatMap((one) => (one.v === 'T' ? one.candidates.slice(0, 1) : []));
  const placed = firsts.find((one) => one.place !== undefined);
  return {
    slots: Object.assign({}, ...firsts.map((one) => one.slots)),
    unclear: firsts.flatMap((one) => one.unclear),
    place: placed?.place,
    span: placed?.span,
  };
}

function near(text: NearText, spoken: Spoken, scene: Scene): Heard {
  const left = textIn(text.left, spoken, scene);
  const right = textIn(text.right, spoken, scene);
  if (left.v === 'F') return nowhere;
  if (left.v === 'U') return left;
  if (right.v === 'F') return text.negated ? left : nowhere;
  if (right.v === 'U') return right;
  const close = left.candidates.some((one) => right.candidates.some((other) => distance(one, other) <= text.distance));
  if (text.negated) return close ? nowhere : left;
  return close ? { v: 'T', candidates: [merged([left, right])] } : nowhere;
}

/** Characters between two places; 0 where they touch or overlap, and for a text without a place. */
function distance(one: Candidate, other: Candidate): number {
  if (one.place === undefined || other.place === undefined) return 0;
  return Math.max(0, Math.max(one.place[0], other.place[0]) - Math.min(one.place[1], other.place[1]));
}
