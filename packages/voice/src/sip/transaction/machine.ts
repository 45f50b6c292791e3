/**
 * What the four transaction machines of RFC 3261 §17 (with RFC 6026's accepted states) share. A machine is a pure function
 * from state and input to the next state and a list of actions; `layer.ts` owns clock, network and matching.
 */

import type { SipMessage, SipRequest, SipResponse } from '../message.ts';

/** Estimate of the round trip; every other time follows from it (RFC 3261 §17.1.1.1). All in ms. */
export const T1 = 500;
/** Longest interval between repetitions of a request that is not INVITE, and of a response to INVITE. */
export const T2 = 4_000;
/** How long a message may stay in the network. */
export const T4 = 5_000;
/** Timers B, F, H, J, L and M. */
export const LIMIT = 64 * T1;
/** Timer D: at least 32 s over UDP. */
export const TIMER_D = 32_000;

/** RFC 3261's letters, RFC 6026's L and M. */
export type Timer = 'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M';

export type Input =
  /** server: the request again, or its ACK */
  | { readonly kind: 'request'; readonly request: SipRequest }
  /** client: from the network; server: from the user of the transaction */
  | { readonly kind: 'response'; readonly response: SipResponse }
  | { readonly kind: 'timer'; readonly timer: Timer }
  | { readonly kind: 'transport-failed' };

export type Action =
  | { readonly do: 'send'; readonly message: SipMessage }
  /** starts a timer, or starts it anew */
  | { readonly do: 'start'; readonly timer: Timer; readonly ms: number }
  | { readonly do: 'stop'; readonly timer: Timer }
  /** to the user of a client transaction */
  | { readonly do: 'pass'; readonly response: SipResponse }
  /** to the user of a server transaction: the ACK of a 2xx */
  | { readonly do: 'pass-ack'; readonly ack: SipRequest }
  | { readonly do: 'fail'; readonly cause: 'timeout' | 'transport' };

export interface Context {
  readonly request: SipRequest;
  /** The transport repeats by itself (TCP): no repetition here, and no waiting for stray ones. */
  readonly reliable: boolean;
}

export interface Step<State> {
  /** `undefined` = terminated: all timers stop and the transaction is forgotten. */
  readonly state: State | undefined;
  readonly actions: readonly Action[];
}

export interface Machine<State> {
  begin(context: Context): Step<State>;
  step(state: State, input: Input, context: Context): Step<State>;
}

/** What each state does with an input. */
export type States<State extends { readonly at: string }> = {
  readonly [At in State['at']]: (state: Extract<State, { readonly at: At }>, input: Input, context: Context) => Step<State>;
};

/** A machine of one function for each state. */
export function machine<State extends { readonly at: string }>(
  begin: (context: Context) => Step<State>,
  states: States<State>,
): Machine<State> {
  const of = states as unknown as Readonly<Record<string, (state: State, input: Input, context: Context) => Step<State>>>;
  return { begin, step: (state, input, context) => of[state.at]?.(state, input, context) ?? stay(state) };
}

export const send = (message: SipMessage): Action => ({ do: 'send', message });
export const start = (timer: Timer, ms: number): Action => ({ do: 'start', timer, ms });
export const stop = (timer: Timer): Action => ({ do: 'stop', timer });
/** The timer of a repetition: only where the transport loses messages (A, E, G). */
export const repeat = (context: Context, timer: Timer, ms: number): Action[] => (context.reliable ? [] : [start(timer, ms)]);
/** The timer of a state that waits for stray repetitions: nothing to wait for where the transport loses none (D, I, J, K). */
export const linger = (context: Context, timer: Timer, ms: number): Action => start(timer, context.reliable ? 0 : ms);
/** Sends once more and starts the timer of the next time. */
export const again = (message: SipMessage, timer: Timer, ms: number): Action[] => [send(message), start(timer, ms)];
export const pass = (response: SipResponse): Action => ({ do: 'pass', response });

/** Ends the transaction and tells its user why. */
export function failed(cause: 'timeout' | 'transport'): Step<never> {
  return { state: undefined, actions: [{ do: 'fail', cause }] };
}

/** Ends the transaction; its user has heard everything. */
export const OVER: Step<never> = { state: undefined, actions: [] };

/** Stays in the state and does `actions`; without any, the input is ignored on purpose. */
export function stay<State>(state: State, ...actions: readonly Action[]): Step<State> {
  return { state, actions };
}

export type ResponseClass = 'provisional' | 'success' | 'failure';

export function classOf(response: SipResponse): ResponseClass {
  if (response.status < 200) return 'provisional';
  return response.status < 300 ? 'success' : 'failure';
}
