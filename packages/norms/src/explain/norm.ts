import type { Bilingual, Tongue } from '../problem.ts';
import type { ResolvedNorm } from '../tree.ts';
import { sayFormula, sayTrigger } from './sentence.ts';
import { type Phrasebook, type Speaker, say, spaced } from './speaker.ts';

/** What the norm asks, in one sentence: “when … (if …) must … unless …”. */
export function explainNorm(norm: ResolvedNorm, book: Phrasebook): Bilingual {
  return { zh: sentence(norm, { ...book, tongue: 'zh' }), en: sentence(norm, { ...book, tongue: 'en' }) };
}

function sentence(norm: ResolvedNorm, s: Speaker): string {
  const trigger = capital(sayTrigger(s, norm.trigger), s.tongue);
  const guard = norm.guard === undefined ? '' : say(s, `，若${sayFormula(s, norm.guard)}`, `, if ${sayFormula(s, norm.guard)}`);
  const unless = norm.unless === undefined ? '' : say(s, `；除非${sayFormula(s, norm.unless)}`, `; unless ${sayFormula(s, norm.unless)}`);
  return spaced(s, `${trigger}${guard}${say(s, '，', ', ')}${sayDuty(norm, s)}${unless}${say(s, '。', '.')}`);
}

/** The duty alone: 应 … / 不得 … / 即为违反. */
export function sayDuty({ body }: Pick<ResolvedNorm, 'body'>, s: Speaker): string {
  if (body.kind === 'breach') return say(s, '即为违反', 'this is a breach');
  if (body.kind === 'not') return say(s, `不得${sayFormula(s, body.item)}`, `it must not be that ${sayFormula(s, body.item)}`);
  if (body.kind === 'parts') return say(s, `应${sayFormula(s, body)}`, `there must be ${sayFormula(s, body)}`);
  if (body.kind === 'implies') return say(s, `应做到：${sayFormula(s, body)}`, `it must be that ${sayFormula(s, body)}`);
  return say(s, `应${sayFormula(s, body)}`, `it must be that ${sayFormula(s, body)}`);
}

function capital(text: string, tongue: Tongue): string {
  return tongue === 'en' ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
}
