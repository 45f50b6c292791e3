import type { HotlineInput } from '@threerings/core/hotline/inputs';
import type { Voice, VoiceEvent } from '@threerings/voice/port';
import type { Clock } from '../../clock.ts';

/** The open page of a web caller, as much of it as the phone needs. */
export interface CallerPhonePage {
  offered(connection: string, sdp: string): void;
  /** the answer was taken: now the page may look for a path */
  accepted(connection: string): void;
}

/** What a caller chose on the page. */
export interface CallerChoice {
  readonly language: 'zh' | 'en';
  readonly queue?: string | undefined;
  /** 工号 of whom the caller wants to speak to */
  readonly asksFor?: string | undefined;
}

interface WebCaller {
  readonly choice: CallerChoice;
  page: CallerPhonePage | undefined;
  answered: boolean;
  missing: (() => void) | undefined;
}

/** A page that is reloaded comes back within this time; then the caller is taken to have hung up, ms. */
const patienceMs = 15_000;

/** Callers on the web page: no call before their sound works, and a reload does not lose it. */
export class WebCallers {
  readonly #voice: Voice;
  readonly #clock: Clock;
  readonly #tell: (input: HotlineInput) => void;
  readonly #callers = new Map<string, WebCaller>();

  constructor(voice: Voice, clock: Clock, tell: (input: HotlineInput) => void) {
    this.#voice = voice;
    this.#clock = clock;
    this.#tell = tell;
  }

  has(call: string): boolean {
    return this.#callers.has(call);
  }

  /** Somebody pressed “call”; the call begins when the page is there and its sound works. */
  expect(call: string, choice: CallerChoice): void {
    const caller: WebCaller = { choice, page: undefined, answered: false, missing: undefined };
    this.#callers.set(call, caller);
    this.#await(call, caller);
  }

  /** A call that a restarted server found running; its page will come again. */
  adopt(call: string): void {
    if (this.#callers.has(call)) return;
    const caller: WebCaller = { choice: { language: 'zh' }, page: undefined, answered: true, missing: undefined };
    this.#callers.set(call, caller);
    this.#await(call, caller);
  }

  /** False: this call is over or was never begun. */
  attach(call: string, page: CallerPhonePage): boolean {
    const caller = this.#callers.get(call);
    if (caller === undefined) return false;
    caller.missing?.();
    caller.missing = undefined;
    caller.page = page;
    this.connect(call);
    return true;
  }

  detach(call: string, page: CallerPhonePage): void {
    const caller = this.#callers.get(call);
    if (caller === undefined || caller.page !== page) return;
    caller.page = undefined;
    this.#await(call, caller);
  }

  connect(call: string): void {
    void this.#voice.send({ kind: 'offer', leg: call });
  }

  async acceptAnswer(call: string, connection: string, sdp: string): Promise<void> {
    const answer = await this.#voice.send({ kind: 'accept-answer', leg: call, connection, sdp });
    if (answer.ok) this.#callers.get(call)?.page?.accepted(connection);
  }

  hangUp(call: string): void {
    if (!this.#callers.has(call)) return;
    this.#tell({ kind: 'caller-left', interaction: call, cause: 'hung up on the page', at: this.#clock.now() });
    this.#end(call);
  }

  digit(call: string, digit: string): void {
    this.#tell({ kind: 'caller-digit', interaction: call, digit, at: this.#clock.now() });
  }

  askCallback(call: string, number: string): void {
    this.#tell({ kind: 'caller-asks-callback', interaction: call, number, at: this.#clock.now() });
  }

  heard(event: Extract<VoiceEvent, { kind: 'offered' | 'leg-connected' | 'leg-disconnected' }>): void {
    const caller = this.#callers.get(event.leg);
    if (caller === undefined) return;
    if (event.kind === 'offered') caller.page?.offered(event.connection, event.sdp);
    else if (event.kind === 'leg-disconnected') this.#await(event.leg, caller);
    else {
      caller.missing?.();
      caller.missing = undefined;
    }
  }

  /** The sound works for the first time: only now is there a call. */
  answered(call: string, at: number): void {
    const caller = this.#callers.get(call);
    if (caller === undefined || caller.answered) return;
    caller.answered = true;
    this.#tell({ kind: 'caller-arrived', interaction: call, channel: 'web-call', called: 'web', ...caller.choice, at });
  }

  ended(call: string): void {
    this.#callers.get(call)?.missing?.();
    this.#callers.delete(call);
  }

  stop(): void {
    for (const caller of this.#callers.values()) caller.missing?.();
    this.#callers.clear();
  }

  #await(call: string, caller: WebCaller): void {
    if (caller.missing !== undefined) return;
    caller.missing = this.#clock.at(this.#clock.now() + patienceMs, () => {
      if (caller.answered) this.#tell({ kind: 'caller-lost', interaction: call, cause: 'the page is gone', at: this.#clock.now() });
      this.#end(call);
    });
  }

  #end(call: string): void {
    this.ended(call);
    void this.#voice.send({ kind: 'hang-up', leg: call, cause: 'caller gone' });
  }
}
