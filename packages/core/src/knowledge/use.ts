import type { Instant } from '@threerings/norms/trace';
import { fact } from '../timeline/decider.ts';
import type { NewEvent, PersonalValue } from '../timeline/event.ts';

/** What an agent does with knowledge while with a caller; the server has checked what it names. */
export type KnowledgeAct =
  | { readonly kind: 'searched'; readonly keywords: string; readonly hits: number }
  | {
      readonly kind: 'opened';
      readonly article: string;
      readonly version: number;
      readonly items?: readonly string[] | undefined;
      readonly long: boolean;
      readonly stale: boolean;
    }
  | { readonly kind: 'reply-used'; readonly reply: string; readonly version: number; readonly stale: boolean }
  | {
      readonly kind: 'answered';
      readonly article?: string | undefined;
      readonly outcome: 'answered' | 'not-found' | 'refused' | 'out-of-scope';
      readonly reason?: string | undefined;
    }
  /** 告知受理部门: the matter is somebody else's, and the caller was told whose */
  | {
      readonly kind: 'referred';
      readonly body: string;
      readonly entry?: string | undefined;
      readonly number?: PersonalValue | undefined;
      readonly reason?: string | undefined;
      readonly agent: string;
    };

/** Digits in a row that could be a telephone number, an identity number or an account. */
const personalDigits = /\d{5,}/g;
const longestKeywords = 100;

/** The event of an act. What was typed into the search stands in the open, so that long numbers are masked in it. */
export function knowledgeEvent(act: KnowledgeAct, at: Instant): NewEvent {
  switch (act.kind) {
    case 'searched':
      return fact('knowledge.searched', at, { keywords: maskedKeywords(act.keywords), hits: act.hits });
    case 'opened': {
      const { article, version, items = [], long, stale } = act;
      const listed = items.length === 0 ? undefined : [...items];
      return fact('knowledge.opened', at, { article, version, items: listed, long, stale: stale ? true : undefined });
    }
    case 'reply-used':
      return fact('quick-reply.used', at, { reply: act.reply, version: act.version, stale: act.stale ? true : undefined });
    case 'answered':
      return fact('answer.marked', at, { article: act.article, outcome: act.outcome, reason: act.reason });
    case 'referred': {
      const { body, entry, reason, agent, number } = act;
      return fact('referral.made', at, { body, entry, reason, agent }, { personal: { number } });
    }
  }
}

export function maskedKeywords(text: string): string {
  return text.slice(0, longestKeywords).replaceAll(personalDigits, (digits) => '*'.repeat(digits.length));
}
