import { randomUUID } from 'node:crypto';
import type { ChatsView } from '@threerings/core/wire/chat';
import type { Push } from '@threerings/core/wire/live';
import { type ConsoleClient, type LiveClient, signIn } from '@threerings/testkit/console-client';

/** Conversations that one page follows besides its list; the product allows sixteen topics. */
const followed = 12;
const password = 'bench-chat-2026';

/** Agents who take chats, with their pages open: notes when each message reached one. */
export class Agents {
  readonly #pages: { readonly live: LiveClient; open: ChatsView['rows'] }[] = [];
  readonly #reached = new Map<string, number>();

  /** Hires so many people with room for so many chats each. */
  static async hire(base: string, people: number, room: number): Promise<Agents> {
    const admin = await signIn(base, '0001', 'yunzhou-0001');
    const plan = (await admin.get('/api/hotline')).body as { settings?: object };
    const changed = await admin.send('PUT', '/api/hotline', {
      ...plan,
      settings: { ...plan.settings, chatCapacity: Math.min(50, room), chatReassignMs: 1_800_000 },
    });
    if (changed.status >= 300) throw new Error(`the plan was refused: ${JSON.stringify(changed)}`);
    const agents = new Agents();
    for (let n = 0; n < people; n += 1) {
      const agent = String(7000 + n);
      const person = { agent, login: agent, name: agent, unit: 'yunzhou', roles: ['agent'], password };
      const added = await admin.send('POST', '/api/people', person);
      if (added.status !== 201) throw new Error(`${agent} was not added: ${JSON.stringify(added)}`);
    }
    // The router hears of new people with its next look at the configuration.
    await new Promise((resolve) => setTimeout(resolve, 6000));
    for (let n = 0; n < people; n += 1) await agents.#sitDown(await signIn(base, String(7000 + n), password));
    return agents;
  }

  /** Opens the conversations that are shown first. */
  async follow(): Promise<void> {
    for (const { live, open } of this.#pages)
      for (const { interaction } of open.slice(0, followed)) live.tell({ kind: 'subscribe-interaction', interaction });
  }

  /** How long messages took to an open conversation, of those that were written then, ms. */
  delays(sent: ReadonlyMap<string, number>): number[] {
    return [...sent].flatMap(([message, at]) => {
      const reached = this.#reached.get(message);
      return reached === undefined ? [] : [reached - at];
    });
  }

  close(): void {
    for (const { live } of this.#pages) live.close();
  }

  async #sitDown(console: ConsoleClient): Promise<void> {
    await console.desk({ kind: 'sign-in-shift' });
    const seat = await console.send('POST', '/api/chats', { command: randomUUID(), do: { kind: 'seat', open: true } });
    if (seat.status !== 200) throw new Error(`no seat: ${JSON.stringify(seat)}`);
    const live = await console.live({ unchecked: true });
    const page: { readonly live: LiveClient; open: ChatsView['rows'] } = { live, open: [] };
    this.#pages.push(page);
    live.listen((push: Push) => {
      if (push.kind === 'chats') page.open = push.view.rows;
      if (push.kind !== 'interaction') return;
      for (const { type, fields } of push.events) {
        const { message } = fields;
        if (type === 'chat.received' && typeof message === 'string' && !this.#reached.has(message))
          this.#reached.set(message, performance.now());
      }
    });
    live.tell({ kind: 'subscribe', topic: 'chats' });
  }
}
