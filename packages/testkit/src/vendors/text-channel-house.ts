import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { ChatAct } from '@threerings/core/wire/chat';
import { ChatFiles } from '@threerings/server/chats/chat-files';
import { type Chats, openChats } from '@threerings/server/composition/chats';
import { connectReaders, type HotlineParts, makeHotline, staffOf } from '@threerings/server/composition/hotline-parts';
import { readNorms } from '@threerings/server/composition/norms-in-force';
import type { PartContext } from '@threerings/server/composition/product-part';
import { restoreHotline } from '@threerings/server/composition/restore-hotline';
import { channelsIn } from '@threerings/server/composition/text-channel-settings';
import { readConfig } from '@threerings/server/config';
import { plainPlan } from '@threerings/server/hotline-plan/plan-read-model';
import { callbackFeature } from '@threerings/server/text-channels/callback-routes';
import type { Callback } from '@threerings/server/text-channels/vendor';
import pino from 'pino';
import { afterAll } from 'vitest';
import { testShell } from '../shell.ts';
import { SimClock } from '../sim-clock.ts';
import type { TestDatabase } from '../test-database.ts';
import type { FakeVendor } from './fake-vendor.ts';

/** The hotline's chats on a real database with accounts at these vendors; time is simulated. One agent, `agent`, takes chats. */
export interface TextChannelHouse {
  readonly clock: SimClock;
  readonly chats: Chats;
  readonly parts: HotlineParts;
  /** through the real route */
  callback(id: string, callback: Callback): Promise<{ readonly status: number; readonly body: string }>;
  /** the agent at the page of chats: `done`, or the code of the refusal */
  asks(act: ChatAct): Promise<string>;
  sends(interaction: string, text: string, message?: string): Promise<string>;
  /** the same of a file: through the store of files */
  sendsFile(interaction: string, name: string, bytes: Buffer, message: string): Promise<string>;
  /** what is stored of all chats, in the order in which it was */
  events(...types: readonly string[]): Promise<readonly TimelineEvent[]>;
  settled(): Promise<void>;
  passes(ms: number): Promise<void>;
  /** The machine slept: time went on, and nothing was done meanwhile. */
  sleeps(ms: number): Promise<void>;
  /** The server ends, and is begun again after this time, ms. */
  restart(afterMs?: number): Promise<void>;
}

/** Wednesday, ten o'clock in Beijing. */
const opening = Date.UTC(2026, 8, 30, 2);

export async function textChannelHouse({ db, url }: TestDatabase, vendors: readonly FakeVendor[]): Promise<TextChannelHouse> {
  const clock = new SimClock(opening);
  let life: Life | undefined;
  const living = () => {
    if (life === undefined) throw new Error('the house is asked before it is open');
    return life;
  };
  const features = () => [callbackFeature({ channel: (id) => living().chats.channels.channel(id) })];
  const shell = await testShell(db, { now: clock.now, features });
  const norms = await readNorms();
  const people = await shell.people.people();
  const data = mkdtempSync(path.join(os.tmpdir(), 'threerings-channels-'));
  const store = { db, url, masterKey: Buffer.alloc(32, 9), how: 'external', migrated: [], lost: new Promise<string>(() => {}) } as const;
  const context: PartContext = { form: 'serve', config: configOf(data), store, shell, log: silent(), now: clock.now };
  const begin = async () => {
    life = await openLife(context, clock, norms, people, vendors);
    await life.chats.channels.start();
  };
  const settled = () => settledLife(living);
  const end = async () => {
    const { parts, chats } = living();
    await settled();
    await chats.stop();
    await parts.floor.stop();
    await parts.observer.stop();
    parts.board.stop();
    await settled();
  };
  const asks = async (act: ChatAct) => {
    const answer = await living().parts.floor.tell({ kind: 'chat-desk', agent: 'agent', act, at: clock.now() });
    await settled();
    return 'refused' in answer ? answer.refused : 'done';
  };
  await begin();
  await beginShift(living().parts, clock.now());
  await asks({ kind: 'seat', open: true });
  afterAll(async () => {
    await end();
    rmSync(data, { recursive: true, force: true });
  });
  return {
    clock,
    get chats() {
      return living().chats;
    },
    get parts() {
      return living().parts;
    },
    async callback(id, { method, query, headers, body }) {
      const asked = { method, url: `/callback/${id}`, query, headers: { host: 'localhost:8080', ...headers } as Record<string, string> };
      const answer = await shell.app.inject(method === 'GET' ? asked : { ...asked, payload: body });
      await settled();
      return { status: answer.statusCode, body: answer.body };
    },
    asks,
    sends: (interaction, text, message = randomUUID()) => asks({ kind: 'send', interaction, message, text }),
    async sendsFile(interaction, name, bytes, message) {
      const answer = await filesOf(living().parts, clock).fromAgent('agent', interaction, { message, name, bytes });
      await settled();
      return 'refused' in answer ? answer.refused : 'done';
    },
    async events(...types) {
      await settled();
      return storedEvents(db, living().parts, types);
    },
    settled,
    passes: (ms) => clock.advance(ms, settled),
    async sleeps(ms) {
      await clock.advance(ms, async () => {});
      await settled();
    },
    async restart(afterMs = 0) {
      await end();
      await clock.advance(afterMs, async () => {});
      await begin();
      await settled();
    },
  };
}

const silent = () => pino({ level: process.env['THREERINGS_LOG_LEVEL'] ?? 'silent' });

function configOf(data: string) {
  const options = { '--data': data, '--attachment-megabytes': '1' };
  const config = readConfig(new Map(Object.entries(options)), {});
  if (!config.ok) throw new Error(config.message);
  return config.value;
}

function filesOf({ attachments, floor }: HotlineParts, { now }: SimClock): ChatFiles {
  return new ChatFiles({
    attachments: () => attachments,
    hotline: () => floor.hotline,
    tell: (interaction, told) => floor.tell({ kind: 'chat', interaction, told, at: now() }),
    ask: (agent, act) => floor.tell({ kind: 'chat-desk', agent, act, at: now() }),
  });
}

/** Signed in to the shift, with an open seat. */
async function beginShift({ floor }: HotlineParts, at: number): Promise<void> {
  for (const input of [
    { kind: 'agent-phone', agent: 'agent', connected: true, at },
    { kind: 'desk', agent: 'agent', command: { kind: 'sign-in-shift' }, asks: [], at },
  ] as const)
    await floor.tell(input);
}

interface Life {
  readonly parts: HotlineParts;
  readonly chats: Chats;
}

/** The hotline's chats where the stored events leave them. */
async function openLife(
  context: PartContext,
  clock: SimClock,
  norms: Parameters<typeof makeHotline>[1],
  people: Parameters<typeof makeHotline>[2]['people'],
  vendors: readonly FakeVendor[],
): Promise<Life> {
  const parts = makeHotline(context, norms, { plan: plainPlan, people }, clock, {
    epoch: 1,
    perform: async () => ({ ok: true }),
    isPhoneConnected: () => true,
    floorChanged: () => {},
  });
  const staff = staffOf(people).map(({ agent }) => agent);
  const { hotline } = await restoreHotline(parts, context, staff, parts.floor.hotline, 0);
  parts.floor.restore(hotline);
  connectReaders(parts, context);
  const read = channelsIn(JSON.stringify({ channels: vendors.map(({ account }) => account) }), clock.now);
  if ('wrong' in read) throw new Error(read.wrong);
  return { parts, chats: await openChats(context, parts, read.channels) };
}

/** Rounds of waiting: what was brought can begin something that is stored after it. */
const rounds = 3;

async function settledLife(living: () => Life): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const { parts, chats } = living();
    await new Promise((resolve) => setImmediate(resolve));
    await parts.floor.settled();
    await parts.timelines.settled();
    await chats.channels.settled();
    await parts.events.drained();
  }
}

async function storedEvents(db: TestDatabase['db'], { events }: HotlineParts, types: readonly string[]): Promise<readonly TimelineEvent[]> {
  const rows = await db.selectFrom('events').select(['id', 'stream']).where('stream', 'like', 'interaction-%').orderBy('pos').execute();
  const streams = new Set(rows.map(({ stream }) => stream));
  const all = (await Promise.all([...streams].map((stream) => events.load(stream)))).flat();
  const byId = new Map(all.map((event) => [event.id, event]));
  const ordered = rows.flatMap(({ id }) => byId.get(id) ?? []);
  return events.withTexts(ordered.filter(({ type }) => types.length === 0 || types.includes(type)));
}
