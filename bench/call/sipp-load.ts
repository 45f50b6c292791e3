import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@threerings/testkit/baresip';
import { type Running, run } from '@threerings/testkit/processes';
import { toolPath } from '@threerings/testkit/tools';
import { callerXml, peerXml } from './sipp-scenarios.ts';

/** The called party: answers every INVITE with 180 and at once 200, and waits for the BYE. */
export interface Peer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

export async function startPeer(): Promise<Peer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-peer-'));
  const scenario = path.join(folder, 'peer.xml');
  writeFileSync(scenario, peerXml);
  const port = await freePort();
  const running = run(toolPath('sipp'), ['-sf', scenario, ...onLoopback, '-p', String(port)], { cwd: folder });
  await sleep(300);
  return {
    port,
    pid: running.pid,
    stop: async () => {
      // sipp ends its standing calls first at SIGUSR1; there are none.
      await running.stop('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Load {
  /** SIP port on loopback of the system under test */
  readonly port: number;
  /** calls a second */
  readonly rate: number;
  readonly seconds: number;
}

/** What the caller measured, ms from the INVITE on; calls without a 180 have no `ring`. */
export interface Measured {
  readonly calls: number;
  /** calls that did not go INVITE, 200, ACK, BYE, 200 */
  readonly failed: number;
  readonly ring: readonly number[];
  readonly answer: readonly number[];
}

/** Calls at an even rate, each held for 1 s after its answer and ended by the caller. No audio is sent. */
export async function callAtRate({ port, rate, seconds }: Load): Promise<Measured> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'bench-caller-'));
  try {
    const scenario = path.join(folder, 'caller.xml');
    writeFileSync(scenario, callerXml);
    const calls = Math.round(rate * seconds);
    const flow = ['-m', String(calls), '-l', String(calls), '-r', String(rate), '-s', '12333'];
    const limits = ['-timeout', `${seconds + 6}s`, '-timeout_error', '-trace_shortmsg'];
    const caller = run(toolPath('sipp'), ['-sf', scenario, ...onLoopback, ...flow, ...limits, `127.0.0.1:${port}`], { cwd: folder });
    const late = setTimeout(() => void caller.stop('SIGKILL'), (seconds + 10) * 1000);
    await caller.ended;
    clearTimeout(late);
    return resultsOf(logIn(folder, caller), calls);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const onLoopback = ['-i', '127.0.0.1', '-mi', '127.0.0.1', '-t', 'u1', '-nostdin'];

/** sipp writes each message with the instant to the microsecond: date, time, seconds, S or R, Call-ID, CSeq, first line. */
function resultsOf(log: string, calls: number): Measured {
  const invited = new Map<string, number>();
  const rung = new Map<string, number>();
  const answered = new Map<string, number>();
  const done = new Set<string>();
  for (const line of log.split('\n')) {
    const [, , instant = '', , call = '', sequence = '', first = ''] = line.split('\t');
    const ms = Number(instant) * 1000;
    if (first.startsWith('INVITE ')) keepFirst(invited, call, ms);
    else if (first.startsWith('SIP/2.0 180')) keepFirst(rung, call, ms);
    else if (first.startsWith('SIP/2.0 200') && sequence.includes('INVITE')) keepFirst(answered, call, ms);
    else if (first.startsWith('SIP/2.0 200') && sequence.includes('BYE')) done.add(call);
  }
  const since = (later: ReadonlyMap<string, number>) => [...later].map(([call, ms]) => ms - (invited.get(call) ?? Number.NaN));
  return { calls, failed: calls - done.size, ring: since(rung), answer: since(answered) };
}

function keepFirst(instants: Map<string, number>, call: string, ms: number): void {
  if (!instants.has(call)) instants.set(call, ms);
}

function logIn(folder: string, caller: Running): string {
  const name = readdirSync(folder).find((each) => each.includes('shortmessages'));
  if (name === undefined) throw new Error(`sipp left no log of its messages; it printed:\n${caller.output().slice(-2000)}`);
  return readFileSync(path.join(folder, name), 'utf8');
}
