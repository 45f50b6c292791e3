/** Server transaction of every method but INVITE and ACK: RFC 3261 §17.2.2. */

import type { SipResponse } from '../message.ts';
import { type Context, classOf, failed, type Input, LIMIT, type Machine, OVER, type Step, send, start, stay } from './machine.ts';

export type ServerRequestState =
  | { readonly at: 'trying' }
  | { readonly at: 'proceeding'; readonly last: SipResponse }
  | { readonly at: 'completed'; readonly last: SipResponse };

type Next = Step<ServerRequestState>;

export const serverRequest: Machine<ServerRequestState> = {
  begin: () => ({ state: { at: 'trying' }, actions: [] }),
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

function trying(state: ServerRequestState & { at: 'trying' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'response':
      return responded(input.response, context);
    case 'transport-failed':
      return failed('transport');
    case 'request': // repeated before there is anything to repeat
    case 'timer':
      return stay(state);
  }
}

function proceeding(state: ServerRequestState & { at: 'proceeding' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'response':
      return responded(input.response, context);
    case 'request':
      return stay(state, send(state.last));
    case 'transport-failed':
      return failed('transport');
    case 'timer':
      return stay(state);
  }
}

function responded(response: SipResponse, context: Context): Next {
  if (classOf(response) === 'provisional') return { state: { at: 'proceeding', last: response }, actions: [send(response)] };
  const linger = start('J', context.reliable ? 0 : LIMIT);
  return { state: { at: 'completed', last: response }, actions: [send(response), linger] };
}

function completed(state: ServerRequestState & { at: 'completed' }, input: Input): Next {
  switch (input.kind) {
    case 'request':
      return stay(state, send(state.last));
    case 'timer':
      return input.timer === 'J' ? OVER : stay(state);
    case 'transport-failed':
      return OVER;
    case 'response': // one final response is enough
      return stay(state);
  }
}
