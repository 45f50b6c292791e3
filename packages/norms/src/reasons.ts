import type { Bilingual } from './problem.ts';

/** An agent's tick is an attestation, never evidence. */
export const statedByAgent = 'stated by agent';
/** A call was offered to a device that never acknowledged by ringing. */
export const notDelivered = 'not delivered';
export const overflow = 'overflow';
/** Moot: the scope ended while the duty could still be met. */
export const ended = 'ended';
/** Moot: the excuse of the norm holds. */
export const excused = 'unless';

/**
 * Reasons of `unknown` and `moot` are precise codes: `gap:<what failed>`, `low-confidence`, `text-erased`, `missing:<field>`,
 * `no-value`, `no-list`, `no-duration`, `no-syllables`, `overflow`, `stated by agent`, `not delivered`; `ended`, `unless`. In front of them
 * may stand where the doubt sits: `guard:`, `trigger:`, `trigger-source:`, `unless:`. For people they fall into a few classes.
 */
export type ReasonClass =
  | 'no transcript'
  | 'gap'
  | 'stated by agent'
  | 'not delivered'
  | 'heard badly'
  | 'erased'
  | 'not recorded'
  | 'overflow'
  | 'ended'
  | 'excused';

const prefixes = ['guard:', 'trigger-source:', 'trigger:', 'unless:'];

/** The class that a reason is shown and counted under. */
export function classOfReason(reason: string): ReasonClass {
  const prefix = prefixes.find((one) => reason.startsWith(one));
  const code = prefix === undefined ? reason : reason.slice(prefix.length);
  if (code === 'gap:no-engine' || code === 'no-engine') return 'no transcript';
  if (code === 'gap:erased' || code === 'text-erased' || code === 'erased') return 'erased';
  if (code.startsWith('gap:') || prefix === 'trigger-source:') return 'gap';
  switch (code) {
    case statedByAgent:
    case notDelivered:
    case overflow:
    case ended:
      return code;
    case excused:
      return 'excused';
    case 'low-confidence':
      return 'heard badly';
    default:
      return 'not recorded';
  }
}

export const reasonWords: Readonly<Record<ReasonClass, Bilingual>> = {
  'no transcript': { zh: '没有语音转写', en: 'no transcript' },
  gap: { zh: '观察中断', en: 'gap in what was observed' },
  'stated by agent': { zh: '坐席自述', en: 'stated by the agent' },
  'not delivered': { zh: '振铃未送达', en: 'ring not delivered' },
  'heard badly': { zh: '听不清', en: 'heard with too little confidence' },
  erased: { zh: '内容已删除', en: 'content erased' },
  'not recorded': { zh: '未记录', en: 'not recorded' },
  overflow: { zh: '事件过多', en: 'too many to keep' },
  ended: { zh: '已结束', en: 'ended before it was due' },
  excused: { zh: '已免除', en: 'excused' },
};
