import type { PhraseFamily } from '@threerings/norms/phrases';
import { pick, type Random } from '@threerings/testkit/norms/random';

const harmless = [
  '嗯，我想问一下社保转移要带什么材料',
  '去年十月份换的单位，前面那家在外地',
  '身份证号码我报给您，您记一下',
  '这个要看您当时的参保地，一般由新的参保地经办机构办理',
  '材料交齐之后，大概十五个工作日可以办好',
  '那我是要本人去，还是家里人也可以代办',
  '可以代办的，带上双方的身份证就行',
  '我们这边查到您有两段缴费记录',
];

/** One in three holds a phrase of the pack or one that only looks alike; a number makes each text its own. */
export function sentence(families: readonly PhraseFamily[], random: Random): string {
  const ordinary = `${pick(random, harmless)}，编码${Math.floor(random() * 1e6)}`;
  if (random() > 1 / 3) return ordinary;
  const family = pick(random, families);
  const examples = random() < 0.7 ? family.hit : family.miss;
  return examples.length === 0 ? ordinary : `${pick(random, examples)}，${ordinary}`;
}
