import type { Clock } from '../clock.ts';
import { type Header, header, type SipRequest, type SipResponse } from '../message.ts';
import type { ServerTransaction } from '../transaction/layer.ts';
import { LIMIT, T1 } from '../transaction/machine.ts';

type Build = (headers: readonly Header[]) => SipResponse;

interface Unacknowledged {
  readonly sequence: number;
  readonly cseq: SipResponse['cseq'];
  stop(): void;
}

/**
 * Provisional responses to a caller that demands to acknowledge them (RFC 3262): numbered, one at a time, each repeated
 * from T1 in doubling intervals until its PRACK, for 32 s at most.
 */
export class ReliableProgress {
  readonly #clock: Clock;
  readonly #server: ServerTransaction;
  readonly #onSilence: () => void;
  readonly #next: (() => void)[] = [];
  #sequence: number;
  #waiting: Unacknowledged | undefined;

  /** `first`: RSeq of the first response, 1 to 2^31 − 1; §3 wants it random. `onSilence`: no PRACK came. */
  constructor(clock: Clock, server: ServerTransaction, first: number, onSilence: () => void) {
    this.#clock = clock;
    this.#server = server;
    this.#sequence = first;
    this.#onSilence = onSilence;
  }

  /** Sends what `build` makes with the fields of this extension, at once or after the PRACK of the one before. */
  send(build: Build): void {
    this.whenAcknowledged(() => this.#send(build));
  }

  /** Does `act` as soon as nothing waits for its PRACK: a 2xx must not overtake a description (§3). */
  whenAcknowledged(act: () => void): void {
    if (this.#waiting === undefined && this.#next.length === 0) act();
    else this.#next.push(act);
  }

  /** What to do once the PRACK was answered, or undefined when it acknowledges nothing that waits (481). */
  acknowledged(prack: SipRequest): (() => void) | undefined {
    const [, sequence, number, method] = /^(\d{1,10})\s+(\d{1,10})\s+(\S+)$/.exec(header(prack, 'rack') ?? '') ?? [];
    const waiting = this.#waiting;
    if (waiting === undefined || Number(sequence) !== waiting.sequence) return undefined;
    if (Number(number) !== waiting.cseq.number || method !== waiting.cseq.method) return undefined;
    waiting.stop();
    this.#waiting = undefined;
    return () => this.#goOn();
  }

  /** Repeats nothing any more: the INVITE has its final response. */
  stop(): void {
    this.#waiting?.stop();
    this.#waiting = undefined;
    this.#next.length = 0;
  }

  #goOn(): void {
    while (this.#waiting === undefined) {
      const act = this.#next.shift();
      if (act === undefined) return;
      act();
    }
  }

  #send(build: Build): void {
    const sequence = this.#sequence;
    this.#sequence += 1;
    const response = build([
      { name: 'require', value: '100rel' },
      { name: 'rseq', value: String(sequence) },
    ]);
    let cancelRepeat = () => {};
    const repeat = (interval: number) => {
      cancelRepeat = this.#clock.after(interval, () => {
        this.#server.respond(response);
        repeat(interval * 2);
      });
    };
    const cancelLimit = this.#clock.after(LIMIT, () => {
      this.stop();
      this.#onSilence();
    });
    const stop = () => {
      cancelRepeat();
      cancelLimit();
    };
    this.#waiting = { sequence, cseq: response.cseq, stop };
    this.#server.respond(response);
    repeat(T1);
  }
}
