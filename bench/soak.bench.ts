/**
 * The whole product at work for a long time: calls by telephone stand all the while, people at their desks answer them in WebRTC,
 * hold, hang up and wrap up, everything is recorded and judged. Looked at each minute: resident memory and open descriptors of the
 * server, the voice process and the database, and how long the server (GET /api/health) and the voice process (OPTIONS) take to
 * answer, which is at least the delay of their event loops. No peer is measured.
 * npm run bench -- soak [--minutes 60] [--calls 60] [--agents 20] [--talk 60]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startProduct } from '@threerings/testkit/product';
import { databaseProcessOf, voiceProcessOf } from '@threerings/testkit/product/processes-of';
import type { Group } from './lib/cpu-meter.ts';
import { meter } from './lib/cpu-meter.ts';
import { closingLine, spread } from './lib/figures.ts';
import { type Ends, keepCalling } from './soak/caller.ts';
import { sitDown, type Worked, work } from './soak/people.ts';
import { type Signs, serverAnswers, signsOf, slope, voiceAnswers } from './soak/signs.ts';

const { values } = parseArgs({
  options: {
    ...{ minutes: { type: 'string', default: '60' }, calls: { type: 'string', default: '60' } },
    ...{ agents: { type: 'string', default: '20' }, talk: { type: 'string', default: '60' } },
  },
});
const [minutes, lines, people, talkSeconds] = [values.minutes, values.calls, values.agents, values.talk].map(Number) as [
  number,
  number,
  number,
  number,
];
const between = (low: number, high: number) => low + (high - low) * Math.random();

const product = await startProduct({ env: { THREERINGS_RTP_PORTS: '28000-31998', THREERINGS_LOG_LEVEL: 'error' } });
let failure: string | undefined;
try {
  const voice = voiceProcessOf(product.folder);
  const database = databaseProcessOf(product.folder);
  if (voice === undefined || database === undefined) throw new Error('the voice process or the database of the product was not found');
  const groups: Record<string, Group> = {
    server: { pid: product.process.pid, alone: true },
    voice: { pid: voice },
    database: { pid: database },
  };
  const desks = await sitDown(product.base, people);
  let over = false;
  const goesOn = () => !over;
  const ends: Ends = { answered: 0, failed: {} };
  const worked: Worked = { talks: 0, holds: 0, troubles: {} };
  const uri = `sip:12333@127.0.0.1:${product.sipPort}`;
  const busy = [
    ...desks.map((desk) => work(desk, () => 1000 * between(0.5, 1.5) * talkSeconds, goesOn, worked)),
    ...Array.from({ length: lines }, async (_, n) => {
      await sleep(200 * n);
      await keepCalling(uri, () => 1000 * between(3, 8) * talkSeconds, goesOn, ends);
    }),
  ];
  const signs: Signs[] = [];
  const spent = meter(groups);
  const all = { server: [] as number[], voice: [] as number[] };
  const perMinute: { server: number; voice: number }[] = [];
  let asked = 0;
  for (let minute = 1; minute <= minutes; minute += 1) {
    const server: number[] = [];
    const telephony: number[] = [];
    const until = performance.now() + 60_000;
    while (performance.now() < until) {
      asked += 1;
      server.push(await serverAnswers(product.base));
      telephony.push(await voiceAnswers(product.sipPort, asked));
      await sleep(500);
    }
    all.server.push(...server);
    all.voice.push(...telephony);
    perMinute.push({ server: spread(server).p99, voice: spread(telephony).p99 });
    const now = signsOf(minute, groups);
    signs.push(now);
    console.log(
      `minute ${minute}: MB ${JSON.stringify(now.memoryMb)}, descriptors ${JSON.stringify(now.descriptors)}, ` +
        `p99 ms server ${spread(server).p99}, voice ${spread(telephony).p99}; talks ${worked.talks}, calls ended ${ends.answered}, ` +
        `others ${JSON.stringify(ends.failed)}, troubles ${JSON.stringify(worked.troubles)}`,
    );
  }
  const cpu = spent();
  over = true;
  const settled = signs.slice(Math.floor(signs.length / 3));
  const perHour = (of: (signs: Signs) => number) => Math.round(60 * slope(settled.map((each) => [each.minute, of(each)])) * 10) / 10;
  const names = Object.keys(groups);
  const growth = Object.fromEntries(names.map((name) => [name, perHour(({ memoryMb }) => memoryMb[name] ?? 0)]));
  const descriptors = Object.fromEntries(names.map((name) => [name, perHour((each) => each.descriptors[name] ?? 0)]));
  const delayPerHour = {
    server: Math.round(60 * slope(perMinute.map(({ server }, n) => [n, server]))),
    voice: Math.round(60 * slope(perMinute.map(({ voice: each }, n) => [n, each]))),
  };
  console.log(`growth per hour after the first third: MB ${JSON.stringify(growth)}, descriptors ${JSON.stringify(descriptors)}`);
  console.log(`CPU share of one core: ${JSON.stringify(Object.fromEntries(names.map((name) => [name, share(cpu[name] ?? 0)])))}`);
  closingLine(
    'soak',
    {
      ...{ minutes, lines, people, talks: worked.talks, holds: worked.holds, ended: ends.answered, failed: ends.failed },
      ...{ troubles: worked.troubles, last: signs.at(-1), growthMbPerHour: growth, descriptorsPerHour: descriptors },
      answersMs: { server: spread(all.server), voice: spread(all.voice) },
      delayP99GrowthMsPerHour: delayPerHour,
    },
    {},
    null,
  );
  if (Object.keys({ ...ends.failed, ...worked.troubles }).length > 0) failure = 'calls were lost or a desk met trouble';
  await Promise.race([Promise.allSettled(busy), sleep(15_000)]);
  for (const desk of desks) desk.close();
} finally {
  await product.stop();
}
if (failure !== undefined) console.error(failure);
process.exit(failure === undefined ? 0 : 1);

function share(ms: number): number {
  return Math.round((ms / (minutes * 60_000)) * 1000) / 1000;
}
