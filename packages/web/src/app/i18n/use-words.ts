import { usePreferences } from '../preferences.ts';
import { type Translate, translatorOf } from './translate.ts';

export function useWords(): Translate {
  return translatorOf(usePreferences().language);
}
