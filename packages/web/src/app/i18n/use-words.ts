import { usePreferences } from '../preferences.ts';
import { type Translate, translatorOf } from './translate.ts';

/** What a norm's authors wrote, in the tongue of the page. */
export type InTongue = (text: { readonly zh: string; readonly en: string }) => string;

const inTongue: Readonly<Record<'zh' | 'en', InTongue>> = { zh: (text) => text.zh, en: (text) => text.en };

/** The same function each time for a language, so that it can be a dependency of an effect. */
export function useTongue(): InTongue {
  return inTongue[usePreferences().language];
}

export function useWords(): Translate {
  return translatorOf(usePreferences().language);
}
