/** INVITE server transaction: RFC 3261 §17.2.1 with the accepted state of RFC 6026 §7.1. */

import type { SipResponse } from '../message.ts';
import {
  again,
  type Context,
  classOf,
  failed,
  type Input,
  LIMIT,
  linger,
  type Machine,
  machine,
  OVER,
  repeat,
  type Step,
  send,
  start,
  stay,
  stop,
  T1,
  T2,
  T4,
} from './machine.ts';

export type ServerInviteState =
  | { readonly at: 'proceeding'; readonly last?: SipResponse }
  | { readonly at: 'accepted' }
  | { readonly at: 'completed'; readonly last: SipResponse; readonly interval: number }
  | { readonly at: 'confirmed' };

type Next = Step<ServerInviteState>;

export const serverInvite: Machine<ServerInviteState> = machine<ServerInviteState>(() => ({ state: { at: 'proceeding' }, actions: [] }), {
  proceeding,
  accepted,
  completed,
  confirmed,
});

function proceeding(state: ServerInviteState & { at: 'proceeding' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'request':
      return input.request.method === 'INVITE' && state.last ? stay(state, send(state.last)) : stay(state);
    case 'response':
      return responded(input.response, context);
    case 'transport-failed':
      return failed('transport');
    case 'timer':
      return stay(state);
  }
}

function responded(response: SipResponse, context: Context): Next {
  switch (classOf(response)) {
    case 'provisional':
      return { state: { at: 'proceeding', last: response }, actions: [send(response)] };
    case 'success':
      return { state: { at: 'accepted' }, actions: [send(response), start('L', LIMIT)] };
    case 'failure':
      return {
        state: { at: 'completed', last: response, interval: T1 },
        actions: [send(response), ...repeat(context, 'G', T1), start('H', LIMIT)],
      };
  }
}

/** The user of the transaction repeats its 2xx until the ACK comes; repeated INVITEs are absorbed. */
function accepted(state: ServerInviteState & { at: 'accepted' }, input: Input): Next {
  switch (input.kind) {
    case 'request':
      // An ACK should have a branch of its own; older phones reuse the one of the INVITE.
      return input.request.method === 'ACK' ? stay(state, { do: 'pass-ack', ack: input.request }) : stay(state);
    case 'response':
      return classOf(input.response) === 'success' ? stay(state, send(input.response)) : stay(state);
    case 'timer':
      return input.timer === 'L' ? OVER : stay(state);
    case 'transport-failed': // the 2xx is repeated; without an ACK the call ends by itself
      return stay(state);
  }
}

function completed(state: ServerInviteState & { at: 'completed' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'request':
      if (input.request.method !== 'ACK') return stay(state, send(state.last));
      return { state: { at: 'confirmed' }, actions: [stop('G'), stop('H'), linger(context, 'I', T4)] };
    case 'timer': {
      if (input.timer === 'H') return failed('timeout');
      const interval = Math.min(state.interval * 2, T2);
      return { state: { ...state, interval }, actions: again(state.last, 'G', interval) };
    }
    case 'transport-failed':
      return failed('transport');
    case 'response': // one final response is enough
      return stay(state);
  }
}

function confirmed(state: ServerInviteState & { at: 'confirmed' }, input: Input): Next {
  switch (input.kind) {
    case 'timer':
      return input.timer === 'I' ? OVER : stay(state);
    case 'request': // late repetitions of INVITE and ACK
    case 'response':
    case 'transport-failed':
      return stay(state);
  }
}
