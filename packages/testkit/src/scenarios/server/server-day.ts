import type { Outgoing, Sender } from '@threerings/server/sending/sender';
import type { SimClock } from '../../sim-clock.ts';
import type { TestDatabase } from '../../test-database.ts';
import { isCallOf } from '../interaction-ids.ts';
import type { SeenHouse } from '../seen.ts';
import { answeredOf } from '../stage.ts';
import type { DeskAnswered, Step } from '../steps.ts';
import type { ServerHouse } from './server-house.ts';

type InHouse = Extract<Step, { readonly kind: 'house' }>;

/** Takes every text message. */
export class KeptMessages implements Sender {
  readonly sent: Outgoing[] = [];

  async send(outgoing: Outgoing): Promise<'sent'> {
    this.sent.push(outgoing);
    return 'sent';
  }

  close(): void {}
}

export interface ServerDayParts {
  readonly house: ServerHouse;
  readonly messages: KeptMessages;
  readonly clock: SimClock;
  readonly database: TestDatabase;
  /** newest call of each caller */
  readonly calls: ReadonlyMap<string, string>;
}

/** What people work on in no call, over the server's own routes. */
export class ServerDay {
  readonly #parts: ServerDayParts;
  readonly #bulletins = new Map<string, number>();
  #read: (Pick<SeenHouse, 'unread' | 'emergencies'> & { readonly changes: number }) | undefined;

  constructor(parts: ServerDayParts) {
    this.#parts = parts;
  }

  async perform({ agent, act }: InHouse): Promise<DeskAnswered> {
    const { house, clock } = this.#parts;
    const send = async (url: string, body: object) => answeredOf(await house.send(agent, url, body));
    switch (act.does) {
      case 'publishes': {
        const { bulletin, title, lastsMs } = act;
        const [validFrom, validUntil] = [clock.now(), clock.now() + lastsMs];
        const text = { bulletin, kind: 'briefing', title, body: title, units: ['centre'], mustRead: true, validFrom, validUntil };
        const written = await send('/api/bulletins', text);
        this.#bulletins.set(bulletin, (this.#bulletins.get(bulletin) ?? 0) + 1);
        return written === 'done' ? send(`/api/bulletins/${bulletin}`, { do: 'publish' }) : written;
      }
      case 'reads':
        return send(`/api/bulletins/${act.bulletin}/read`, { version: this.#bulletins.get(act.bulletin) ?? 1 });
      case 'writes-plan':
        return send('/api/emergency-plans', act.plan);
      case 'works-emergency':
        return send(`/api/emergencies/${await this.#emergencyOf(act.of)}`, act.change);
      case 'opens-outage': {
        const { outage, title, restoredInMs } = act;
        const due = restoredInMs === undefined ? {} : { dueAt: clock.now() + restoredInMs };
        return send('/api/outages', { outage, kind: 'failure', title, areas: [], queues: [], numbers: [], announced: true, ...due });
      }
      case 'notes-caller':
        return send(`/api/outages/${act.outage}/callers`, { interaction: this.#parts.calls.get(act.of) });
      case 'restores':
        return send(`/api/outages/${act.outage}`, { do: 'restore', tell: act.tell, owners: act.owners });
    }
  }

  async seen(): Promise<SeenHouse> {
    const sent = this.#parts.messages.sent.map(({ to, text }) => ({ to, text }));
    const changes = this.#parts.database.changes('bulletins', 'emergencies', 'events');
    if (this.#read?.changes !== changes) this.#read = { changes, unread: await this.#unread(), emergencies: await this.#emergencies() };
    return { ...this.#read, sent };
  }

  async #unread(): Promise<SeenHouse['unread']> {
    const { bulletins } = this.#parts.house.life.matters.day;
    const unread = new Map<string, readonly string[]>();
    for (const bulletin of this.#bulletins.keys()) {
      const detail = await bulletins.detail(nobody, bulletin);
      unread.set(bulletin, (detail?.readers ?? []).flatMap(({ agent, at }) => (at === undefined ? [agent] : [])).sort());
    }
    return unread;
  }

  async #emergencies(): Promise<SeenHouse['emergencies']> {
    const listed = await this.#parts.house.life.matters.day.emergencies.list();
    return listed
      .toReversed()
      .map(({ interaction = '', state, escalatedAt, done }) => ({ interaction, state, escalated: escalatedAt !== undefined, done }));
  }

  async #emergencyOf(caller: string): Promise<string> {
    const listed = await this.#parts.house.life.matters.day.emergencies.list();
    return listed.find(({ interaction }) => isCallOf(caller, interaction))?.emergency ?? 'none';
  }
}

/** Whoever looks at the list of readers. */
const nobody = { agent: 'nobody', login: 'nobody', name: 'nobody', unit: 'centre', roles: ['leader'] } as const;
