import type { CallView, DeskCommand, DeskView, RingView } from '@threerings/core/wire/desk';
import type { Push } from '@threerings/core/wire/live';
import { LoopbackBrowser } from '@threerings/voice/webrtc/loopback-browser';
import { type Answer, type ConsoleClient, type LiveClient, signIn } from '../console-client.ts';

const viewMs = 20_000;

/** An agent at the console of a running product: the live socket, a phone that says a tone, and the desk as it was last pushed. */
export class AgentDesk {
  readonly client: ConsoleClient;
  #live: LiveClient;
  readonly #says: number;
  readonly #phones: LoopbackBrowser[] = [];
  readonly #watchers = new Set<() => void>();
  #view: DeskView | undefined;
  #phoneState: boolean | undefined;

  private constructor(client: ConsoleClient, live: LiveClient, says: number) {
    this.client = client;
    this.#live = live;
    this.#says = says;
    this.#follow(live);
  }

  /** Signed in, with the desk open and the phone connected; not yet in the shift. `says` is the tone of the agent's voice, Hz. */
  static async open(base: string, login: string, says: number, password = `yunzhou-${login}`): Promise<AgentDesk> {
    const client = await signIn(base, login, password);
    const desk = new AgentDesk(client, await client.live(), says);
    await desk.connectPhone();
    await desk.until(() => true);
    return desk;
  }

  get agent(): string {
    return this.client.me.agent;
  }

  get view(): DeskView | undefined {
    return this.#view;
  }

  /** The phone that is in use. */
  get phone(): LoopbackBrowser {
    const newest = this.#phones.at(-1);
    if (newest === undefined) throw new Error(`the phone of ${this.agent} was never offered a connection`);
    return newest;
  }

  /** As the page does at its start and after a reload. */
  async connectPhone(): Promise<void> {
    this.#phoneState = undefined;
    this.#live.tell({ kind: 'phone-connect' });
    await this.#met('its phone to be connected', () => this.#phoneState === true || undefined);
  }

  /** As the page does when the server is there again: the socket is new, the phone's connection lasts if it did. */
  async comeBack(): Promise<void> {
    this.#view = undefined;
    this.#follow(await this.client.live());
    await this.until(() => true);
  }

  async beginShift(): Promise<void> {
    await this.do({ kind: 'sign-in-shift' });
    await this.beReady();
  }

  async beReady(): Promise<void> {
    await this.do({ kind: 'set-presence', state: 'ready' });
  }

  /** A desk command that must be accepted. */
  async do(command: DeskCommand): Promise<void> {
    const { status, body } = await this.ask(command);
    if (status !== 200 || !isOk(body)) throw new Error(`${this.agent}: ${command.kind} answered ${status} ${JSON.stringify(body)}`);
  }

  ask(command: DeskCommand): Promise<Answer> {
    return this.client.desk(command);
  }

  /** The desk as soon as it is as wanted. */
  until(wanted: (view: DeskView) => boolean, ms = viewMs): Promise<DeskView> {
    return this.#met(`the desk ${wanted}`, () => (this.#view !== undefined && wanted(this.#view) ? this.#view : undefined), ms);
  }

  /** Acknowledges the ring, as the page does. */
  async rung(): Promise<RingView> {
    const { ring } = await this.until((view) => view.ring !== undefined);
    if (ring === undefined) throw new Error('unreachable: the view has a ring');
    await this.do({ kind: 'ringing', interaction: ring.interaction, leg: ring.leg });
    return ring;
  }

  async answered(): Promise<CallView> {
    const { interaction, leg } = await this.rung();
    await this.do({ kind: 'answer', interaction, leg });
    const { call } = await this.until((view) => view.call?.interaction === interaction);
    if (call === undefined) throw new Error('unreachable: the view has a call');
    return call;
  }

  close(): void {
    this.#live.close();
    for (const phone of this.#phones.splice(0)) phone.close();
  }

  #follow(live: LiveClient): void {
    this.#live = live;
    live.listen((message) => this.#heard(message));
    live.tell({ kind: 'subscribe', topic: 'desk' });
  }

  #heard(message: Push): void {
    if (message.kind === 'desk') this.#view = message.view;
    else if (message.kind === 'phone-state') this.#phoneState = message.connected;
    else if (message.kind === 'phone-offer') void this.#answerOffer(message.connection, message.sdp);
    else if (message.kind === 'phone-accepted') this.#phones.at(-1)?.accepted();
    for (const look of this.#watchers) look();
  }

  async #answerOffer(connection: string, offer: string): Promise<void> {
    const phone = new LoopbackBrowser(this.#says);
    this.#phones.push(phone);
    this.#live.tell({ kind: 'phone-answer', connection, sdp: await phone.answer(offer) });
  }

  #met<T>(what: string, look: () => T | undefined, ms = viewMs): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = () => {
        this.#watchers.delete(check);
        clearTimeout(timer);
      };
      const check = () => {
        const found = look();
        if (found === undefined) return;
        finish();
        resolve(found);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`${this.agent} waited ${ms} ms for ${what}; last: ${JSON.stringify(this.#view)?.slice(0, 1500)}`));
      }, ms);
      this.#watchers.add(check);
      check();
    });
  }
}

function isOk(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'ok' in body;
}
