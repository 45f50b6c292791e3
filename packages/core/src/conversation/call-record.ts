import type { CallRecord } from '../wire/desk.ts';

/** The parts of a call record (5W1H), in the order in which the desk asks for them. */
export const recordParts = ['who', 'when', 'where', 'what', 'why', 'how'] as const;
export type RecordPart = (typeof recordParts)[number];

/** 人、时、地、事、因、果: the names of the parts in the interface. */
export const recordPartNames: Readonly<Record<RecordPart, { readonly zh: string; readonly en: string }>> = {
  who: { zh: '何人', en: 'who' },
  when: { zh: '何时', en: 'when' },
  where: { zh: '何地', en: 'where' },
  what: { zh: '何事', en: 'what' },
  why: { zh: '何因', en: 'why' },
  how: { zh: '如何处理', en: 'how' },
};

export const emptyRecord: CallRecord = { who: '', when: '', where: '', what: '', why: '', how: '' };

export function filledParts(record: CallRecord): readonly RecordPart[] {
  return recordParts.filter((part) => record[part].trim() !== '');
}

export function missingParts(record: CallRecord): readonly RecordPart[] {
  return recordParts.filter((part) => record[part].trim() === '');
}
