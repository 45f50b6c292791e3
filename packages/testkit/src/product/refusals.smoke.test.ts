import dgram from 'node:dgram';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { freePort } from '../baresip.ts';
import { signIn } from '../console-client.ts';
import { buildProduct, startCommand, threerings } from './command.ts';
import { callOf, callsOf, House } from './house.ts';
import { processesOf, untilNothingRuns } from './processes-of.ts';

/** The one line in which a command that could not be carried out says why. */
async function refused(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { ended, lines } = await threerings(args, { env });
  return { ended, lines };
}

describe('a start that cannot be', () => {
  let house: House;
  let env: Record<string, string>;
  beforeAll(async () => {
    house = await House.open();
    // Until something personal is stored: the demo's call has begun to speak.
    const leader = await house.signIn('0103');
    const hasSpoken = async () => {
      const [row] = await callsOf(leader);
      return row !== undefined && (await callOf(leader, row.interaction)).events.some(({ text }) => text !== undefined);
    };
    await vi.waitFor(async () => expect(await hasSpoken()).toBe(true), { timeout: 40_000, interval: 250 });
    await house.product.process.stop();
    env = { THREERINGS_DATA: house.folder, THREERINGS_PORT: String(house.port), THREERINGS_SIP_PORT: String(house.sipPort) };
  }, 180_000);
  afterEach(() => untilNothingRuns(house.folder, 10_000), 20_000);
  afterAll(async () => {
    // Everything is put back as it was, and none of the refused starts has damaged anything.
    await house.start();
    expect((await fetch(`${house.base}/api/health`)).status).toBe(200);
    await house.close();
  }, 60_000);

  test('because another program has the port names --port', async () => {
    const other = net.createServer().listen(house.port, '127.0.0.1');
    await once(other, 'listening');
    const answer = await refused(['start-demo'], env);
    other.close();
    expect(answer).toEqual({
      ended: 3,
      lines: [expect.stringMatching(/^threerings start-demo: --port: \d+ is in use by another program/)],
    });
  });

  test('because another program has the SIP port names --sip-port, and leaves no process', async () => {
    const other = dgram.createSocket('udp4').bind(house.sipPort, '127.0.0.1');
    await once(other, 'listening');
    const answer = await refused(['start-demo'], env);
    other.close();
    expect(answer).toEqual({
      ended: 3,
      lines: [
        expect.stringMatching(/^threerings start-demo: --sip-port \d+: .*another program has 127\.0\.0\.1, port \d+: choose another port$/),
      ],
    });
  });

  test('because the data folder cannot be written names --data', async () => {
    const answer = await refused(['start-demo'], { ...env, THREERINGS_DATA: '/proc/threerings' });
    expect(answer).toEqual({
      ended: 3,
      lines: [expect.stringMatching(/^threerings start-demo: --data: cannot write to \/proc\/threerings/)],
    });
  });

  test.each([
    [['--port', '99999'], /--port: expected a port/],
    [['--colour', 'red'], /--colour: unknown option/],
  ])('because of %j names the option', async (args, line) => {
    expect(await refused(['start-demo', ...args], env)).toEqual({ ended: 2, lines: [expect.stringMatching(line)] });
  });

  test('because the voice folder is open to others names that folder', async () => {
    chmodSync(path.join(house.folder, 'voice'), 0o755);
    const answer = await refused(['start-demo'], env);
    chmodSync(path.join(house.folder, 'voice'), 0o700);
    expect(answer).toEqual({ ended: 3, lines: [expect.stringMatching(/voice.* is open to other users.*700/)] });
  });

  test.each(['postgres/cluster/global/pg_control', 'postgres/cluster/PG_VERSION', 'postgres/credentials.json'])(
    'because %s is damaged says so and leaves it as it is',
    async (name) => {
      const file = path.join(house.folder, name);
      const whole = readFileSync(file);
      truncateSync(file, 1);
      const answer = await refused(['start-demo'], env);
      expect(readFileSync(file)).toHaveLength(1);
      writeFileSync(file, whole);
      expect(answer).toEqual({ ended: 3, lines: [expect.stringContaining(house.folder)] });
    },
  );

  test('because the master key is lost says so instead of making another one', async () => {
    const file = path.join(house.folder, 'master.key');
    const key = readFileSync(file);
    rmSync(file);
    const answer = await refused(['start-demo'], env);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, key, { mode: 0o600 });
    expect(answer).toEqual({ ended: 3, lines: [expect.stringContaining('master.key')] });
  });
});

describe.runIf(process.getuid?.() === 0)('serve', () => {
  /** `nobody`: initdb wants a user whom the system knows. */
  const someone = 65_534;
  beforeAll(buildProduct, 120_000);
  const named = ['--hotline-name', '某市热线', '--hotline-number', '12345'];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync('/tmp/tr-serve-');
    chmodSync(folder, 0o777);
  });
  afterEach(async () => {
    await untilNothingRuns(folder, 10_000);
    rmSync(folder, { recursive: true, force: true });
  }, 20_000);

  test('refuses root before anything is made', async () => {
    const data = path.join(folder, 'data');
    expect(await refused(['serve', ...named, '--data', data], {})).toEqual({
      ended: 3,
      lines: [expect.stringMatching(/^threerings serve: serve does not run as root/)],
    });
    expect(existsSync(data)).toBe(false);
  });

  test.each([
    [['--host', '0.0.0.0', '--tls', 'off'], /--tls|--host/],
    [['--host', '0.0.0.0', '--public', '--tls', 'off'], /--tls/],
  ])('refuses %j: no plain HTTP beyond this machine', async (args, line) => {
    const data = path.join(folder, 'data');
    const answer = await threerings(['serve', ...named, '--data', data, '--port', '0', ...args], { as: someone });
    expect(answer).toEqual({ ended: 3, lines: [expect.stringMatching(line)] });
    expect(existsSync(data)).toBe(false);
  });

  test('runs as a user of its own, lets its first administrator in, and leaves no process', async () => {
    const data = path.join(folder, 'data');
    const [port, sipPort] = [await freePort(), await freePort()];
    const server = startCommand(['serve', ...named, '--data', data, '--port', String(port), '--sip-port', String(sipPort)], {
      as: someone,
    });
    await server.prints(/nobody can sign in yet/, 60_000);
    const password = 'a quiet afternoon';
    const made = await threerings(['admin', 'create', '--login', 'chief', '--data', data], { as: someone, input: `${password}\n` });
    expect(made).toMatchObject({ ended: 0 });
    const chief = await signIn(`http://127.0.0.1:${port}`, 'chief', password);
    expect(chief.me).toMatchObject({ demo: false, hotline: { number: '12345' } });
    expect((await fetch(`http://127.0.0.1:${port}/api/demo-accounts`)).status).toBe(404);
    expect(await server.stop('SIGTERM')).toBe(0);
    expect(processesOf(folder)).toEqual([]);
  });
});
