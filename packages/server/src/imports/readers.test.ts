import { readFileSync } from 'node:fs';
import { toneWav } from '@threerings/testkit/tone';
import { expect, test } from 'vitest';
import { readCallList, readInstant } from './call-list.ts';
import { readText } from './text-file.ts';
import { readTranscript } from './transcript-file.ts';
import { wavInfo } from './wav-info.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const gb18030 = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

test('a transcript in TSV, CSV and JSON gives the same rows', async () => {
  const expected = [
    { startMs: 0, endMs: 900, role: 'agent', text: '您好' },
    { startMs: 1200, endMs: 2000, role: 'customer', text: '你好，请问' },
  ];
  const tsv = 'start_ms\tend_ms\trole\ttext\n0\t900\tagent\t您好\n1200\t2000\t客户\t你好，请问\n';
  const csv = '\ufeffrole,text,start_ms,end_ms\r\n坐席,您好,0,900\r\ncustomer,"你好，请问",1200,2000\r\n';
  const json = JSON.stringify(expected.map(({ startMs, endMs, role, text }) => ({ start_ms: startMs, end_ms: endMs, role, text })));
  expect(await readTranscript('a.tsv', bytes(tsv))).toEqual({ ok: true, value: expected });
  expect(await readTranscript('a.csv', bytes(csv))).toEqual({ ok: true, value: expected });
  expect(await readTranscript('a.json', bytes(json))).toEqual({ ok: true, value: expected });
});

test('every fault of a transcript is told with line, column and what was expected', async () => {
  const tsv = 'start_ms\tend_ms\trole\ttext\n0\tx\tagent\t您好\n500\t100\trobot\t\n';
  const read = await readTranscript('bad.tsv', bytes(tsv));
  expect(read.ok ? [] : read.faults.map((f) => [f.line, f.column, f.expected.split(':')[0]])).toEqual([
    [2, 3, 'end_ms'],
    [3, 5, 'end_ms'],
    [3, 9, 'role'],
    [3, 15, 'text'],
  ]);
});

test('a transcript without a needed column, an empty one and broken JSON say what is missing and where', async () => {
  const said = async (file: string, text: string) => {
    const read = await readTranscript(file, bytes(text));
    return read.ok ? 'accepted' : `${read.faults[0]?.line}:${read.faults[0]?.column} ${read.faults[0]?.expected}`;
  };
  expect(await said('a.tsv', 'start_ms\trole\ttext\n')).toContain('missing end_ms');
  expect(await said('a.tsv', 'start_ms\tend_ms\trole\ttext\n')).toContain('at least one utterance');
  expect(await said('a.json', '[\n{"start_ms": 0,\n "end_ms"}]')).toBe('3:10 “:”');
  expect(
    await said('a.json', '[{"start_ms":0,"end_ms":5,"role":"agent","text":"a"},\n{"start_ms":0,"end_ms":5,"role":"dog","text":"a"}]'),
  ).toBe('2:33 role: agent or customer (坐席, 客户)');
  expect(await said('a.pdf', '')).toContain('.csv');
});

test('a call list in GB18030 with Chinese heads is read in local time', async () => {
  // 开始时间,主叫号码,工号,通话时长,等待时长,挂机方 / 2026/9/14 9:30:05,13800138000,0217,1:35,12,客户
  const head = gb18030('bfaacabccab1bce42cd6f7bdd0bac5c22c').length;
  expect(head).toBe(17);
  const list = Buffer.concat([
    gb18030('bfaacabccab1bce42cd6f7bdd0bac5c2eb2cb9a4bac52ccda8bbb0cab1b3a42cb5c8b4fdcab1b3a42cb9d2bbfab7bd0a'),
    bytes('2026/9/14 9:30:05,13800138000,0217,1:35,12,'),
    gb18030('bfcdbba70a'),
  ]);
  const read = await readCallList('calls.csv', list, 480);
  const start = Date.UTC(2026, 8, 14, 1, 30, 5);
  expect(read).toMatchObject({
    ok: true,
    value: {
      faults: [],
      calls: [
        {
          line: 2,
          startedAt: start,
          answeredAt: start + 12_000,
          answered: true,
          endedAt: start + 107_000,
          caller: '13800138000',
          agent: '0217',
          endedBy: 'customer',
        },
      ],
    },
  });
});

test('a call list in a workbook is read with its date cells in local time', async () => {
  const workbook = readFileSync(new URL('fixtures/calls.xlsx', import.meta.url));
  const start = Date.UTC(2026, 2, 2, 1, 30, 5);
  expect(await readCallList('calls.xlsx', workbook, 480)).toMatchObject({
    ok: true,
    value: { calls: [{ reference: 'x1', startedAt: start, answeredAt: start + 12_000, endedAt: start + 107_000, agent: '0217' }] },
  });
  const broken = await readCallList('calls.xlsx', workbook.subarray(0, 900), 480);
  expect(broken.ok ? undefined : broken.faults[0]?.expected).toBe('an .xlsx workbook');
});

test('a call list names every cell that it cannot read, and an impossible order, and keeps the other rows', async () => {
  const list = 'start,answer,end,hangupby\n2026-09-31 10:00,,,\n2026-09-14 10:00,2026-09-14 09:00,,\n,,,dog\n2026-09-14 10:00,,,\n';
  const read = await readCallList('calls.csv', bytes(list), 480);
  expect(read.ok && [read.value.faultyRows, read.value.calls.map((call) => call.line)]).toEqual([3, [5]]);
  expect(read.ok ? read.value.faults.map((f) => `${f.line}: ${f.expected}`) : []).toEqual([
    '2: a time such as 2026-09-14 09:30:05',
    '3: start ≤ ringing ≤ answer ≤ end',
    '4: the beginning of the call',
    expect.stringContaining('4: customer'),
  ]);
});

test('a call list tells whether somebody answered, and when, as far as it knows', async () => {
  const told = async (head: string, row: string) => {
    const read = await readCallList('calls.csv', bytes(`${head}\n${row}\n`), 0);
    const call = read.ok ? read.value.calls[0] : undefined;
    return call && [call.answered, (call.answeredAt ?? Number.NaN) - call.startedAt, (call.endedAt ?? Number.NaN) - call.startedAt];
  };
  expect(await told('start,end,talk', '2026-09-14 10:00:00,2026-09-14 10:02:00,90')).toEqual([true, 30_000, 120_000]);
  expect(await told('start,talk', '2026-09-14 10:00:00,90')).toEqual([true, Number.NaN, 90_000]);
  expect(await told('start,talk,agent', '2026-09-14 10:00:00,0,0217')).toEqual([false, Number.NaN, 0]);
  expect(await told('start,agent', '2026-09-14 10:00:00,0217')).toEqual([true, Number.NaN, Number.NaN]);
  expect(await told('start', '2026-09-14 10:00:00')).toEqual([false, Number.NaN, Number.NaN]);
});

test('an instant is read in the ways PBXs write it, and one that does not exist is refused', () => {
  const at = Date.UTC(2026, 8, 14, 1, 30, 5);
  for (const text of ['2026-09-14 09:30:05', '2026/9/14 9:30:05', '20260914093005', '2026-09-14T01:30:05Z', '2026-09-14T03:30:05+02:00']) {
    expect(readInstant(text, 480)).toBe(at);
  }
  for (const text of ['2026-02-30 10:00:00', '2026-09-14 25:00:00', 'yesterday', '']) expect(readInstant(text, 480)).toBeUndefined();
});

test('text that is neither UTF-8 nor GB18030 is refused at its byte', () => {
  expect(readText('a.txt', Uint8Array.from([0xff, 0xfe, 65, 0]))).toMatchObject({ ok: false, faults: [{ found: 'UTF-16' }] });
  expect(readText('a.txt', Uint8Array.from([65, 10, 66, 0xff, 0xff]))).toMatchObject({ ok: false, faults: [{ line: 2 }] });
  expect(readText('a.txt', Uint8Array.from([65, 0, 66]))).toMatchObject({
    ok: false,
    faults: [{ line: 1, column: 2, found: 'a zero byte' }],
  });
});

test('the head of a WAV file tells its length; something else is no WAV', () => {
  const wav = toneWav(440, 1.5);
  expect(wavInfo(wav.subarray(0, 4096), wav.length)).toEqual({ channels: 1, sampleRate: 8000, durationMs: 1500 });
  expect(wavInfo(Buffer.from('RIFFxxxxWAVEjunk'), 16)).toBeUndefined();
  expect(wavInfo(Buffer.from('ID3'), 3)).toBeUndefined();
});
