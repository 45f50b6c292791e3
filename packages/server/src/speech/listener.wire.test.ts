import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { frameSamples } from '@threerings/core/acoustics/frames';
import { pcmOf, type Said, spoken } from '@threerings/testkit/spoken';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import type { ListenerReport } from './listener/protocol.ts';
import { ListenerProcess } from './listener-process.ts';

let folder: string;
let listener: ListenerProcess;
let reports: ListenerReport[];
let ups: number;
let downs: number;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-listener-'));
  reports = [];
  ups = 0;
  downs = 0;
  listener = new ListenerProcess(folder, systemClock, {
    report: (report) => void reports.push(report),
    up: () => void ups++,
    down: () => void downs++,
  });
  listener.start();
  await expect.poll(() => ups, { timeout: 20_000 }).toBe(1);
});
afterEach(async () => {
  await listener.stop();
  rmSync(folder, { recursive: true, force: true });
});

const legs = { agent: 'a', customer: 'caller' };
const subjects = { agent: 'staff-0217', customer: 'customer-c' };

async function openSide(call: string, side: 'agent' | 'customer'): Promise<Socket> {
  const socket = path.join(folder, side);
  listener.send({ kind: 'open', call, side, socket });
  await expect
    .poll(() => reports.some((report) => report.kind === 'opened' && report.side === side && report.ok), { timeout: 10_000 })
    .toBe(true);
  const tap = connect(socket);
  await new Promise((resolve) => tap.once('connect', resolve));
  return tap;
}

function bytesOf(said: readonly Said[], seconds: number): Buffer {
  const samples = pcmOf(spoken(seconds, said));
  return Buffer.from(samples.buffer);
}

test('what two sockets carry becomes events and watermarks, however the bytes are cut', async () => {
  listener.send({ kind: 'listen', call: 'c', notBefore: 0, legs, subjects, transcribe: false });
  const customer = await openSide('c', 'customer');
  const agent = await openSide('c', 'agent');
  listener.send({ kind: 'meet', call: 'c', on: true });
  const [left, right] = [bytesOf([{ from: 1, to: 2 }], 8), bytesOf([{ from: 5, to: 7 }], 8)];
  const frame = frameSamples * 2;
  const heard = () => reports.filter(({ kind }) => kind === 'heard').length;
  // Sound comes in step, but its bytes in pieces of any size.
  for (let at = 0; at < left.length; at += frame) {
    customer.write(left.subarray(at, at + 100));
    customer.write(left.subarray(at + 100, at + frame));
    agent.write(right.subarray(at, at + frame));
    const ms = ((at + frame) / frame) * 20;
    if (ms % 1000 === 0) await expect.poll(heard, { timeout: 10_000, interval: 5 }).toBeGreaterThanOrEqual(Math.floor(ms / 240));
  }
  const mark = () => reports.findLast((report) => report.kind === 'heard')?.marks.audio ?? 0;
  const since = () => (reports.find((report) => report.kind === 'hears') ?? { since: 0 }).since;
  await expect.poll(() => mark() - since(), { timeout: 10_000 }).toBeGreaterThan(6500);
  listener.send({ kind: 'end', call: 'c' });
  await expect.poll(() => reports.at(-1)?.kind, { timeout: 10_000 }).toBe('ended');
  const told = reports.flatMap((report) => (report.kind === 'heard' ? report.events : []));
  expect(told.filter(({ type }) => type.startsWith('speech.activity')).map(({ type, by }) => `${by} ${type}`)).toEqual([
    'customer speech.activity-started',
    'customer speech.activity-ended',
    'agent speech.activity-started',
    'agent speech.activity-ended',
  ]);
  const silences = told
    .filter(({ type }) => type === 'speech.silence-ended')
    .map(({ fields }) => Math.round(Number(fields['silence']) / 500));
  expect(silences.slice(0, 2)).toEqual([2, 6]);
  customer.destroy();
  agent.destroy();
});

test('a side whose sound ends is told to be deaf; one that was closed is not', async () => {
  listener.send({ kind: 'listen', call: 'c', notBefore: 0, legs, subjects, transcribe: false });
  const customer = await openSide('c', 'customer');
  const agent = await openSide('c', 'agent');
  listener.send({ kind: 'close', call: 'c', side: 'agent' });
  await new Promise((resolve) => agent.once('close', resolve));
  customer.destroy();
  await expect
    .poll(() => reports.filter(({ kind }) => kind === 'deaf'), { timeout: 10_000 })
    .toMatchObject([{ call: 'c', side: 'customer' }]);
});

test('kill -9 is told, and a successor listens', async () => {
  process.kill(listener.pid ?? 0, 'SIGKILL');
  await expect.poll(() => downs, { timeout: 10_000 }).toBe(1);
  expect(listener.up).toBe(false);
  await expect.poll(() => ups, { timeout: 20_000 }).toBe(2);
  listener.send({ kind: 'listen', call: 'c', notBefore: 0, legs, subjects, transcribe: false });
  (await openSide('c', 'customer')).destroy();
});
