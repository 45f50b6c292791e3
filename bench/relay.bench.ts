/**
 * CPU that the audio of standing SIP calls costs, and the delay that it is given: the voice process with its real legs and
 * bridges beside rtpengine in userspace (the better of one and two threads), and beside a bare forwarder that shows what
 * Node's sockets alone cost. The same packets for all, three runs with the order turned round, then single runs of the voice
 * process with recording, tap and mixing. SIP to WebRTC: half as many calls, one run of each.
 * npm run bench -- relay [--calls 100] [--seconds 4] [--runs 3]
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import { cpuMsOf } from './lib/cpu.ts';
import { closingLine, quantile } from './lib/figures.ts';
import { bareForwarder } from './relay/bare-forwarder.ts';
import type { Ports } from './relay/messages.ts';
import { type AskBrowser, direct, type Relay } from './relay/relay.ts';
import { relayByRtpengine } from './relay/rtpengine.ts';
import { Traffic } from './relay/traffic.ts';
import { relayByVoice } from './relay/voice-relay.ts';

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '100' },
    seconds: { type: 'string', default: '3' },
    runs: { type: 'string', default: '3' },
  },
});
const calls = Number(values.calls);
const measureMs = Number(values.seconds) * 1000;
const warmMs = 2000;

type Row = Awaited<ReturnType<typeof measure>>;
type Open = (ports: Ports, askBrowser: AskBrowser) => Promise<Relay>;

interface Setting {
  readonly calls: number;
  readonly listeners?: number;
  readonly browsers?: boolean;
}

async function measure(name: string, open: Open, setting: Setting = { calls }) {
  const load = Math.round(10 * (os.loadavg()[0] ?? 0)) / 10;
  const traffic = await Traffic.open(setting.calls, setting);
  try {
    const relay = await open(traffic.ports, (call, offer) => traffic.answer(call, offer));
    try {
      const clock = new CpuClock(relay.pid);
      const result = await traffic.send(
        relay.to,
        warmMs,
        measureMs,
        () => clock.start(),
        () => clock.stop(),
      );
      const row = {
        name,
        load,
        calls: setting.calls,
        cpuMsPerCallAndSecond: Math.round((clock.share / setting.calls) * 1000) / 1000,
        ...result,
      };
      console.log(JSON.stringify(row));
      return row;
    } finally {
      await relay.close();
    }
  } finally {
    traffic.close();
  }
}

/** CPU of one process between two instants, ms per second; 0 for no process. */
class CpuClock {
  readonly #pid: number;
  #from = { cpu: 0, at: 0 };
  share = 0;

  constructor(pid: number) {
    this.#pid = pid;
  }

  start(): void {
    this.#from = { cpu: cpuMsOf(this.#pid), at: performance.now() };
  }

  stop(): void {
    this.share = (1000 * (cpuMsOf(this.#pid) - this.#from.cpu)) / (performance.now() - this.#from.at);
  }
}

const systems: readonly (readonly [string, Open])[] = [
  ['no relay', direct],
  ['voice', (ports) => relayByVoice(ports)],
  ['bare forwarder on Node', (ports) => bareForwarder(ports)],
  ['rtpengine, 1 thread', (ports) => relayByRtpengine(ports, 1)],
  ['rtpengine, 2 threads', (ports) => relayByRtpengine(ports, 2)],
];

/** The middle of the runs. */
function summary(rows: readonly Row[], name: string) {
  const of = rows.filter((row) => row.name === name);
  const middle = (figure: (row: Row) => number) => quantile(of.map(figure), 0.5);
  return {
    cpuMsPerCallAndSecond: middle((row) => row.cpuMsPerCallAndSecond),
    delayP50Us: middle((row) => row.delayUs.p50),
    delayP99Us: middle((row) => row.delayUs.p99),
    lost: of.reduce((sum, row) => sum + row.sent - row.received, 0),
    runs: of.length,
    highestLoad: Math.max(...of.map((row) => row.load)),
  };
}

const rows: Row[] = [];
for (let run = 0; run < Number(values.runs); run++)
  for (const [name, open] of run % 2 === 0 ? systems : systems.toReversed()) rows.push(await measure(name, open));
const recorded = await measure('voice, recorded', (ports) => relayByVoice(ports, { extra: 'recorded' }));
const tapped = await measure('voice, tapped', (ports) => relayByVoice(ports, { extra: 'tapped' }));
const mixed = await measure('voice, mixed for a third leg', (ports) => relayByVoice(ports), { calls, listeners: 1 });
const half: Setting = { calls: Math.round(calls / 2), browsers: true };
const toBrowser = await measure('voice, to browsers', (ports, askBrowser) => relayByVoice(ports, { askBrowser }), half);
const theirsToBrowser = [
  await measure('rtpengine, 1 thread, to browsers', (ports, askBrowser) => relayByRtpengine(ports, 1, askBrowser), half),
  await measure('rtpengine, 2 threads, to browsers', (ports, askBrowser) => relayByRtpengine(ports, 2, askBrowser), half),
];

const cpuOf = (row: { readonly cpuMsPerCallAndSecond: number }) => row.cpuMsPerCallAndSecond;
const least = <T extends { readonly cpuMsPerCallAndSecond: number }>(of: readonly T[]) =>
  of.reduce((one, other) => (cpuOf(other) < cpuOf(one) ? other : one));
const round = (value: number) => Math.round(value * 100) / 100;
const summaries = Object.fromEntries(systems.map(([name]) => [name, summary(rows, name)]));
const { 'no relay': alone = summary(rows, 'no relay'), voice = summary(rows, 'voice'), ...others } = summaries;
const { 'bare forwarder on Node': bare = summary(rows, 'bare forwarder on Node'), ...peers } = others;
const best = least(Object.values(peers));
const bestToBrowser = least(theirsToBrowser);
const webrtc = (row: Row) => ({ calls: row.calls, load: row.load, cpuMsPerCallAndSecond: cpuOf(row), delayP99Us: row.delayUs.p99 });
const ours = { calls, ...voice, recorded: cpuOf(recorded), tapped: cpuOf(tapped), mixedForThird: cpuOf(mixed), webrtc: webrtc(toBrowser) };
const ratio = {
  cpu: round(cpuOf(voice) / cpuOf(best)),
  cpuBareForwarder: round(cpuOf(bare) / cpuOf(best)),
  cpuWebrtc: round(cpuOf(toBrowser) / cpuOf(bestToBrowser)),
  addedP99Us: { voice: voice.delayP99Us - alone.delayP99Us, rtpengine: best.delayP99Us - alone.delayP99Us },
};
closingLine(
  'relay',
  ours,
  { ...peers, 'rtpengine, to browsers': webrtc(bestToBrowser), 'no relay': alone, 'bare forwarder on Node': bare },
  ratio,
);
process.exit(0);
