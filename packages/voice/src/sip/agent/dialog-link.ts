import { type Dialog, destinationOf, requestWithin, retarget } from '../dialog.ts';
import type { Authenticator } from '../digest.ts';
import type { Header, SipRequest, SipResponse } from '../message.ts';
import { buildRequest } from '../request.ts';
import type { ClientHandler } from '../transaction/layer.ts';
import type { Destination } from '../transport.ts';
import type { Services } from './services.ts';

export interface Content {
  readonly headers?: readonly Header[];
  readonly sdp?: string;
}

/** The final response, or why there is none. */
export type Outcome = SipResponse | 'timeout' | 'transport';

/** A challenge is answered so many times for one request: proxy and far end may both ask, and a nonce may be stale. */
const MAX_CHALLENGES = 3;

/** Sends our requests inside a dialog: counts them, answers challenges, acknowledges. */
export class DialogLink {
  readonly #services: Services;
  readonly #authenticator: Authenticator | undefined;
  dialog: Dialog;

  constructor(services: Services, dialog: Dialog, authenticator: Authenticator | undefined) {
    this.#services = services;
    this.dialog = dialog;
    this.#authenticator = authenticator;
  }

  /** `done` is called once; a 2xx to an INVITE has been acknowledged by then. */
  send(method: string, content: Content, done: (outcome: Outcome) => void, challenges = 0): void {
    let again: (() => void) | undefined;
    const request = this.#next(method, content);
    const handler: ClientHandler = {
      failed: (cause) => done(cause),
      responded: (response) => {
        if (response.status < 200) return;
        if (again) again();
        else if (this.#mayAnswer(response, challenges)) this.send(method, content, done, challenges + 1);
        else {
          const isAccepted = method === 'INVITE' && response.status < 300;
          again = isAccepted ? this.acknowledge(transaction.request, response) : () => {};
          done(response);
        }
      },
    };
    const transaction = this.#services.layer.request(request, destinationOf(this.dialog), handler);
  }

  /** Acknowledges the 2xx to an INVITE of ours and takes its Contact; returns how to do it again for a repeated 2xx. */
  acknowledge(invite: SipRequest, response: SipResponse): () => void {
    this.dialog = retarget(this.dialog, response);
    const destination: Destination = destinationOf(this.dialog);
    const parts = requestWithin(this.dialog, 'ACK', invite.cseq.number);
    // RFC 3261 §22.1: the ACK carries the credentials of its INVITE.
    const headers = invite.headers.filter(({ name }) => name === 'authorization' || name === 'proxy-authorization');
    const ack = this.#services.layer.acknowledge((via) => buildRequest({ ...parts, headers }, via), destination);
    return () => this.#services.layer.resend(ack, destination);
  }

  #next(method: string, content: Content) {
    const sequence = this.dialog.localSequence + 1;
    this.dialog = { ...this.dialog, localSequence: sequence };
    const parts = requestWithin(this.dialog, method, sequence);
    const authorization = this.#authenticator?.fields(method, parts.uri.text) ?? [];
    const contact = method === 'INVITE' ? { contact: this.#services.contact(this.dialog.flow.transport) } : {};
    const body = content.sdp === undefined ? {} : { body: { type: 'application/sdp', text: content.sdp } };
    const headers = [...authorization, ...(content.headers ?? [])];
    return (via: SipRequest['via']) => buildRequest({ ...parts, ...contact, headers, ...body }, via);
  }

  #mayAnswer(response: SipResponse, challenges: number): boolean {
    const isChallenge = response.status === 401 || response.status === 407;
    return isChallenge && challenges < MAX_CHALLENGES && (this.#authenticator?.learn(response) ?? false);
  }
}
