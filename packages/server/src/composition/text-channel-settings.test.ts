import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { channelsIn, readChannels } from './text-channel-settings.ts';

const key = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const kf = { id: 'kf', kind: 'wecom', corpId: 'ww1', secret: 'hidden', token: 'QDG6eK', encodingAesKey: key, accounts: ['wk1'] };
const mp = { id: 'mp', kind: 'wechat', appId: 'wx1', secret: 'hidden', token: 'QDG6eK', encodingAesKey: key, queue: 'general' };
const bot = { id: 'bot', kind: 'qq', appId: '102', secret: 'hidden' };
const read = (...channels: readonly object[]) => channelsIn(JSON.stringify({ channels }), () => 0);

it('reads accounts of each vendor, with the queue that they lead to', () => {
  const given = read(kf, mp, bot);
  const found = 'channels' in given ? given.channels.map(({ id, queue, vendor }) => [id, vendor.channel, queue]) : given;
  expect(found).toEqual([
    ['kf', 'wecom', undefined],
    ['mp', 'wechat', 'general'],
    ['bot', 'qq', undefined],
  ]);
});

it.each([
  ['a kind that there is not', [{ ...bot, kind: 'sms' }], 'channels.0.kind'],
  ['a key that was cut', [kf, { ...mp, encodingAesKey: 'hidden-key' }], 'channels.1.encodingAesKey: expected 43 characters'],
  ['a field that nobody reads', [{ ...bot, secert: 'hidden' }], 'channels.0'],
  ['an address that others could read', [{ ...bot, api: 'http://qq.example/hidden' }], 'channels.0.api: expected https'],
  ['two of one name', [bot, { ...bot }], 'two are named bot'],
])('refuses %s by its place, and shows no value', (_, channels, wanted) => {
  const given = read(...channels);
  expect(given).toEqual({ wrong: expect.stringContaining(wanted) });
  expect(JSON.stringify(given)).not.toContain('hidden');
});

it('refuses a file that others may read, one that is not there, and one that is no JSON', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-channels-'));
  const file = path.join(folder, 'channels.json');
  try {
    expect(readChannels(file, () => 0)).toEqual({ wrong: expect.stringContaining('ENOENT') });
    writeFileSync(file, '{"channels":', { mode: 0o600 });
    expect(readChannels(file, () => 0)).toEqual({ wrong: expect.stringContaining('expected JSON') });
    if (process.platform === 'win32') return;
    chmodSync(file, 0o644);
    expect(readChannels(file, () => 0)).toEqual({ wrong: expect.stringContaining('chmod 600') });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
