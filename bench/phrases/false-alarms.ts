import type { Hears } from './hearing.ts';
import type { Labelled } from './sets.ts';

const forbidden = [
  'forbidden_ignorance',
  'forbidden_shirking',
  'forbidden_refusal',
  'forbidden_command',
  'forbidden_impatience',
  'forbidden_belittle',
  'forbidden_threat',
  'forbidden_argue',
  'forbidden_overpromise',
  'forbidden_hey',
  'abuse',
];

/** The bare words of the same families, as a word list would have them. */
const bare =
  /不知道|不清楚|没听说|没关系|不归我|没办法|他不在|打错了|没这个人|没空|你听我说|你必须|快点|说完了|烦|有完没完|蠢|有病|说错了|不对|随便|没问题|百分之百|保证|喂|滚|贱|他妈|傻/;

/**
 * In how many utterances of ordinary talk forbidden words are heard, by family and in a thousand. In talk about restaurants nearly each
 * is a false alarm; in the talk of a television play people do insult each other, so there the figure is an upper bound.
 */
export function falseAlarms(utterances: readonly Labelled[], hears: Hears, misses: number) {
  const counts: Record<string, number> = {};
  const shown: string[] = [];
  let any = 0;
  for (const { text } of utterances) {
    const heard = forbidden.filter((id) => hears(text, [id]));
    for (const id of heard) counts[id] = (counts[id] ?? 0) + 1;
    if (heard.length === 0) continue;
    any++;
    if (shown.length < misses) shown.push(`${heard.join(' ')}: ${text}`);
  }
  const perThousand = (count: number) => Math.round((10_000 * count) / utterances.length) / 10;
  const words = utterances.filter(({ text }) => bare.test(text)).length;
  return { families: { perThousand: perThousand(any), ...counts }, regex: { perThousand: perThousand(words) }, shown };
}
