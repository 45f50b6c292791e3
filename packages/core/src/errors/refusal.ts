import { actingRefusals } from './acting.ts';
import { attachmentRefusals } from './attachments.ts';
import { callRefusals } from './calls.ts';
import { chatRefusals } from './chats.ts';
import { diallingRefusals } from './dialling.ts';
import { houseRefusals } from './house.ts';
import { knowledgeRefusals } from './knowledge.ts';
import { matterRefusals } from './matters.ts';
import { monitoringRefusals } from './monitoring.ts';
import { normRefusals } from './norms.ts';
import { promiseRefusals } from './promises.ts';
import { registerRefusals } from './registers.ts';
import type { RefusalSentence } from './sentence.ts';
import { supportRefusals } from './support.ts';
import { timelineRefusals } from './timeline.ts';
import { trainingRefusals } from './training.ts';
import { transferRefusals } from './transfers.ts';

const sentences = {
  ...timelineRefusals,
  ...callRefusals,
  ...chatRefusals,
  ...actingRefusals,
  ...attachmentRefusals,
  ...diallingRefusals,
  ...transferRefusals,
  ...monitoringRefusals,
  ...promiseRefusals,
  ...supportRefusals,
  ...matterRefusals,
  ...knowledgeRefusals,
  ...registerRefusals,
  ...normRefusals,
  ...trainingRefusals,
  ...houseRefusals,
};

/** Stable: a code is never reused and never changes its meaning. */
export type RefusalCode = keyof typeof sentences;

/** The answer “no, because”: a value, never thrown. `facts` fill the sentence and never hold personal data. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly refused: Code;
  readonly facts: Readonly<Record<string, string | number>>;
}

export function refuse<Code extends RefusalCode>(refused: Code, facts: Readonly<Record<string, string | number>> = {}): Refusal<Code> {
  return { refused, facts };
}

export function isRefusal<T>(answer: T | Refusal): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer && 'facts' in answer;
}

/** A refusal as it travels (`wire/refusal`), in the language of the reader. */
export interface SpokenRefusal {
  readonly refused: RefusalCode;
  readonly message: string;
  readonly remedy: string;
}

export function speak(refusal: Refusal, language: 'zh' | 'en'): SpokenRefusal {
  const sentence: RefusalSentence = sentences[refusal.refused];
  return {
    refused: refusal.refused,
    message: filled(sentence[language], refusal.facts),
    remedy: filled(sentence.remedy[language], refusal.facts),
  };
}

/** Every code, for tests and generated documentation. */
export const refusalSentences: Readonly<Record<RefusalCode, RefusalSentence>> = sentences;

function filled(sentence: string, facts: Refusal['facts']): string {
  return sentence.replace(/\{([a-zA-Z]+)\}/g, (blank, name: string) => String(facts[name] ?? blank));
}
