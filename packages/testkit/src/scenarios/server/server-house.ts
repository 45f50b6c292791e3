import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ActingAct } from '@threerings/core/wire/acting';
import type { ChatAct } from '@threerings/core/wire/chat';
import type { DeskCommand } from '@threerings/core/wire/desk';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import type { LeaderCommand } from '@threerings/core/wire/monitoring';
import type { OutboundRequest } from '@threerings/core/wire/outbound';
import type { NormsInForce } from '@threerings/server/composition/norms-in-force';
import type { PartContext } from '@threerings/server/composition/product-part';
import { readConfig } from '@threerings/server/config';
import { storePlan } from '@threerings/server/hotline-plan/plan-read-model';
import { openShell, type ShellServices } from '@threerings/server/http/shell';
import type { Voice } from '@threerings/voice/port';
import pino from 'pino';
import type { SimClock } from '../../sim-clock.ts';
import type { TestDatabase } from '../../test-database.ts';
import type { FakeVendor } from '../../vendors/fake-vendor.ts';
import type { Scenario } from '../scenario.ts';
import { opening } from '../stage.ts';
import { houseRoutes } from './house-routes.ts';
import { beginLife, type Life, type LifeOptions } from './server-life.ts';

const host = 'localhost:8080';

export interface HouseOptions {
  readonly database: TestDatabase;
  readonly agents: readonly string[];
  readonly skills: Scenario['skills'];
  readonly plan: HotlinePlan;
  readonly norms: NormsInForce;
  readonly clock: SimClock;
  readonly recogniser: boolean;
  readonly flow: Scenario['flow'];
  readonly lookups: Scenario['lookups'];
  readonly outages: Scenario['outages'];
  readonly blocked: Scenario['blocked'];
  readonly departments: Scenario['departments'];
  readonly articles: Scenario['articles'];
  /** the side of WeCom, where customers write there */
  readonly wecom: FakeVendor | undefined;
  readonly sms: LifeOptions['sms'];
  connect(): Voice;
}

/** A server on a real database with its real routes, whose process can be killed and started again; time is simulated. */
export interface ServerHouse {
  readonly life: Life;
  /** The real routes, as the agent's page uses them. */
  desk(agent: string, command: DeskCommand): Promise<object>;
  chats(agent: string, act: ChatAct): Promise<object>;
  acting(agent: string, interaction: string, act: ActingAct): Promise<object>;
  outbound(agent: string, order: OutboundRequest): Promise<object>;
  leader(agent: string, command: LeaderCommand): Promise<object>;
  /** any other route, as this person's page uses it */
  send(agent: string, url: string, body: object): Promise<object>;
  /** Somebody writes in WeCom; the status that its callback was answered with. */
  overWecom(who: string, id: string, text: string): Promise<number>;
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export async function openServerHouse(options: HouseOptions): Promise<ServerHouse> {
  const { database, agents, skills, plan, norms, clock, recogniser, connect, departments, articles, wecom, ...told } = options;
  const data = mkdtempSync(path.join(os.tmpdir(), 'threerings-scenario-'));
  const log = pino({ level: process.env['THREERINGS_LOG_LEVEL'] ?? 'silent' });
  let life: Life | undefined;
  const living = (): Life => {
    if (life === undefined) throw new Error('the server is asked before it lives');
    return life;
  };
  let services: ShellServices | undefined;
  const shell = await openShell({
    db: database.db,
    demo: false,
    hotline: { id: 'scenario', name: '情景热线', number: '12333' },
    log,
    now: clock.now,
    callerKey: Buffer.alloc(32, 7),
    exposure: { scheme: 'http', tls: 'none', behindProxy: false, hosts: ['localhost'] },
    healthy: async () => true,
    features: (of) => {
      services = of;
      return houseRoutes(of, living, database, clock);
    },
  });
  const context = contextOf(database, data, services ?? shell, log, clock);
  await hire(shell, agents, { skills, departments });
  await storePlan(database.db, plan, undefined, opening);
  const begin = (epoch: number) =>
    beginLife(context, { norms, clock, voice: connect(), recogniser, epoch, quiet: database.quiet, wecom, ...told });
  const headersOf = signedIn(shell, clock);
  const post = async (agent: string, url: string, payload: object): Promise<object> => {
    const headers = await headersOf(agent);
    return (await shell.app.inject({ method: 'POST', url, headers, payload })).json<object>();
  };
  const firstEpoch = Math.floor(opening / 1000);
  life = await begin(firstEpoch);
  await publish(articles, shell, post);
  return {
    get life() {
      return living();
    },
    desk: (agent, command) => post(agent, '/api/desk', { command: randomUUID(), do: command }),
    acting: (agent, interaction, act) => post(agent, '/api/acting', { command: randomUUID(), interaction, do: act }),
    chats: (agent, act) => post(agent, '/api/chats', { command: randomUUID(), do: act }),
    outbound: (agent, order) => post(agent, '/api/outbound', order),
    leader: (agent, command) => post(agent, '/api/board/leader', { do: command }),
    send: post,
    async overWecom(who, id, text) {
      if (wecom === undefined) throw new Error('nobody writes over WeCom here');
      const { query, headers, body } = wecom.writes(who, { id, text }, clock.now());
      const heads = { host, ...headers } as Record<string, string>;
      const url = `/callback/${wecom.account.id}`;
      return (await shell.app.inject({ method: 'POST', url, query, headers: heads, payload: body })).statusCode;
    },
    async killAndRestart() {
      await life?.kill();
      life = await begin(firstEpoch);
    },
    async close() {
      await life?.kill();
      await shell.close();
      await wecom?.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Somebody is signed in anew before the session is too old. */
const sessionMs = 6 * 3_600_000;

/** What a signed-in page of this agent sends with every request. */
function signedIn({ sessions }: Pick<ShellServices, 'sessions'>, clock: SimClock) {
  const opened = new Map<string, { readonly headers: Record<string, string>; readonly at: number }>();
  return async (agent: string): Promise<Record<string, string>> => {
    const known = opened.get(agent);
    if (known !== undefined && clock.now() - known.at < sessionMs) return known.headers;
    const token = await sessions.open(agent);
    const csrf = (await sessions.find(token))?.csrf ?? '';
    const headers = { host, origin: `http://${host}`, cookie: `threerings=${token}`, 'x-csrf-token': csrf };
    opened.set(agent, { headers, at: clock.now() });
    return headers;
  };
}

function contextOf(database: TestDatabase, data: string, shell: ShellServices, log: PartContext['log'], { now }: SimClock): PartContext {
  const config = readConfig(
    new Map([
      ['--data', data],
      ['--trunk-proxy', 'sip:trunk.example'],
    ]),
    {},
  );
  if (!config.ok) throw new Error(config.message);
  const { db, url } = database;
  const store = { db, url, masterKey: Buffer.alloc(32, 9), how: 'external', migrated: [], lost: new Promise<string>(() => {}) };
  return { form: 'serve', config: config.value, store, shell, log, now };
}

/** Whoever writes and approves what the house knows from the beginning. */
const editors = { writer: '7001', reviewer: '7002' } as const;

async function publish(
  articles: Scenario['articles'],
  { people }: ShellServices,
  post: (agent: string, url: string, body: object) => Promise<object>,
): Promise<void> {
  if (Object.keys(articles).length === 0) return;
  const person = (agent: string, role: 'leader' | 'operations') =>
    people.addPerson({ agent, login: agent, name: agent, unit: 'centre', roles: [role], passwordHash: 'none' }, opening);
  await person(editors.writer, 'leader');
  await person(editors.reviewer, 'operations');
  for (const [entry, title] of Object.entries(articles)) {
    const text = { title, keywords: [], body: title, items: [] };
    await post(editors.writer, '/api/knowledge', { entry, kind: 'article', queues: [], text });
    await post(editors.writer, `/api/knowledge/${entry}/versions/1`, { do: 'submit' });
    await post(editors.reviewer, `/api/knowledge/${entry}/versions/1`, { do: 'approve' });
  }
}

async function hire(
  { people }: ShellServices,
  agents: readonly string[],
  { skills, departments }: Pick<Scenario, 'skills' | 'departments'>,
): Promise<void> {
  await people.addUnit({ unit: 'centre', name: '中心', position: 0 });
  for (const unit of new Set(Object.values(departments))) await people.addUnit({ unit, name: unit, parent: 'centre', position: 1 });
  // Nobody signs in by password here: sessions are opened directly.
  const passwordHash = 'none';
  for (const agent of agents) {
    const department = departments[agent];
    const place =
      department === undefined
        ? { unit: 'centre', roles: ['agent', 'leader'] as const }
        : { unit: department, roles: ['department'] as const };
    await people.addPerson({ agent, login: agent, name: agent, unit: place.unit, roles: [...place.roles], passwordHash }, opening);
    await people.setSkills(agent, skills[agent] ?? {}, opening);
  }
}
