import type { PhraseFamily } from '@threerings/norms/phrases';
import type { TraceEvent } from '@threerings/norms/trace';
import { pick, type Random } from '@threerings/testkit/norms/random';
import { readToldTimelines } from '@threerings/testkit/norms/told-timeline';

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

/** A call of some minutes in which the phrases of the pack are said, or nearly said, among ordinary sentences. */
export function generatedCall(families: readonly PhraseFamily[], random: Random, utterances: number): readonly TraceEvent[] {
  const lines = ['norm bench', 'case generated', '00:00.000 call.offered direction=in channel=phone number=c1'];
  lines.push('00:01.000 call.ringing leg=a target=agent agent=1024', '00:04.000 agent call.answered leg=a agent=1024 rings=1');
  let at = 5000;
  const pass = () => {
    at += 1500 + Math.floor(random() * 4000);
    return clock(at);
  };
  const holdsAt = Math.floor(utterances / 2);
  for (let i = 0; i < utterances; i++) {
    lines.push(`${pass()} ${i % 2 === 0 ? 'agent' : 'customer'} says “${sentence(families, random)}”`);
    if (i === holdsAt) lines.push(`${pass()} hold.started hold=h1 leg=a`, `${pass()} hold.resumed hold=h1 leg=a outcome=agent`);
  }
  lines.push(`${pass()} call.ended outcome=normal side=customer talk=${at - 4000}`, 'expect nothing');
  return readToldTimelines(lines.join('\n'), 'generated')[0]?.events ?? [];
}

/** What is said in all calls together. */
export const saidIn = (calls: readonly (readonly TraceEvent[])[]): string[] =>
  calls.flat().flatMap(({ text }) => (text === undefined ? [] : [text]));

/** One in three holds a phrase of the pack or one that only looks alike; a number makes each text its own. */
export function sentence(families: readonly PhraseFamily[], random: Random): string {
  const ordinary = `${pick(random, harmless)}，编码${Math.floor(random() * 1e6)}`;
  if (random() > 1 / 3) return ordinary;
  const family = pick(random, families);
  const examples = random() < 0.7 ? family.hit : family.miss;
  return examples.length === 0 ? ordinary : `${pick(random, examples)}，${ordinary}`;
}

function clock(ms: number): string {
  const minutes = String(Math.floor(ms / 60_000)).padStart(2, '0');
  return `${minutes}:${((ms % 60_000) / 1000).toFixed(3).padStart(6, '0')}`;
}
