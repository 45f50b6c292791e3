import { normalised } from '@threerings/norms/lexical/normalise';
import type { TrainingAct } from '../wire/training.ts';
import type { Occasion } from './script.ts';

/** What the one who practises said and did since the caller's last words, and how things stand. */
export interface Situation {
  /** phrase families that were heard */
  readonly families: ReadonlySet<string>;
  readonly texts: readonly string[];
  readonly did: ReadonlySet<string>;
  readonly silentMs: number;
  readonly mood: number;
  /** steps that were done, in whatever order */
  readonly done: ReadonlySet<string>;
}

/** Does all that the occasion names hold? An occasion that names nothing always does. */
export function holds(occasion: Occasion, situation: Situation): boolean {
  const { said, words, did, after, moodAtLeast = -3, moodAtMost = 3, done = [], undone = [] } = occasion;
  return (
    (said === undefined || said.some((family) => situation.families.has(family))) &&
    (words === undefined || words.some((text) => contains(situation.texts, text))) &&
    (did === undefined || did.some((token) => situation.did.has(token))) &&
    (after === undefined || situation.silentMs >= after) &&
    situation.mood >= moodAtLeast &&
    situation.mood <= moodAtMost &&
    done.every((step) => situation.done.has(step)) &&
    undone.every((step) => !situation.done.has(step))
  );
}

function contains(texts: readonly string[], wanted: string): boolean {
  const word = normalised(wanted);
  return word !== '' && texts.some((text) => normalised(text).includes(word));
}

/** What scripts can name of desk acts in `did`; after the colon what it was done with. */
export const plainTokens = [
  'answer',
  'hold',
  'resume',
  'speak-over',
  'mute',
  'unmute',
  'transfer',
  'join',
  'complete',
  'take-back',
  'release',
  'consent',
  'promise',
  'record',
  'finish',
  'search',
  'open',
  'mark-answer',
  // what comes of a transfer
  'transfer-accepted',
  'transfer-failed',
] as const;

/** The names of an act: in general, and with what it was done. */
export function tokensOf(act: TrainingAct): readonly string[] {
  switch (act.do) {
    case 'mute':
      return [act.on ? 'mute' : 'unmute'];
    case 'transfer':
      return ['transfer', `transfer:${act.colleague}`];
    case 'transfer-step':
      return [act.step];
    case 'mark-consent':
      return act.given ? ['consent', `consent:${act.about}`] : [];
    case 'promise':
      return ['promise', `promise:${act.what}`, ...(act.number === undefined ? [] : ['promise:with-number'])];
    case 'open':
      return ['open', `open:${act.article}`];
    case 'mark-answer':
      return ['mark-answer', `mark-answer:${act.outcome}`];
    case 'own':
      return [`act:${act.act}`];
    case 'say':
    case 'give-up':
      return [];
    default:
      return [act.do];
  }
}
