/** Server transaction of every method but INVITE and ACK: RFC 3261 §17.2.2. */

import type { SipResponse } from '../message.ts';
import { type Context, classOf, failed, type Input, LIMIT, linger, type Machine, machine, OVER, type Step, send, stay } from './machine.ts';

export type ServerRequestState =
  | { readonly at: 'trying' }
  | { readonly at: 'proceeding'; readonly last: SipResponse }
  | { readonly at: 'completed'; readonly last: SipResponse };

type Next = Step<ServerRequestState>;

export const serverRequest: Machine<ServerRequestState> = machine<ServerRequestState>(() => ({ state: { at: 'trying' }, actions: [] }), {
  trying,
  proceeding,
  completed,
});

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
  return { state: { at: 'completed', last: response }, actions: [send(response), linger(context, 'J', LIMIT)] };
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
