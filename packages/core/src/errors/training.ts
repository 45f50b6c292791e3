import type { RefusalSentence } from './sentence.ts';

/** Refusals of trainings: of acts in one, and of scripts. */
export const trainingRefusals = {
  'training.over': {
    zh: '这次演练已经结束',
    en: 'this training is over',
    remedy: { zh: '请看回放，或再练一次', en: 'look at the replay, or practise again' },
  },
  'training.not-heard': {
    zh: '对方现在听不见',
    en: 'the caller does not hear this now',
    remedy: { zh: '先返回通话或取消静音；保持中可按“回应”', en: 'return to the call or unmute; on hold, press speak over' },
  },
  'training.not-in-script': {
    zh: '这个演练里没有“{what}”',
    en: 'this training has no “{what}”',
    remedy: { zh: '请从屏幕上列出的里面选', en: 'choose one of those on the screen' },
  },
} as const satisfies Readonly<Record<string, RefusalSentence>>;
