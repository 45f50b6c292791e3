import { type Language, languages, type WordKey, type Words } from './words.ts';

type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;

/** No second argument for a sentence without placeholders, an object with exactly its placeholders for the others. */
export type WordArgs<K extends WordKey> = [Placeholders<Words[K]>] extends [never]
  ? []
  : [values: Record<Placeholders<Words[K]>, string | number>];

/** A key whose sentence has no placeholders. */
export type PlainKey = { [K in WordKey]: [Placeholders<Words[K]>] extends [never] ? K : never }[WordKey];

export type Translate = <K extends WordKey>(key: K, ...args: WordArgs<K>) => string;

const placeholder = /\{(\w+)\}/g;

/** Fills `{name}` with the value of that name; a name without a value stays visible, so that a mistake is seen. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(placeholder, (whole, name: string) => String(values[name] ?? whole));
}

export function placeholdersOf(template: string): string[] {
  return [...template.matchAll(placeholder)].map((match) => match[1] ?? '').sort();
}

const translators = new Map<Language, Translate>();

/** The translator of a language; the same function object each time, so that it can be a dependency of an effect. */
export function translatorOf(language: Language): Translate {
  const known = translators.get(language);
  if (known !== undefined) return known;
  const words = languages[language];
  const translate: Translate = (key, ...args) => {
    const [values] = args as [Record<string, string | number>?];
    return values === undefined ? words[key] : fill(words[key], values);
  };
  translators.set(language, translate);
  return translate;
}

/** Looks a code that came over the wire up under a prefix; an unknown code is shown as it is, never hidden. */
export function wordOfCode(translate: Translate, prefix: string, code: string): string {
  const key = `${prefix}.${code}`;
  return key in languages.zh ? translate(key as PlainKey) : code;
}
