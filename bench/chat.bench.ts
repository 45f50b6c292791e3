/**
 * Many chats at once on the whole product: how long a visitor's message takes to the agent's open conversation, and whether a
 * server that is killed in mid-load loses a message or takes one twice. Visitors and agents speak to the product over its own
 * sockets; every message waits for its commit in the embedded database before anybody is told. Afterwards every chat is read
 * anew and held against what its visitor wrote. What server, database and the clients of this process spend is counted over the
 * first half, and the share of one core that the clients take is told: theirs must not be the bottleneck. No peer is measured.
 * npm run bench -- chat [--chats 1000] [--agents 40] [--rate 200] [--seconds 40] [--profile FOLDER]
 * With --profile the server is not killed, and leaves a CPU profile in the folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '@threerings/testkit/baresip';
import { startProduct } from '@threerings/testkit/product';
import { Agents } from './chat/agents.ts';
import { historyOf, Visitor } from './chat/visitor.ts';
import { meter } from './lib/cpu-meter.ts';
import { closingLine, spread } from './lib/figures.ts';

const { values } = parseArgs({
  options: {
    ...{ chats: { type: 'string', default: '1000' }, agents: { type: 'string', default: '40' } },
    ...{ rate: { type: 'string', default: '200' }, seconds: { type: 'string', default: '40' } },
    profile: { type: 'string' },
  },
});
const [chats, people, rate, seconds] = [values.chats, values.agents, values.rate, values.seconds].map(Number) as [
  number,
  number,
  number,
  number,
];
/** Chats that the product lets one address begin in a minute. */
const perAddress = 10;
const atOnce = 20;

const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-chat-bench-'));
const [port, sipPort] = [await freePort(), await freePort()];
const node =
  values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-interval=500', `--cpu-prof-dir=${path.resolve(values.profile)}`];
const options = { folder, port, sipPort, node, env: { THREERINGS_VOICE: 'off', THREERINGS_LOG_LEVEL: 'error' } };
let product = await startProduct(options);
try {
  const agents = await Agents.hire(product.base, people, Math.ceil(chats / people));
  const visitors: Visitor[] = [];
  for (let from = 0; from < chats; from += atOnce)
    visitors.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(atOnce, chats - from) }, (_, n) =>
          Visitor.begin(product.base, `127.0.1.${1 + Math.floor((from + n) / perAddress)}`),
        ),
      )),
    );
  await agents.follow();
  await sleep(3000);

  const idle = meter({ server: { pid: product.process.pid, alone: true } });
  await sleep(5000);
  const idleMs = idle()['server'] ?? 0;
  const spent = meter({ server: { pid: product.process.pid, alone: true }, all: { pid: product.process.pid } });
  const [own, begun] = [process.cpuUsage(), performance.now()];
  const before = await load(visitors, seconds / 2);
  const cpu = costOf({ spent: spent(), own: process.cpuUsage(own), forMs: performance.now() - begun, messages: before.size });
  console.log(`idle: server ${Math.round(idleMs / 5)} ms/s; loaded: ${JSON.stringify(cpu)}; load ${os.loadavg()[0]?.toFixed(1)}`);
  console.log(`message → open conversation, first half, ms: ${JSON.stringify(spread(agents.delays(before)))}`);
  if (values.profile !== undefined) {
    await product.process.stop('SIGTERM');
    process.exit(0);
  }
  const down = performance.now();
  const loading = load(visitors, seconds / 2);
  await sleep(2000);
  await product.process.stop('SIGKILL');
  product = await startProduct(options);
  const downMs = performance.now() - down - 2000;
  await loading;
  for (let waited = 0; waited < 60 && visitors.some((each) => each.unsent > 0); waited += 1) await sleep(1000);

  // A chat shows itself to one page at a time: the visitors' own give way to those that read anew.
  for (const visitor of visitors) visitor.close();
  const written = new Map(visitors.map((each) => [each.chat, each.written]));
  const lost: string[] = [];
  const twice: string[] = [];
  const disordered: string[] = [];
  for (let from = 0; from < visitors.length; from += atOnce)
    for (const { chat, messages } of await Promise.all(visitors.slice(from, from + atOnce).map((each) => historyOf(product.base, each)))) {
      const seen = new Set(messages);
      const own = written.get(chat) ?? [];
      lost.push(...own.filter((message) => !seen.has(message)));
      if (seen.size !== messages.length) twice.push(chat);
      const stored = messages.filter((message) => own.includes(message));
      if (stored.join() !== own.filter((message) => seen.has(message)).join()) disordered.push(chat);
    }
  const total = [...written.values()].reduce((sum, own) => sum + own.length, 0);
  const toConversation = spread(agents.delays(before));
  console.log(`chats ${visitors.length}, agents ${people}, messages ${total}, server away ${Math.round(downMs)} ms`);
  console.log(
    `message → open conversation of the agent, ms: p50 ${toConversation.p50}, p95 ${toConversation.p95}, p99 ${toConversation.p99}`,
  );
  console.log(`lost ${lost.length}, twice ${twice.length}, out of order ${disordered.length}`);
  closingLine(
    'chat',
    {
      chats: visitors.length,
      total,
      toConversation,
      cpu: { ...cpu, idleMsPerSecond: idleMs / 5, load: os.loadavg()[0] },
      downMs: Math.round(downMs),
      lost: lost.length,
      twice: twice.length,
      disordered: disordered.length,
    },
    {},
    null,
  );
  agents.close();
} finally {
  await product.process.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

/** Writes at an even rate into chats in turn; gives when each message was written. */
async function load(visitors: readonly Visitor[], forSeconds: number): Promise<ReadonlyMap<string, number>> {
  const sent = new Map<string, number>();
  const begun = performance.now();
  for (let n = 0; n < rate * forSeconds; n += 1) {
    const due = begun + (n * 1000) / rate;
    if (due > performance.now()) await sleep(due - performance.now());
    const visitor = visitors[(n * 7919) % visitors.length];
    if (visitor !== undefined) sent.set(visitor.write(), performance.now());
  }
  await sleep(1000);
  return sent;
}

interface Spent {
  readonly spent: Readonly<Record<string, number>>;
  readonly own: NodeJS.CpuUsage;
  readonly forMs: number;
  readonly messages: number;
}

/** CPU of the server's process and of its database for each message, ms, and the share of one core that the clients took. */
function costOf({ spent: { server = 0, all = 0 }, own, forMs, messages }: Spent) {
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    serverMsPerMessage: round(server / messages),
    otherMsPerMessage: round((all - server) / messages),
    clientsShareOfCore: round((own.user + own.system) / 1000 / forMs),
  };
}
