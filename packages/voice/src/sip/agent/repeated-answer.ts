import type { Clock } from '../clock.ts';
import type { SipResponse } from '../message.ts';
import type { ServerTransaction } from '../transaction/layer.ts';
import { LIMIT, T1, T2 } from '../transaction/machine.ts';

/** A 2xx to an INVITE, sent until its ACK comes (RFC 3261 §13.3.1.4: over TCP too), for 32 s at most. */
export class RepeatedAnswer {
  /** The number that the ACK must carry. */
  readonly sequence: number;
  /** The 2xx carries our offer, so the ACK carries the answer. */
  readonly hasOurOffer: boolean;
  readonly #clock: Clock;
  #cancelRepeat: () => void = () => {};
  readonly #cancelLimit: () => void;

  constructor(clock: Clock, server: ServerTransaction, response: SipResponse, hasOurOffer: boolean, onSilence: () => void) {
    this.sequence = response.cseq.number;
    this.hasOurOffer = hasOurOffer;
    this.#clock = clock;
    this.#cancelLimit = clock.after(LIMIT, () => {
      this.stop();
      onSilence();
    });
    server.respond(response);
    this.#repeat(server, response, T1);
  }

  stop(): void {
    this.#cancelRepeat();
    this.#cancelLimit();
  }

  #repeat(server: ServerTransaction, response: SipResponse, interval: number): void {
    this.#cancelRepeat = this.#clock.after(interval, () => {
      server.respond(response);
      this.#repeat(server, response, Math.min(interval * 2, T2));
    });
  }
}
