/** Client transaction of every method but INVITE and ACK: RFC 3261 §17.1.2. */

import type { SipResponse } from '../message.ts';
import {
  type Context,
  classOf,
  failed,
  type Input,
  LIMIT,
  type Machine,
  OVER,
  pass,
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

export const clientRequest: Machine<ClientRequestState> = {
  begin(context) {
    const repeat = context.reliable ? [] : [start('E', T1)];
    return { state: { at: 'trying', interval: T1 }, actions: [send(context.request), ...repeat, start('F', LIMIT)] };
  },
  step(state, input, context) {
    switch (state.at) {
      case 'trying':
        return trying(state, input, context);
      case 'proceeding':
        return proceeding(state, input, context);
      case 'completed':
        return completed(state, input);
    }
  },
};

function trying(state: ClientRequestState & { at: 'trying' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'response':
      return responded(input.response, context);
    case 'timer': {
      if (input.timer === 'F') return failed('timeout');
      const interval = Math.min(state.interval * 2, T2);
      return { state: { at: 'trying', interval }, actions: [send(context.request), start('E', interval)] };
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
      return input.timer === 'F' ? failed('timeout') : stay(state, send(context.request), start('E', T2));
    case 'transport-failed':
      return failed('transport');
    case 'request':
      return stay(state);
  }
}

function responded(response: SipResponse, context: Context): Next {
  if (classOf(response) !== 'provisional') {
    const linger = start('K', context.reliable ? 0 : T4);
    return { state: { at: 'completed' }, actions: [stop('E'), stop('F'), linger, pass(response)] };
  }
  const slower = context.reliable ? [] : [start('E', T2)];
  return { state: { at: 'proceeding' }, actions: [...slower, pass(response)] };
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
