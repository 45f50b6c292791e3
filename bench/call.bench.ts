/**
 * How long a caller waits for 180 and 200, and what a call costs. In one run, with sipp as caller and as called party:
 * - asterisk: Asterisk 22, dialplan `Dial` to the peer;
 * - voice: our voice process with a minimal controller that does the same;
 * - product: the whole product; the hotline itself answers after the call is committed. Another path: no peer is dialled.
 * npm run bench -- call [--seconds 8] [--rates 10,20,50]
 */
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startAsterisk } from './call/asterisk.ts';
import { startBackToBack } from './call/back-to-back.ts';
import { startWholeProduct } from './call/product.ts';
import { callAtRate, startPeer } from './call/sipp-load.ts';
import { type Group, meter } from './lib/cpu-meter.ts';
import { closingLine, spread } from './lib/figures.ts';

interface System {
  readonly name: string;
  readonly port: number;
  readonly groups: Readonly<Record<string, Group>>;
}

type Row = Awaited<ReturnType<typeof measure>>;

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' }, rates: { type: 'string', default: '10,20,50' } } });
const seconds = Number(values.seconds);
const rates = values.rates.split(',').map(Number);

async function measure(system: System, rate: number) {
  const before = os.loadavg()[0] ?? 0;
  const spent = meter(system.groups);
  const { calls, failed, ring, answer } = await callAtRate({ port: system.port, rate, seconds });
  const cpuMsPerCall = Object.fromEntries(Object.entries(spent()).map(([name, ms]) => [name, round(ms / calls)]));
  const rung = ring.length === 0 ? {} : { ring: spread(ring) };
  const row = { system: system.name, rate, calls, failed, ...rung, answer: spread(answer), cpuMsPerCall };
  console.log(`${JSON.stringify(row)} load ${before.toFixed(1)}`);
  // Calls that ended last are still being cleared away.
  await sleep(500);
  return row;
}

async function beside(rows: Row[]): Promise<string> {
  const peer = await startPeer();
  const asterisk = await startAsterisk(peer.port);
  const voice = await startBackToBack(peer.port);
  try {
    const ours: System = {
      name: 'voice',
      port: voice.port,
      groups: { voice: { pid: voice.pid }, controller: { pid: process.pid, alone: true } },
    };
    const theirs: System = { name: 'asterisk', port: asterisk.port, groups: { asterisk: { pid: asterisk.pid } } };
    await warmUp([theirs, ours]);
    for (const [i, rate] of rates.entries())
      for (const system of i % 2 === 0 ? [theirs, ours] : [ours, theirs]) rows.push(await measure(system, rate));
    if (voice.refusals.size > 0) console.log(`refused by the voice process: ${JSON.stringify([...voice.refusals])}`);
    return asterisk.version;
  } finally {
    await voice.stop();
    await asterisk.stop();
    await peer.stop();
  }
}

async function whole(rows: Row[]): Promise<void> {
  const product = await startWholeProduct();
  try {
    const system: System = { name: 'product', ...product };
    await warmUp([system]);
    const before = await product.stored();
    let made = 0;
    for (const rate of rates) {
      const row = await measure(system, rate);
      made += row.calls;
      rows.push(row);
    }
    console.log(`${(await product.stored()) - before} of ${made} calls stand in the database`);
  } finally {
    await product.stop();
  }
}

/** Compiled code and connected pools, as after some minutes of work. */
async function warmUp(systems: readonly System[]): Promise<void> {
  for (const { port } of systems) await callAtRate({ port, rate: 40, seconds: 3 });
}

const round = (value: number) => Math.round(value * 100) / 100;
const all = (row: Row) => Object.values(row.cpuMsPerCall).reduce((sum, ms) => sum + ms, 0);

const rows: Row[] = [];
const version = await beside(rows);
await whole(rows);
const of = (system: string) => rows.filter((row) => row.system === system).map(({ system: _, ...row }) => row);
const top = Math.max(...rates);
const [mine, theirs] = ['voice', 'asterisk'].map((system) => rows.find((row) => row.system === system && row.rate === top));
const ratio =
  mine && theirs
    ? {
        rate: top,
        answerP50: round(mine.answer.p50 / theirs.answer.p50),
        answerP99: round(mine.answer.p99 / theirs.answer.p99),
        cpuPerCall: round(all(mine) / all(theirs)),
      }
    : undefined;
closingLine('call', { voice: of('voice'), product: of('product') }, { [version]: of('asterisk') }, ratio);
process.exit(0);
