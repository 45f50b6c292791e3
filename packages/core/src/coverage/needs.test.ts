import { loadPack } from '@threerings/norms/pack';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';
import { expect, it } from 'vitest';
import { vocabulary } from '../timeline/vocabulary.ts';
import { lacking } from './needs.ts';

const lexicon = buildLexicon(vocabulary);

function lacks(norm: string, ...seen: readonly string[]): readonly string[] {
  const text = `规范包 p “试” 版本 1\n出处 S0 “某”\n规范 x “试”\n  依据 S0-01\n${norm}`;
  const read = loadPack([{ path: 'a.norm', text }], { lexicon, hash: '' });
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message.en).join('\n'));
  const [first] = read.pack.norms;
  if (first === undefined) throw new Error('no norm');
  return lacking(first, new Set(seen), vocabulary);
}

it('a norm needs the events of its trigger and of its duty', () => {
  expect(lacks('当 转接开始\n应 坐席 转接说明 于 10 秒 内')).toEqual(['transfer.briefed', 'transfer.started']);
  expect(lacks('当 转接开始\n应 坐席 转接说明 于 10 秒 内', 'transfer.started', 'transfer.briefed')).toEqual([]);
});

it('of alternatives it needs one', () => {
  const either = '当 坐席 接听\n应 坐席 转接说明 于 10 秒 内 或 坐席 说 “好” 于 10 秒 内';
  expect(lacks(either, 'call.answered', 'speech.said')).toEqual([]);
});

it('an excuse, and what must not have happened before, it does not need', () => {
  expect(lacks('当 坐席 接听\n若 未 外呼拨号 此前\n应 坐席 说 “好” 于 10 秒 内\n除非 转接完成', 'call.answered', 'speech.said')).toEqual(
    [],
  );
});

it('an interval is needed by what opens it', () => {
  expect(lacks('期间 静音\n应 每 15 秒 坐席 说 “好”', 'speech.said')).toEqual(['mute.on']);
});

it('the running hotline judges calls, their handling and cases, no shifts', () => {
  const promise = '范围 个案\n当 作出承诺 记 承诺号、到期\n应 兑现承诺 其 承诺号 为 所记 承诺号 不迟于 所记 到期';
  expect(lacks(promise, 'promise.made', 'promise.kept')).toEqual([]);
  expect(lacks('范围 班次\n当 坐席 签入\n应 坐席 签出 于 5 分钟 内', 'shift.signed-in', 'shift.signed-out')).toEqual(['scope shift']);
});
