import type { Call, Hotline } from '@threerings/core/hotline/state';
import { placeInQueue } from '@threerings/core/routing/choose';
import type { CallerMessage, CallerPush } from '@threerings/core/wire/caller';
import type { RefusalOnWire } from '@threerings/core/wire/refusal';
import type { CallerPhonePage, WebCallers } from '../channels/voice-embedded/web-callers.ts';
import type { CallerGateway, CallerPage } from '../http/caller-socket.ts';
import { speakShell } from '../http/refusals.ts';

export interface CallerPagesParts {
  readonly callers: WebCallers;
  /** the telephone engine is not there: nobody can be talked to */
  isDown(): boolean;
  hotline(): Hotline;
  now(): number;
  /** when a callback was promised in this call, its due instant */
  promiseOf(interaction: string): number | undefined;
}

type State = Extract<CallerPush, { kind: 'state' }>;

interface Open {
  readonly page: CallerPage;
  readonly phone: CallerPhonePage;
  last: string;
  seen: boolean;
}

/** What web callers see of their call, and what they do. */
export class CallerPages implements CallerGateway {
  readonly #parts: CallerPagesParts;
  readonly #open = new Map<string, Open>();

  constructor(parts: CallerPagesParts) {
    this.#parts = parts;
  }

  async start({ call, language, queue, agent }: Parameters<CallerGateway['start']>[0]): Promise<RefusalOnWire | undefined> {
    if (this.#parts.isDown()) return speakShell('phone.down', language);
    this.#parts.callers.expect(call, { language, queue, asksFor: agent });
    return undefined;
  }

  attach(call: string, page: CallerPage): boolean {
    const phone: CallerPhonePage = {
      offered: (connection, sdp) => page.send({ kind: 'offer', connection, sdp }),
      accepted: (connection) => page.send({ kind: 'accepted', connection }),
    };
    if (!this.#parts.callers.attach(call, phone)) return false;
    this.#open.set(call, { page, phone, last: '', seen: this.#parts.hotline().calls.has(call) });
    this.#show(call);
    return true;
  }

  detach(call: string, page: CallerPage): void {
    const open = this.#open.get(call);
    if (open === undefined || open.page !== page) return;
    this.#open.delete(call);
    this.#parts.callers.detach(call, open.phone);
  }

  message(call: string, message: CallerMessage): void {
    const { callers } = this.#parts;
    switch (message.kind) {
      case 'answer':
        void callers.acceptAnswer(call, message.connection, message.sdp);
        break;
      case 'reconnect':
        callers.connect(call);
        break;
      case 'hang-up':
        callers.hangUp(call);
        this.#end(call);
        break;
      case 'digit':
        callers.digit(call, message.digit);
        break;
      case 'ask-callback':
        callers.askCallback(call, message.number);
        break;
    }
  }

  /** The hotline has changed: everybody who waits may have another place. */
  refresh(): void {
    for (const call of this.#open.keys()) this.#show(call);
  }

  #show(call: string): void {
    const open = this.#open.get(call);
    if (open === undefined) return;
    const hotline = this.#parts.hotline();
    const live = hotline.calls.get(call);
    if (live !== undefined) open.seen = true;
    else if (open.seen) {
      this.#end(call);
      return;
    }
    const state = live === undefined ? this.#plain('connecting') : this.#stateOf(live, hotline);
    const text = JSON.stringify({ ...state, since: 0 });
    if (text === open.last) return;
    open.last = text;
    open.page.send(state);
    if (state.state === 'ended') open.page.close();
  }

  #end(call: string): void {
    const open = this.#open.get(call);
    if (open === undefined) return;
    this.#open.delete(call);
    const due = this.#parts.promiseOf(call);
    open.page.send({ ...this.#plain('ended'), ...(due === undefined ? {} : { promise: { dueAt: due } }) });
    open.page.close();
  }

  #plain(state: State['state']): State {
    return { kind: 'state', state, since: this.#parts.now(), recording: false };
  }

  #stateOf(call: Call, hotline: Hotline): State {
    const { interaction, hold, queueing, recording, nobody, id } = call;
    const due = this.#parts.promiseOf(id);
    const promise = due === undefined ? {} : { promise: { dueAt: due } };
    const base = { kind: 'state', recording: recording !== undefined, ...promise } as const;
    const { offer, talk, ended, queuedAt = interaction.offeredAt } = interaction;
    if (ended !== undefined) return { ...base, state: 'ended', since: ended.at };
    if (talk !== undefined && interaction.phase === 'talking') {
      const agent = { agentNumber: talk.agent, since: talk.answeredAt };
      if (hold.open === undefined) return { ...base, ...agent, state: 'talking' };
      const { reason = 'other', limitMs, startedAt } = hold.open;
      return { ...base, ...agent, state: 'held', hold: { reason, limitMs, startedAt } };
    }
    if (offer !== undefined) return { ...base, state: 'ringing', since: offer.at };
    if (queueing.turnedAway !== undefined) return { ...base, state: 'nobody', since: queuedAt };
    if (interaction.phase === 'offered') return { ...base, state: 'notice', since: interaction.offeredAt };
    if (nobody) return { ...base, state: 'nobody', since: queuedAt };
    const position = placeInQueue(hotline.router, id);
    return { ...base, state: 'queued', since: queuedAt, ...(position === undefined ? {} : { position }) };
  }
}
