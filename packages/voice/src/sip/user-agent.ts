/**
 * The SIP user agent as the switch sees it. `openUserAgent` in `open.ts` makes one on real sockets.
 *
 * The agent owns messages, transactions, dialogs and their timers; the switch owns media. Session descriptions cross
 * this border as text: `sdp/negotiation.ts` turns them into addresses and codecs. Every method returns at once; what
 * becomes of it is told to the call's listener. A method answers `false` when the state of the call forbids it (answered
 * twice, hung up already), and then nothing was sent.
 *
 * INVARIANT ended once: every call whose listener was taken gets exactly one `ended`, and nothing after it.
 */

import type { Transport } from './transport.ts';

export interface UserAgent {
  /** What the sockets are really bound to; the port is the chosen one where 0 was asked for. */
  readonly bound: { readonly address: string; readonly port: number };
  /** Calls that have not ended, both directions. */
  readonly calls: number;
  /**
   * Sends an INVITE. A refusal here means that nothing was sent and the listener hears nothing; everything later is told
   * to the listener (`progress`, then `answered` or `ended`).
   */
  dial(request: DialRequest, listener: CallListener): Call | DialRefusal;
  /**
   * Registers us at a carrier and keeps us registered until `stop` or `close`; `onState` is told each result. A refusal here
   * means that nothing was sent.
   */
  register(request: RegistrationOrder, onState: (state: RegistrationState) => void): Registration | DialRefusal;
  /** From now on a new call is answered 503; calls that stand go on. */
  drain(): void;
  /** Hangs up what stands (BYE, CANCEL or 503), waits at most `waitMs` (default 1,000) for the answers, closes the sockets. */
  close(waitMs?: number): Promise<void>;
}

export interface RegistrationOrder {
  /** SIP URI of the registrar; `;transport=tcp` is honoured */
  readonly registrar: string;
  /** the user part that is registered */
  readonly user: string;
  readonly credentials?: Credentials;
  /** seconds to ask for, 60 to 86,400; default 600 */
  readonly expiresS?: number;
}

export type RegistrationState =
  | { readonly registered: true; readonly expiresS: number }
  /** tried again by itself */
  | { readonly registered: false; readonly status: number }
  | { readonly registered: false; readonly cause: 'timeout' | 'transport' };

export interface Registration {
  /** Removes the registration. */
  stop(): void;
}

/** Telephones that may register here. */
export interface PhoneAccounts {
  /** of the digest; also the host by which a registered telephone is dialled: `sip:1001@<realm>` */
  readonly realm: string;
  readonly accounts: readonly { readonly username: string; readonly password: string }[];
  /** Default MD5: many telephones give up where SHA-256 (RFC 8760) is offered at all, even beside it. */
  readonly algorithm?: 'MD5' | 'SHA-256';
}

export interface UserAgentHandlers {
  /**
   * An INVITE for a new call came and 100 was sent; nothing else is sent until the switch says so. The listener returned
   * here is told the rest.
   */
  arrived(call: InboundCall): CallListener;
  /** For logs and counters. Carries no secrets, and of people nothing but the address that a message came from. */
  note?(note: Note): void;
}

export interface Call {
  /** Unique inside this process; chosen by the agent. */
  readonly id: string;
  /** SIP Call-ID, for logs and for traces of a trunk provider. */
  readonly callId: string;
  /**
   * Ends the call whatever its state: BYE, CANCEL, or 603 for an inbound call that was not answered. The listener hears
   * `ended` with side `near` before this returns; the agent finishes the exchange with the far end by itself.
   */
  hangUp(cause?: string): boolean;
  /**
   * Offers a new session description in a re-INVITE. One at a time: `false` while another offer of either side is open.
   * Glare (491) is repeated once by the agent after the wait of RFC 3261 §14.1. `done` gets the answer's SDP, or the
   * status that refused it; the call stands in both cases. When the call ends first, `done` is not called.
   */
  reoffer(sdp: string, done: (outcome: ReofferOutcome) => void): boolean;
}

export type ReofferOutcome = { readonly answer: string } | { readonly status: number };

export interface InboundCall extends Call {
  readonly from: Party;
  readonly to: Party;
  /** P-Asserted-Identity (RFC 3325) as received: believe it only from a trunk you trust. */
  readonly assertedIdentity?: Party;
  /** The user part of the Request-URI: the number that was dialled, after the trunk's translations. */
  readonly dialled?: string;
  /** Absent: the INVITE had no offer. Then the SDP given to `answer` is our offer, and the answer comes with `answered`. */
  readonly offer?: string;
  readonly source: Source;
  /** The telephone of ours that calls, proved by its password; absent for everybody else. */
  readonly account?: string;
  /** First value of any other header field, e.g. `diversion`; name in lower case. */
  header(name: string): string | undefined;
  /** 180 Ringing. */
  ring(): boolean;
  /** 183 Session Progress with SDP (an answer to the offer). Later `answer` must give the same SDP. Refused without an offer. */
  earlyMedia(sdp: string): boolean;
  /** 200 OK, repeated by the agent until the ACK; `answered` follows with the ACK, or `ended` with cause `no-ack`. */
  answer(sdp: string): boolean;
  /** A final refusal, 300–699; 488 for `media.unsupported`. Ends the call (side `near`). */
  reject(status: number, reason?: string): boolean;
}

/** Who a From, To or P-Asserted-Identity names. Personal data. */
export interface Party {
  /** URI text as received, e.g. `sip:02012333@192.0.2.1` or `tel:+862012333`. */
  readonly uri: string;
  /** User part with escapes resolved, or the number of a tel URI; absent for `sip:host`. */
  readonly user?: string;
  readonly displayName?: string;
}

export interface Source {
  readonly transport: Transport;
  readonly address: string;
  readonly port: number;
}

export interface CallListener {
  /** Dialled calls: 180–199; `sdp` where the far end sends early media. */
  progress?(status: number, sdp?: string): void;
  /**
   * Dialled: the 2xx came and was acknowledged. Arrived: the ACK came. `sdp` is the far end's answer to an offer of ours,
   * so it is absent for an arrived call that brought its own offer.
   */
  answered(sdp?: string): void;
  /**
   * The far end offers anew (re-INVITE or UPDATE): hold, resume, a moved address. Return the answer, or a refusal with
   * status 488; after a refusal the former session stands. A re-INVITE without SDP asks for our offer: `offer` is
   * undefined, the text returned is our offer, and the answer comes to `reanswered`.
   */
  reoffered(offer: string | undefined): { readonly sdp: string } | { readonly status: number };
  /** The answer to an offer that `reoffered` made in reply to a re-INVITE without SDP. */
  reanswered?(sdp: string): void;
  /** INFO with application/dtmf-relay or application/dtmf. RFC 4733 digits come in RTP, not here. */
  digit?(digit: string, durationMs: number): void;
  ended(how: Ended): void;
}

export interface Ended {
  /** Who ended it: the far end, this side, or a failure (timeout, transport, 408/481 inside the dialog). */
  readonly side: 'far' | 'near' | 'failure';
  readonly cause: EndCause;
  /** Final SIP status where one was sent or received. */
  readonly status?: number;
  /** Reason header field of a BYE or CANCEL, or the cause given to `hangUp`. */
  readonly reason?: string;
}

export type EndCause =
  /** BYE received */
  | 'bye'
  /** the caller cancelled before the answer */
  | 'cancelled'
  /** the far end refused our INVITE: see `status` */
  | 'refused'
  /** `hangUp` or `reject` of this side */
  | 'hung-up'
  /** our `timeoutMs` passed without an answer */
  | 'no-answer'
  /** nothing came back at all */
  | 'timeout'
  /** our 200 was never acknowledged */
  | 'no-ack'
  /** the session was not refreshed in time (RFC 4028) */
  | 'session-expired'
  /** the network refused the message (no route, connection refused) */
  | 'transport'
  /** the far end no longer knows the call (481 or 408 inside the dialog) */
  | 'lost'
  /** `close` */
  | 'shutdown';

export interface DialRequest {
  /** `sip:` or `tel:` URI; `;transport=tcp` is honoured. A tel URI needs `proxy`. */
  readonly uri: string;
  /** Our offer. */
  readonly sdp: string;
  /** From: a SIP URI, or the user part of one at our address. Default: the agent's own user. */
  readonly from?: string;
  readonly displayName?: string;
  /** SIP URI of the trunk's proxy; it becomes the preloaded Route. */
  readonly proxy?: string;
  readonly credentials?: Credentials;
  /** Without an answer the call is cancelled after so many ms; default 180,000 (timer C, RFC 3261 §16.6). */
  readonly timeoutMs?: number;
  /** More header fields, e.g. P-Asserted-Identity. Names that the agent writes itself are refused. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
}

/** Never logged; used only against a challenge of `realm` where that is given. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  readonly realm?: string;
}

export interface DialRefusal {
  readonly refused: 'uri.invalid' | 'header.invalid' | 'limit.calls' | 'draining' | 'phone.unregistered';
  readonly message: string;
}

export interface UserAgentLimits {
  /** Calls of both directions that may stand at once; one more INVITE is answered 486. Default 1,000. */
  readonly maxCalls: number;
  /** New calls a second from one address, averaged over 10 s (token bucket); more are answered 503. Default 50. */
  readonly invitesPerSecondPerSource: number;
  /** Server transactions kept at once; above it a request is answered 503 without state. Default 20,000. */
  readonly maxTransactions: number;
}

export type Note =
  | { readonly kind: 'refused-message'; readonly source: Source; readonly status: number; readonly reason: string }
  | { readonly kind: 'refused-call'; readonly source: Source; readonly status: number; readonly reason: string }
  /** A telephone registered, or its registration was removed; `account` names a desk, not a person. */
  | { readonly kind: 'phone'; readonly account: string; readonly source: Source; readonly registered: boolean }
  /** Somebody guesses passwords. */
  | { readonly kind: 'locked-out'; readonly source: Source; readonly reason: string }
  | { readonly kind: 'transport-failed'; readonly reason: string }
  /** A bug of ours that was caught at the socket: the message was dropped, everything else goes on. */
  | { readonly kind: 'bug'; readonly error: unknown };
