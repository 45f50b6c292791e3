/** Toneless syllable of a character, as data of the caller: the engine ships no pronunciation table. */
export type Syllables = Readonly<Record<string, string>>;

const confusable: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^n(?=[aeiouv])/, 'l'],
  [/^hu(?=[aeio])/, 'f'],
  [/(?<=[aei])ng$/, 'n'],
];

/** Sounds that recognisers and speakers mix up are written alike: zh/z, ch/c, sh/s, n/l, hu/f, -ng/-n. */
function folded(syllable: string): string {
  return confusable.reduce((sound, [from, to]) => sound.replace(from, to), syllable);
}

function soundsOf(text: string, syllables: Syllables): string[] {
  return [...text].map((character) => folded(syllables[character] ?? character));
}

/** Does a normalised text contain something that sounds like the wanted one? Characters without a syllable sound like themselves. */
export function soundsLike(text: string, wanted: string, syllables: Syllables): boolean {
  const heard = soundsOf(text, syllables);
  const sought = soundsOf(wanted, syllables);
  if (sought.length === 0) return false;
  return heard.some((_, at) => sought.every((sound, i) => heard[at + i] === sound));
}
