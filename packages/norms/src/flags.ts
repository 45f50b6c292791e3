/**
 * Numbered decisions of meaning. A change of what a norm means is a new number with a line of its own here and the old golden kept beside
 * the new one; nothing is renumbered or removed. Whoever stores verdicts stores the numbers of `engineFlags` with them.
 */
export interface EngineFlag {
  readonly number: number;
  readonly id: string;
  readonly says: string;
}

export const engineFlags: readonly EngineFlag[] = [
  {
    number: 1,
    id: 'deadline-inclusive',
    says: 'an event exactly at the deadline is in time; the deadline settles when that millisecond is over',
  },
  { number: 2, id: 'utterance-start', says: 'an utterance happens when it begins, not when the phrase in it is said' },
  {
    number: 3,
    id: 'tick-attests',
    says: 'a tick makes a phrase duty that was asked for and not heard unknown(stated by agent), never kept',
  },
  {
    number: 4,
    id: 'undelivered-unknown',
    says: 'an offer whose device never rang gives ring duties unknown(not delivered), charged to nobody',
  },
  { number: 5, id: 'any-hit', says: 'of several hits of a family in one utterance, any that meets the conditions of a pattern counts' },
  { number: 6, id: 'born-late-empty', says: 'a window that is over when its duty is born is empty: false, whatever gaps there were' },
  { number: 7, id: 'recurrence-ahead', says: 'a recurring duty looks ahead from its anchor only, whatever its window' },
  {
    number: 8,
    id: 'throughout-from-talk',
    says: '全程 is anchored where the talk begins (the first answer), not at the first event; nobody answered, no duty',
  },
  {
    number: 9,
    id: 'effective-dates',
    says: '生效: a duty begins only where the local date of its anchor lies in the dates of the norm; elsewhere there is no verdict at all',
  },
  {
    number: 10,
    id: 'items-named',
    says: '逐项: each item is a part of the duty: a verdict names the items that were not met, a tick may claim one of them',
  },
  { number: 11, id: 'fences-in-clause', says: 'a fence of a family (not) reaches over no clause mark between it and the hit' },
  {
    number: 12,
    id: 'sounds-alike',
    says: 'where a recogniser wrote, a family with fuzzy.pinyin n is heard too where up to n characters, and no more than half, only sound alike',
  },
  {
    number: 13,
    id: 'cut-utterances',
    says: 'a phrase begun in one utterance and ended in the next of the same side within 1 s is heard in the second, when that begins',
  },
];

/** Numbers of the decisions in force where nobody asks for others (`Env.flags`), ascending: part of every stored judgement. */
export const flagNumbers: readonly number[] = engineFlags.map((flag) => flag.number);
