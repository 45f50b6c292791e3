import { fileURLToPath } from 'node:url';
import { fact } from '@threerings/core/timeline/decider';
import type { NewEvent } from '@threerings/core/timeline/event';
import { sourceOf } from '@threerings/core/timeline/vocabulary';
import { expect, test } from 'vitest';
import { readCalendar } from '../norm-packs/calendar-file.ts';
import { programOf } from '../norm-packs/live-pack.ts';
import { NormWords } from '../norm-packs/norm-words.ts';
import { readPackTexts } from '../norm-packs/read-pack.ts';
import { actingStops } from './acting-stops.ts';

const packs = fileURLToPath(new URL('../../../../packs/', import.meta.url));
const text = `规范包 「own」 “自己的” 版本 1
出处 S1h “某”
规范 record-first “同意之前先存记录”
  依据 S1h-20   范围 办理   严重度 关键
  当 客户 代办同意
  应已 坐席 保存记录 此前
  否则 拦截 “先把来电记录存好”
规范 told-balance “办理之前告知余额”
  依据 S1h-14   范围 办理   严重度 关键
  当 坐席 代办执行 记 代办号
  应已 坐席 告知事项 其 代办号 为 所记 代办号 此前
  否则 拦截 “先告诉客户余额”
规范 reason-only “只问原因”
  依据 S1h-14   范围 办理   严重度 主要
  当 客户 代办同意
  应已 坐席 复述方案 此前
  否则 问由 “为什么没有复述”
`;
const read = await readPackTexts([{ path: 'own.norm', text }], packs, undefined);
if (!read.ok) throw new Error(read.problems.join('\n'));
const program = programOf([read.pack], (await readCalendar(`${packs}calendar/cn.json`)).table);
const words = new NormWords(read.pack);

const at = Date.UTC(2026, 8, 30, 2);
const stored = (events: readonly NewEvent[]) =>
  events.map((event, n) => ({
    ...{ ...event, id: `e-${n}`, by: event.by ?? 'agent', source: sourceOf({ type: event.type, by: event.by ?? 'agent' }) ?? 'desk' },
    ...{ stream: 'interaction-c', n: n + 1, v: 1, seq: n + 1, recordedAt: event.occurredAt, hash: '', interaction: 'c' },
  })) as Parameters<typeof actingStops>[2]['events'];
const answered = [
  fact('call.offered', at - 9000, { channel: 'phone', called: '12333' }, { by: 'customer' }),
  fact('call.answered', at - 8000, { agent: '0217', leg: 'a' }),
];
const saved = fact('record.saved', at - 3000, { record: 'r', filled: ['what'], missing: [] });
const told = fact('proxy.disclosed', at - 2000, { proxy: 'p', item: 'balance' });
const consent = { kind: 'consent', proxy: 'p', digest: 'd' } as const;
const execute = { kind: 'execute', proxy: 'p', consent: 'k', values: {} } as const;
const stops = (act: typeof consent | typeof execute, ...more: readonly NewEvent[]) =>
  actingStops(program, words, { act, interaction: 'c', agreed: 'd', at, events: stored([...answered, ...more]) }).map(({ norm }) => norm);

test('a norm of the pack that stops is heard before a yes is bound, and before anything is carried out; one that asks for a reason is not', () => {
  expect(stops(consent)).toEqual(['record-first']);
  expect(stops(consent, saved)).toEqual([]);
  expect(stops(execute, saved)).toEqual(['told-balance']);
  expect(stops(execute, saved, told)).toEqual([]);
  const [stop] = actingStops(program, words, { act: consent, interaction: 'c', at, events: stored(answered) });
  expect(stop).toMatchObject({ cites: ['S1h-20'], message: { zh: '先把来电记录存好' } });
});
