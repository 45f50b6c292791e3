import type { PhraseFamily } from '@threerings/norms/phrases';
import { randomFrom } from '@threerings/testkit/norms/random';
import { type GeneratedCall, hotlineDay } from '../hotline-day.ts';
import { families } from './norms.ts';

/** Calls in which the thirty norms are kept, broken and moot: what the day's generator asks of the packs' families is answered with their words. */
export function thirtyDay(calls: number): readonly GeneratedCall[] {
  const rude = families.filter(({ id }) => /^(not_|cannot|yourself|be_quick|blame|who_told|no_way|said_already|do_not_ask)/.test(id));
  const named = (id: string, from: readonly PhraseFamily[]): PhraseFamily => ({
    ...(from[0] as PhraseFamily),
    id,
    hit: from.flatMap(({ hit }) => hit),
  });
  const of = (...ids: string[]) => families.filter(({ id }) => ids.includes(id));
  return hotlineDay(
    [
      named('forbidden_ignorance', rude),
      named('apology', of('apology', 'callback_answer', 'documents_answer', 'how_long_answer', 'thanks_reply')),
      named('complaint_words', of('complaint')),
      named('backchannel', of('callback_answer')),
      named('callback_promise', of('callback_answer')),
    ],
    randomFrom(30),
    { calls },
  );
}
