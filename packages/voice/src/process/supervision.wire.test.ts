import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { EventDiary } from '../fake/diary.ts';
import { rigSettings, VoiceRig } from '../fake/voice-rig.ts';
import { decodingTable } from '../media/g711.ts';
import { amplitudeOf } from '../media/tone.ts';
import { readWav } from '../media/wav.ts';
import { VoiceClient } from './client.ts';
import { nativeParts } from './native-parts.ts';
import { VoiceSupervisor } from './supervisor.ts';

const rigs: VoiceRig[] = [];
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

async function start(options: Parameters<typeof VoiceRig.start>[0] = {}): Promise<VoiceRig> {
  const rig = await VoiceRig.start(options);
  rigs.push(rig);
  return rig;
}

const isAlive = (pid: number) => existsSync(`/proc/${pid}`);
const soon = { timeout: 15_000, interval: 20 };

describe('the voice process', { timeout: 30_000 }, () => {
  it('keeps the calls of a killed controller, and tells its next life of them', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'voice-'));
    cleanups.push(() => rmSync(directory, { recursive: true, force: true }));
    // A controller that is a process of its own, so that it can be killed.
    const controller = spawn(
      process.execPath,
      [
        '--import',
        createRequire(import.meta.url).resolve('tsx'),
        fileURLToPath(new URL('../fake/controller.ts', import.meta.url)),
        directory,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [first] = (await once(controller.stdout, 'data')) as [Buffer];
    const pid = Number(first.toString());
    controller.kill('SIGKILL');
    await once(controller, 'exit');
    expect(isAlive(pid)).toBe(true);

    const rig = await start({ directory });
    expect(rig.supervisor.pid, 'the running process is adopted').toBe(pid);
    expect(rig.diary.events[0]).toMatchObject({ kind: 'snapshot', snapshot: { legs: [{ leg: 'kept', kind: 'browser' }] } });
    await rig.do({ kind: 'hang-up', leg: 'kept' });
  });

  it('ends its calls and itself when no controller comes back within the grace time', async () => {
    const rig = await start({ graceMs: 700 });
    const { phone } = await rig.caller({ says: 400 });
    const file = path.join(rig.directory, 'grace.wav');
    const { leg } = rig.diary.of('leg-arrived')[0] as { leg: string };
    await rig.do({ kind: 'record', recording: 'r', left: leg, file });
    const pid = rig.supervisor.pid as number;
    await rig.supervisor.leave();
    await expect.poll(() => phone.diary.at(-1), soon).toMatch(/^ended bye/);
    await expect.poll(() => isAlive(pid), soon).toBe(false);
    const wav = readFileSync(file);
    expect(wav.readUInt32LE(40), 'the recording was closed whole').toBe(wav.length - 44);
    expect(wav.length).toBeGreaterThan(44 + 8 * 4 * 500);
  });

  it('ends soon without controllers and calls, however long the grace time is', async () => {
    const rig = await start({ graceMs: 600_000 });
    const pid = rig.supervisor.pid as number;
    await rig.supervisor.leave();
    await expect.poll(() => isAlive(pid), soon).toBe(false);
  });

  it('leaves a playable recording behind when it is killed', async () => {
    const rig = await start();
    const { leg } = await rig.caller({ says: 400 });
    const file = path.join(rig.directory, 'killed.wav');
    await rig.do({ kind: 'record', recording: 'r', left: leg, file });
    await expect.poll(() => statSync(file).size, soon).toBeGreaterThan(44 + 8000 * 4);
    process.kill(rig.supervisor.pid as number, 'SIGKILL');
    await rig.diary.next('leg-arrived');
    const wav = readWav(readFileSync(file), decodingTable('PCMA'));
    if ('problem' in wav) throw new Error(wav.problem);
    const left = wav.channels[0] as Int16Array;
    // The header follows each piece of half a second: killed in between, it knows all but the last one.
    expect(left.length).toBeGreaterThanOrEqual(4000);
    expect(amplitudeOf(400, left.subarray(1600, 4000))).toBeGreaterThan(5000);
  });

  it('is started again after a crash, which is told, and knows no old calls', async () => {
    const rig = await start();
    await rig.do({ kind: 'offer', leg: 'lost' });
    const pid = rig.supervisor.pid as number;
    process.kill(pid, 'SIGKILL');
    await rig.diary.next('snapshot', (event) => event.snapshot.process.pid !== pid);
    expect(rig.exits).toMatchObject([{ pid, signal: 'SIGKILL', lastWords: expect.stringContaining('started') }]);
    expect(await rig.send({ kind: 'mute', leg: 'lost', on: true })).toMatchObject({ ok: false, refused: 'leg.unknown' });
  });

  it('refuses a command that was in flight when it crashed', async () => {
    const rig = await start();
    process.kill(rig.supervisor.pid as number, 'SIGSTOP');
    const answer = rig.send({ kind: 'offer', leg: 'a' });
    process.kill(rig.supervisor.pid as number, 'SIGKILL');
    expect(await answer).toMatchObject({ ok: false, refused: 'process.gone' });
  });

  it('carries a command out once when it is repeated after a lost connection', async () => {
    const rig = await start();
    const socket = path.join(rig.directory, 'voice.sock');
    const line = `${JSON.stringify({ id: 'same', command: { kind: 'offer', leg: 'a' } })}\n`;
    for (let i = 0; i < 2; i++) {
      const connection = connect(socket);
      let text = '';
      connection.on('data', (chunk) => {
        text += chunk.toString();
      });
      connection.write(line);
      await expect.poll(() => text, soon).toContain('{"answer":{"id":"same","ok":true}}');
      connection.destroy();
    }
    expect(rig.diary.of('offered')).toHaveLength(1);
  });

  it('refuses bad input line by line and goes on', async () => {
    const rig = await start();
    const connection = connect(path.join(rig.directory, 'voice.sock'));
    cleanups.push(() => void connection.destroy());
    const lines: string[] = [];
    let rest = '';
    connection.on('data', (chunk) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts.filter((line) => line.includes('"answer"')));
    });
    const bad = [
      'nonsense',
      '[]',
      '{"id":7}',
      '{"id":"1","command":{"kind":"explode"}}',
      '{"id":"2","command":{"kind":"reject","leg":"x","status":200}}',
    ];
    connection.write(`${bad.join('\n')}\n`);
    connection.write(`{"id":"3","command":{"kind":"ring","leg":"${'x'.repeat(300_000)}"}}\n`);
    connection.write('{"id":"4","command":{"kind":"ring","leg":"nobody"}}\n');
    await expect.poll(() => lines.length, soon).toBe(7);
    const answers = lines.map((line) => (JSON.parse(line) as { answer: { id: string; refused: string; message: string } }).answer);
    expect(answers.map(({ id, refused }) => `${id} ${refused}`)).toEqual([
      ' command.invalid',
      ' command.invalid',
      ' command.invalid',
      '1 command.invalid',
      '2 command.invalid',
      ' command.invalid',
      '4 leg.unknown',
    ]);
    expect(answers[4]?.message).toBe('reject.status must be a whole number from 400 to 699');
  });

  it('keeps its socket to itself, and says why it does not start', async () => {
    const rig = await start();
    expect(statSync(rig.directory).mode & 0o777).toBe(0o700);
    const directory = mkdtempSync(path.join(tmpdir(), 'voice-'));
    cleanups.push(() => rmSync(directory, { recursive: true, force: true }));
    const port = Number(/:(\d+)$/.exec(rig.sipUri)?.[1]);
    const settings = { ...rigSettings({}), sip: { address: '127.0.0.1', port, trunks: [] } };
    await expect(VoiceSupervisor.start({ directory, settings })).rejects.toThrow(/SIP cannot be opened: another program has 127\.0\.0\.1/);
  });
});

describe('the parts of the process that are no JavaScript', () => {
  it('tell their versions', async () => {
    const parts = await nativeParts();
    expect(parts.map(({ name }) => name)).toEqual(['node-datachannel', 'libdatachannel', 'OpenSSL']);
    for (const { version } of parts) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('the client', { timeout: 30_000 }, () => {
  it('gives a listener that comes later a snapshot of its own', async () => {
    const rig = await start();
    await rig.do({ kind: 'offer', leg: 'a' });
    const late = new EventDiary(rig.voice);
    expect((await late.next('snapshot')).snapshot.legs).toMatchObject([{ leg: 'a' }]);
    expect(rig.diary.of('snapshot')).toHaveLength(1);
  });

  it('refuses what cannot be sent within its time, and after it was closed', async () => {
    const client = new VoiceClient(path.join(tmpdir(), 'nobody-listens-here.sock'), { answerMs: 100 });
    expect(await client.send({ kind: 'ring', leg: 'a' })).toMatchObject({
      refused: 'process.gone',
      message: expect.stringContaining('100 ms'),
    });
    expect(await client.send({ kind: 'ring', leg: '' })).toMatchObject({ refused: 'command.invalid' });
    const waiting = client.send({ kind: 'ring', leg: 'a' });
    await client.close();
    expect(await waiting).toMatchObject({ refused: 'process.gone' });
    expect(await client.send({ kind: 'ring', leg: 'a' })).toMatchObject({ refused: 'process.gone' });
  });
});
