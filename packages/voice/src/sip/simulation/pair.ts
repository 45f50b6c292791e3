import { Agent } from '../agent/agent.ts';
import type { Randomness } from '../clock.ts';
import type { Call, CallListener, DialRequest, Ended, InboundCall, Note, PhoneAccounts, UserAgentLimits } from '../user-agent.ts';
import { SimulatedClock } from './clock.ts';
import { SimulatedNetwork } from './network.ts';

export const CALLER = '192.0.2.1';
export const HOTLINE = '192.0.2.2';
export const OFFER = 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n';
export const ANSWER = OFFER.replaceAll('192.0.2.1', '192.0.2.2');

/** What one side of a call heard, in order, as short words: `progress 180`, `answered`, `digit 5`, `ended far bye`. */
export class Diary implements CallListener {
  readonly lines: string[] = [];
  readonly ends: Ended[] = [];
  /** What a new offer of the far end is answered. */
  reply: (offer: string | undefined) => { readonly sdp: string } | { readonly status: number } = () => ({ sdp: ANSWER });

  progress(status: number, sdp?: string): void {
    this.lines.push(`progress ${status}${sdp === undefined ? '' : ' sdp'}`);
  }

  answered(sdp?: string): void {
    this.lines.push(`answered${sdp === undefined ? '' : ' sdp'}`);
  }

  reoffered(offer: string | undefined): { readonly sdp: string } | { readonly status: number } {
    this.lines.push(`reoffered${offer === undefined ? '' : ' sdp'}`);
    return this.reply(offer);
  }

  reanswered(): void {
    this.lines.push('reanswered');
  }

  digit(digit: string, durationMs: number): void {
    this.lines.push(`digit ${digit} ${durationMs}`);
  }

  ended(how: Ended): void {
    this.ends.push(how);
    this.lines.push(`ended ${how.side} ${how.cause}${how.status === undefined ? '' : ` ${how.status}`}`);
  }
}

/** Deterministic, and different for every seed. */
export function seededRandomness(seed: number): Randomness {
  let state = Math.imul(seed, 0x9e3779b9) >>> 0;
  return (length) => {
    let text = '';
    while (text.length < length * 2) {
      // mulberry32: every bit of it is good, which the dice of the mutation test need
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      text += ((mixed ^ (mixed >>> 14)) >>> 0).toString(16).padStart(8, '0');
    }
    return text.slice(0, length * 2);
  };
}

const LIMITS: UserAgentLimits = { maxCalls: 100, invitesPerSecondPerSource: 100, maxTransactions: 1_000 };

/** Two agents on one simulated network: a caller who dials and a hotline that answers as the test says. */
export class Pair {
  readonly clock = new SimulatedClock();
  readonly network = new SimulatedNetwork(this.clock);
  readonly caller: Agent;
  readonly hotline: Agent;
  readonly arrivals: { readonly call: InboundCall; readonly diary: Diary }[] = [];
  readonly notes: Note[] = [];
  /** Done to every call that arrives at the hotline. */
  onArrival: (call: InboundCall, diary: Diary) => void = (call) => {
    call.ring();
    call.answer(ANSWER);
  };

  constructor(seed = 1, limits: Partial<UserAgentLimits> = {}, phones?: PhoneAccounts) {
    const { clock, network, notes } = this;
    const common = { clock, user: 'hotline', limits: { ...LIMITS, ...limits } };
    const note = (each: Note) => notes.push(each);
    this.hotline = new Agent(
      { ...common, network: network.host(HOTLINE), random: seededRandomness(seed), ...(phones && { phones }) },
      { arrived: (call) => this.#arrive(call), note },
    );
    const nobody = (call: InboundCall) => {
      call.reject(480);
      return new Diary();
    };
    this.caller = new Agent({ ...common, network: network.host(CALLER), random: seededRandomness(seed + 1) }, { arrived: nobody, note });
  }

  dial(request: Partial<DialRequest> = {}): { readonly call: Call; readonly diary: Diary } {
    const diary = new Diary();
    const call = this.caller.dial({ uri: `sip:12333@${HOTLINE}`, sdp: OFFER, from: '13800000000', ...request }, diary);
    if ('refused' in call) throw new Error(call.message);
    return { call, diary };
  }

  /** The only call that arrived so far. */
  get arrival(): { readonly call: InboundCall; readonly diary: Diary } {
    const [first] = this.arrivals;
    if (first === undefined || this.arrivals.length > 1) throw new Error(`${this.arrivals.length} calls arrived`);
    return first;
  }

  /** First lines of everything that was sent, with its sender's last digit: `1 INVITE`, `2 180`. */
  traffic(): string[] {
    return this.network.sent.map(({ from, text }) => `${from.at(-1)} ${/^SIP\/2\.0 (\d+)/.exec(text)?.[1] ?? text.split(' ')[0]}`);
  }

  #arrive(call: InboundCall): Diary {
    const diary = new Diary();
    this.arrivals.push({ call, diary });
    this.onArrival(call, diary);
    return diary;
  }
}
