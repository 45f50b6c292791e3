/** Client transaction of every method but INVITE and ACK: RFC 3261 §17.1.2. */

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
  pass,
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

export type ClientRequestState =
  | { readonly at: 'trying'; readonly interval: number }
  | { readonly at: 'proceeding' }
  | { readonly at: 'completed' };

type Next = Step<ClientRequestState>;

export const clientRequest: Machine<ClientRequestState> = machine<ClientRequestState>(
  (context) => ({
    state: { at: 'trying', interval: T1 },
    actions: [send(context.request), ...repeat(context, 'E', T1), start('F', LIMIT)],
  }),
  { trying, proceeding, completed },
);

function trying(state: ClientRequestState & { at: 'trying' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'response':
      return responded(input.response, context);
    case 'timer': {
      if (input.timer === 'F') return failed('timeout');
      const interval = Math.min(state.interval * 2, T2);
      return { state: { at: 'trying', interval }, actions: again(context.request, 'E', interval) };
    }
    case 'transport-failed':
      return failed('transport');
    case 'request':
      return stay(state);
  }
}

function proceeding(state: ClientRequestState & { at: 'proceeding' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'response':
      return responded(input.response, context);
    case 'timer':
      return input.timer === 'F' ? failed('timeout') : stay(state, ...again(context.request, 'E', T2));
    case 'transport-failed':
      return failed('transport');
    case 'request':
      return stay(state);
  }
}

function responded(response: SipResponse, context: Context): Next {
  if (classOf(response) !== 'provisional') {
    return { state: { at: 'completed' }, actions: [stop('E'), stop('F'), linger(context, 'K', T4), pass(response)] };
  }
  return { state: { at: 'proceeding' }, actions: [...repeat(context, 'E', T2), pass(response)] };
}

function completed(state: ClientRequestState & { at: 'completed' }, input: Input): Next {
  switch (input.kind) {
    case 'timer':
      return input.timer === 'K' ? OVER : stay(state);
    case 'response': // repetitions are absorbed
    case 'transport-failed':
    case 'request':
      return stay(state);
  }
}
