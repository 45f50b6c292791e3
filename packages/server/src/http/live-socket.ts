import { randomUUID } from 'node:crypto';
import { type ListName, permissionOfList } from '@threerings/core/wire/lists';
import { type Push, type ToServer, toServer } from '@threerings/core/wire/live';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { Person, SessionEnd, Sessions, SignedIn } from '../session/sessions.ts';
import { LiveClient } from './live-client.ts';
import { type Address, keyOf, type LiveTopic, type TopicName, type TopicViews } from './live-topics.ts';
import { MessageBudget } from './message-budget.ts';
import { type Language, type ShellRefusal, speakShell } from './refusals.ts';
import { mayUse } from './route-access.ts';
import type { SocketDoor } from './socket-door.ts';

/** The browser phone of an agent's page; set by the part that owns the calls. */
export interface PhoneGateway {
  /** the page asks for a new media connection; answered later by `client.send({ kind: 'phone-offer', … })` */
  connect(client: LiveClient): void;
  answer(client: LiveClient, connection: string, sdp: string): void;
  /** the page is gone; its call is not */
  gone(client: LiveClient): void;
}

export interface LiveParts {
  readonly sessions: Sessions;
  readonly log: Logger;
  readonly now: () => number;
}

/** Topics of which everybody has an own one. */
const ownTopics: readonly string[] = ['desk', 'chats'];
const maxClients = 2000;
const maxPerSession = 8;
/** Every open page is checked this often: still signed in, still allowed, still there. */
const checkEveryMs = 30_000;

/** `/live`: views of the desk, the board and open interactions, pushed to who follows and may see them. */
export class LiveSocket {
  readonly #parts: LiveParts;
  readonly #clients = new Map<WebSocket, LiveClient>();
  readonly #topics = new Map<TopicName, LiveTopic<TopicName>>();
  readonly #answeredPing = new WeakSet<WebSocket>();
  readonly #check: NodeJS.Timeout;
  readonly #stopListening: () => void;
  #phone: PhoneGateway | undefined;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#stopListening = parts.sessions.onEnd((session, why) => this.#sessionEnded(session, why));
    this.#check = setInterval(() => void this.checkAll(), checkEveryMs).unref();
  }

  /** Offers a topic. Who may follow it is part of it. */
  topic<Name extends TopicName>(topic: LiveTopic<Name>): void {
    // Looked up by its own name only, which restores its type.
    this.#topics.set(topic.topic, topic as unknown as LiveTopic<TopicName>);
  }

  phone(gateway: PhoneGateway): void {
    this.#phone = gateway;
  }

  /** The topics with their permissions, for the generated guide and the test that tries every role. */
  get access(): readonly Pick<LiveTopic<TopicName>, 'topic' | 'permission'>[] {
    return [...this.#topics.values()].map(({ topic, permission }) => ({ topic, permission }));
  }

  /** Tells every follower. Call it after the commit: INVARIANT nothing is told before it is stored. */
  publish<A extends Address>(address: A, view: TopicViews[A['topic']]): void {
    const key = keyOf(address);
    for (const client of this.#clients.values()) client.offer(key, view);
  }

  /** Is anybody following? Spares making a view that nobody sees. */
  followed(address: Address): boolean {
    const key = keyOf(address);
    for (const client of this.#clients.values()) if (client.follows(key)) return true;
    return false;
  }

  /** Something in these lists changed: pages that show them ask again. Call it after the commit. */
  changed(lists: readonly ListName[]): void {
    if (lists.length === 0) return;
    for (const client of this.#clients.values()) client.noteLists(lists);
  }

  /** Sends to every open page of an agent, past the topics. */
  sendTo(agent: string, push: Push): void {
    for (const client of this.#clients.values()) if (client.person.agent === agent) client.send(push);
  }

  /** The open pages of an agent, newest last. */
  pagesOf(agent: string): readonly LiveClient[] {
    return [...this.#clients.values()].filter((client) => client.person.agent === agent);
  }

  attach(door: SocketDoor): void {
    door.route({
      path: '/live',
      admit: ({ signedIn, language }) => {
        if (signedIn === undefined) return 'session.none';
        const own = [...this.#clients.values()].filter((client) => client.session === signedIn.session);
        if (own.length >= maxPerSession || this.#clients.size >= maxClients) return 'live.too-many';
        return (socket) => this.#open(socket, signedIn, language);
      },
    });
  }

  close(): void {
    clearInterval(this.#check);
    this.#stopListening();
    for (const client of this.#clients.values()) client.drop(1001, 'server stops');
  }

  /** Drops pages whose browser is gone or whose session has ended, and topics that a changed role no longer allows. */
  async checkAll(): Promise<void> {
    for (const [socket, client] of [...this.#clients]) {
      if (!this.#answeredPing.delete(socket)) {
        socket.terminate();
        continue;
      }
      socket.ping();
      const person = await this.#parts.sessions.stillOpen(client.session).catch(() => client.person);
      if (person === undefined) this.#signOut(client, 'expired');
      else {
        client.person = person;
        client.followLists(readable(client.lists, person));
      }
    }
  }

  #open(socket: WebSocket, signedIn: SignedIn, language: Language): void {
    const { agent } = signedIn.person;
    const client = new LiveClient(randomUUID(), signedIn, language, socket);
    const budget = new MessageBudget();
    this.#clients.set(socket, client);
    this.#answeredPing.add(socket);
    socket.on('pong', () => this.#answeredPing.add(socket));
    socket.on('message', (data, binary) => {
      this.#answeredPing.add(socket);
      if (!budget.take(performance.now())) return client.drop(1008, 'too many messages');
      const message = binary ? undefined : parse(String(data));
      if (message === undefined) return refuse(client, 'live.invalid');
      this.#handle(client, message).catch((error: unknown) => {
        this.#parts.log.error({ err: error, agent, message: message.kind }, 'live message failed');
        refuse(client, 'server.failed', { request: client.id });
      });
    });
    socket.on('close', () => {
      client.forget();
      this.#clients.delete(socket);
      this.#phone?.gone(client);
    });
    client.send({ kind: 'hello', now: this.#parts.now(), agent });
  }

  async #handle(client: LiveClient, message: ToServer): Promise<void> {
    switch (message.kind) {
      case 'subscribe': {
        const { agent } = client.person;
        return this.#follow(client, message.topic === 'board' ? { topic: 'board' } : { topic: message.topic, agent });
      }
      case 'subscribe-interaction':
        return this.#follow(client, { topic: 'interaction', interaction: message.interaction });
      case 'follow-lists':
        return client.followLists(readable(message.lists, client.person));
      case 'unsubscribe':
        return client.unfollow(ownTopics.includes(message.topic) ? `${message.topic}:${client.person.agent}` : message.topic);
      case 'phone-connect':
        return this.#phone === undefined ? refuse(client, 'phone.unavailable') : this.#phone.connect(client);
      case 'phone-answer':
        return this.#phone === undefined
          ? refuse(client, 'phone.unavailable')
          : this.#phone.answer(client, message.connection, message.sdp);
      case 'ping':
        return client.send({ kind: 'pong', at: message.at, now: this.#parts.now() });
    }
  }

  async #follow(client: LiveClient, address: Address): Promise<void> {
    const topic = this.#topics.get(address.topic);
    if (topic === undefined) return refuse(client, 'live.unknown-topic', { topic: address.topic });
    const person = await this.#parts.sessions.stillOpen(client.session);
    if (person === undefined) return this.#signOut(client, 'expired');
    if (!mayUse(topic.permission, person.roles)) return refuse(client, 'permission.denied');
    const view = await topic.view(person, address.topic === 'interaction' ? address.interaction : person.agent);
    if ('refused' in view) return client.send({ kind: 'refused', refused: view.refused, message: view.message });
    if (client.open && !client.follow(address, view)) refuse(client, 'live.too-many');
  }

  #sessionEnded(session: string, why: SessionEnd): void {
    for (const client of this.#clients.values()) if (client.session === session) this.#signOut(client, why);
  }

  #signOut(client: LiveClient, why: SessionEnd): void {
    client.send({ kind: 'signed-out', reason: why });
    client.drop(4401, why);
  }
}

function refuse(client: LiveClient, code: ShellRefusal, facts: Readonly<Record<string, string>> = {}): void {
  const { refused, message } = speakShell(code, client.language, facts);
  client.send({ kind: 'refused', refused, message });
}

function readable(lists: Iterable<ListName>, { roles }: Person): ListName[] {
  return [...lists].filter((list) => mayUse(permissionOfList[list], roles));
}

function parse(text: string): ToServer | undefined {
  try {
    return toServer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
