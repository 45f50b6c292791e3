/** A call that has a dialog: takes the far end's requests, sends ours, keeps offers and answers apart. */

import { sdpIn } from '../body.ts';
import { type Dialog, keyOf, receive, retarget } from '../dialog.ts';
import type { Authenticator } from '../digest.ts';
import { type Header, header, type SipRequest, tagOf } from '../message.ts';
import { buildResponse, type ResponseParts } from '../response.ts';
import type { ServerTransaction } from '../transaction/layer.ts';
import type { Ended, ReofferOutcome } from '../user-agent.ts';
import { ACCEPT, ALLOW, CallRate, refuseRequest, refuseSession } from './admission.ts';
import { DialogLink, type Outcome } from './dialog-link.ts';
import { digitOf } from './digits.ts';
import { RepeatedAnswer } from './repeated-answer.ts';
import { type DialogMember, randomBelow, type Services } from './services.ts';
import { expiryMs, type SessionTimer, timerAsked, timerDecided, timerFields } from './session-timer.ts';

/** The call that a session belongs to. */
export interface SessionOwner {
  /** The ACK of the first 2xx came; `sdp` when that 2xx carried our offer. */
  confirmed(sdp: string | undefined): void;
  reoffered(offer: string | undefined): { readonly sdp: string } | { readonly status: number };
  reanswered(sdp: string): void;
  /** A PRACK came: what to do once it was answered; undefined = it acknowledges nothing that waits. */
  progressAcknowledged(prack: SipRequest): (() => void) | undefined;
  digit(digit: string, durationMs: number): void;
  /** The far end or a failure ended it; not called after `hangUp`. */
  ended(how: Ended): void;
}

/** `early`: our answer is still to come. `leaving`: ended for the owner, BYE sent or to be sent after the ACK. */
type Phase = 'early' | 'up' | 'leaving' | 'over';

/** Offers a second of one far end, in the mean; ten at once. A telephone that holds and resumes needs fewer. */
const OFFERS_PER_SECOND = 1;
const TIMER: Header = { name: 'supported', value: 'timer' };

export class Session implements DialogMember {
  readonly #services: Services;
  readonly #owner: SessionOwner;
  readonly #link: DialogLink;
  readonly #key: string;
  readonly #dialled: boolean;
  #phase: Phase;
  #answer: RepeatedAnswer | undefined;
  /** Our re-INVITE is out (`open`) or waits after a glare (`waiting`). */
  #offering: 'none' | 'open' | 'waiting' = 'none';
  #ourSdp: string | undefined;
  #timer: SessionTimer | undefined;
  #cancelTimers: (() => void)[] = [];
  readonly #offerRate: CallRate;
  #byeReason: string | undefined;

  constructor(
    services: Services,
    dialog: Dialog,
    owner: SessionOwner,
    origin: { dialled: boolean; authenticator?: Authenticator | undefined },
  ) {
    this.#services = services;
    this.#owner = owner;
    this.#dialled = origin.dialled;
    this.#phase = origin.dialled ? 'up' : 'early';
    this.#link = new DialogLink(services, dialog, origin.authenticator);
    this.#key = keyOf(dialog);
    this.#offerRate = new CallRate(services.clock, OFFERS_PER_SECOND);
    services.dialogs.set(this.#key, this);
  }

  /** Dialled calls: acknowledges the 2xx and returns how to do it again. */
  established(invite: SipRequest, response: Exclude<Outcome, string>, ourSdp: string): () => void {
    this.#ourSdp = ourSdp;
    this.#keepTimer(timerDecided(response));
    return this.#link.acknowledge(invite, response);
  }

  /** Sends the 2xx of an INVITE and repeats it until the ACK. */
  accept(server: ServerTransaction, sdp: string, hasOurOffer: boolean): void {
    const { request } = server;
    this.#answer?.stop();
    this.#ourSdp = sdp;
    const response = buildResponse(request, 200, { ...this.#sessionParts(request), sdp });
    this.#answer = new RepeatedAnswer(this.#services.clock, server, response, hasOurOffer, () => this.#unacknowledged());
  }

  /** `false` when an offer of either side is open. */
  reoffer(sdp: string, done: (outcome: ReofferOutcome) => void): boolean {
    if (this.#phase !== 'up' || this.#offering !== 'none' || this.#answer !== undefined) return false;
    this.#offer(sdp, done, true);
    return true;
  }

  /** Ends the session; the owner hears nothing more. A 2xx that waits for its ACK delays the BYE (RFC 3261 §15). */
  hangUp(reason: string | undefined): void {
    if (this.#phase === 'leaving' || this.#phase === 'over') return;
    this.#phase = 'leaving';
    this.#byeReason = reason;
    this.#services.unfinished.add(this);
    this.#clearTimers();
    if (this.#answer === undefined) this.#sendBye();
  }

  /** Without a word to the far end: the INVITE was refused, or BYE came. */
  drop(): void {
    this.#phase = 'over';
    this.#answer?.stop();
    this.#answer = undefined;
    this.#clearTimers();
    this.#services.dialogs.delete(this.#key);
    this.#services.unfinished.delete(this);
  }

  acknowledged(ack: SipRequest): void {
    const answer = this.#answer;
    if (answer === undefined || ack.cseq.number !== answer.sequence) return;
    answer.stop();
    this.#answer = undefined;
    if (this.#phase === 'leaving') this.#sendBye();
    else this.#settled(answer, sdpIn(ack));
  }

  requested(server: ServerTransaction): void {
    const { request } = server;
    const next = receive(this.#link.dialog, request);
    if (next === undefined) {
      this.#respond(server, 500);
      return;
    }
    this.#link.dialog = next;
    const refusal = this.#phase === 'leaving' && request.method !== 'BYE' ? { status: 481 } : refuseRequest(request);
    if (refusal) this.#respond(server, refusal.status, { headers: refusal.headers ?? [] });
    else this.#serve(server);
  }

  #serve(server: ServerTransaction): void {
    switch (server.request.method) {
      case 'BYE':
        this.#byeCame(server);
        return;
      case 'INVITE':
      case 'UPDATE':
        this.#reoffered(server);
        return;
      case 'INFO':
        this.#informed(server);
        return;
      case 'OPTIONS':
        this.#respond(server, 200, { headers: [ALLOW, ACCEPT, TIMER] });
        return;
      case 'REFER': // transfers are the contact centre's own business
        this.#respond(server, 603);
        return;
      case 'PRACK':
        this.#pracked(server);
        return;
      default:
        this.#respond(server, 405, { headers: [ALLOW] });
    }
  }

  /** RFC 3262 §5: a PRACK may bring an offer once the description before it was answered. */
  #pracked(server: ServerTransaction): void {
    const goOn = this.#owner.progressAcknowledged(server.request);
    const sdp = sdpIn(server.request);
    if (goOn === undefined) this.#respond(server, 481);
    else if (sdp === undefined) this.#respond(server, 200);
    else {
      const reply = sdp === 'unsupported' ? { status: 415 } : this.#owner.reoffered(sdp);
      if ('status' in reply) this.#respond(server, reply.status);
      else this.#respond(server, 200, { sdp: reply.sdp });
    }
    goOn?.();
  }

  #byeCame(server: ServerTransaction): void {
    this.#respond(server, 200);
    const reason = header(server.request, 'reason');
    this.#end({ side: 'far', cause: 'bye', ...(reason === undefined ? {} : { reason }) });
  }

  #reoffered(server: ServerTransaction): void {
    const { request } = server;
    const isInvite = request.method === 'INVITE';
    const sdp = sdpIn(request);
    const offers = isInvite || sdp !== undefined;
    const refusal = refuseSession(request);
    if (refusal) this.#respond(server, refusal.status, { headers: refusal.headers ?? [] });
    else if (offers && !this.#offerRate.admit('')) this.#respond(server, 500, { headers: [this.#retryAfter()] });
    else if (offers && this.#phase === 'early') this.#respond(server, 500, { headers: [this.#retryAfter()] });
    else if (offers && (this.#offering === 'open' || this.#answer?.hasOurOffer)) this.#respond(server, 491);
    else if (!offers) this.#respond(server, 200, this.#sessionParts(request));
    else this.#replyToOffer(server, sdp);
  }

  #replyToOffer(server: ServerTransaction, sdp: string | undefined): void {
    const reply = this.#owner.reoffered(sdp);
    if ('status' in reply) this.#respond(server, reply.status);
    else if (server.request.method === 'INVITE') this.accept(server, reply.sdp, sdp === undefined);
    else {
      this.#ourSdp = reply.sdp;
      this.#respond(server, 200, { ...this.#sessionParts(server.request), sdp: reply.sdp });
    }
  }

  /** RFC 3261 §14.2 and RFC 3311 §5.2: come back in 0 to 10 s. */
  #retryAfter(): Header {
    return { name: 'retry-after', value: String(randomBelow(this.#services.random, 11)) };
  }

  #informed(server: ServerTransaction): void {
    const digit = digitOf(server.request);
    if (digit === 'unsupported') {
      this.#respond(server, 415, { headers: [{ name: 'accept', value: 'application/dtmf-relay, application/dtmf' }] });
      return;
    }
    this.#respond(server, 200);
    if (digit !== 'none') this.#owner.digit(digit.digit, digit.durationMs);
  }

  /** Contact, timer and abilities of a 2xx to INVITE or UPDATE; takes what the request says about both. */
  #sessionParts(request: SipRequest): ResponseParts {
    this.#link.dialog = retarget(this.#link.dialog, request);
    const asked = timerAsked(request);
    const timer = asked === 'too-short' ? undefined : asked;
    this.#keepTimer(timer);
    const headers = [ALLOW, TIMER, ...timerFields(timer)];
    return { ...this.#tag(), contact: this.#services.contact(this.#link.dialog.flow.transport), headers };
  }

  #settled(answer: RepeatedAnswer, sdp: ReturnType<typeof sdpIn>): void {
    const isFirst = this.#phase === 'early';
    this.#phase = 'up';
    if (answer.hasOurOffer && (sdp === undefined || sdp === 'unsupported')) {
      this.#giveUp({ side: 'failure', cause: 'refused', status: 488 }, 'no answer to the offer');
    } else if (isFirst) this.#owner.confirmed(answer.hasOurOffer ? sdp : undefined);
    else if (answer.hasOurOffer && sdp !== undefined) this.#owner.reanswered(sdp);
  }

  #unacknowledged(): void {
    this.#answer = undefined;
    if (this.#phase === 'leaving') this.#sendBye();
    else this.#giveUp({ side: 'failure', cause: 'no-ack' }, 'no ACK');
  }

  #offer(sdp: string, done: (outcome: ReofferOutcome) => void, mayRepeat: boolean): void {
    this.#offering = 'open';
    const timer = this.#timer;
    const refresher = timer?.refresher === 'us' ? 'uac' : 'uas';
    const timers = timer === undefined ? [] : [TIMER, { name: 'session-expires', value: `${timer.intervalS};refresher=${refresher}` }];
    this.#link.send('INVITE', { sdp, headers: [ALLOW, ...timers] }, (outcome) => {
      this.#offering = 'none';
      if (this.#phase !== 'up') return;
      const status = typeof outcome === 'string' ? 408 : outcome.status;
      if (typeof outcome !== 'string' && status < 300) this.#agreed(sdp, outcome, done);
      else if (status === 491 && mayRepeat) this.#offerLater(sdp, done);
      else if (status === 408 || status === 481) this.#giveUp({ side: 'failure', cause: 'lost', status }, 'no answer');
      else done({ status });
    });
  }

  #agreed(sdp: string, response: Exclude<Outcome, string>, done: (outcome: ReofferOutcome) => void): void {
    this.#ourSdp = sdp;
    this.#keepTimer(timerDecided(response));
    const answer = sdpIn(response);
    done(answer === undefined || answer === 'unsupported' ? { status: 488 } : { answer });
  }

  /** Glare: the maker of the Call-ID waits longer, so that the sides do not meet again (RFC 3261 §14.1). */
  #offerLater(sdp: string, done: (outcome: ReofferOutcome) => void): void {
    this.#offering = 'waiting';
    const units = randomBelow(this.#services.random, 191);
    this.#services.clock.after(this.#dialled ? 2_100 + units * 10 : units * 10, () => {
      this.#offering = 'none';
      if (this.#phase !== 'up') return;
      if (this.#answer) done({ status: 491 });
      else this.#offer(sdp, done, false);
    });
  }

  #keepTimer(timer: SessionTimer | undefined): void {
    this.#clearTimers();
    this.#timer = timer;
    if (timer === undefined) return;
    const { clock } = this.#services;
    this.#cancelTimers.push(clock.after(expiryMs(timer), () => this.#expire()));
    if (timer.refresher === 'us') this.#cancelTimers.push(clock.after(timer.intervalS * 500, () => this.#refresh()));
  }

  #clearTimers(): void {
    for (const cancel of this.#cancelTimers) cancel();
    this.#cancelTimers = [];
  }

  /** Repeats our last description; a refusal is left to the expiry. */
  #refresh(): void {
    if (this.#ourSdp === undefined) return;
    this.reoffer(this.#ourSdp, (outcome) => {
      if ('answer' in outcome) this.#owner.reanswered(outcome.answer);
    });
  }

  #expire(): void {
    this.#giveUp({ side: 'failure', cause: 'session-expired' }, 'session expired');
  }

  /** BYE to the far end, `how` to the owner. */
  #giveUp(how: Ended, reason: string): void {
    if (this.#phase === 'leaving' || this.#phase === 'over') return;
    this.#answer?.stop();
    this.#answer = undefined;
    this.hangUp(reason);
    this.#owner.ended(how);
  }

  #end(how: Ended): void {
    const tell = this.#phase !== 'leaving' && this.#phase !== 'over';
    this.drop();
    if (tell) this.#owner.ended(how);
  }

  #sendBye(): void {
    const text = this.#byeReason?.replace(/["\\\r\n]/g, ' ');
    const headers = text === undefined ? [] : [{ name: 'reason', value: `SIP;cause=200;text="${text}"` }];
    this.#link.send('BYE', { headers }, () => this.drop());
  }

  #respond(server: ServerTransaction, status: number, parts: ResponseParts = {}): void {
    server.respond(buildResponse(server.request, status, { ...this.#tag(), ...parts }));
  }

  #tag(): ResponseParts {
    const tag = tagOf(this.#link.dialog.local);
    return tag === undefined ? {} : { tag };
  }
}
