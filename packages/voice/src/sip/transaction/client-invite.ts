/** INVITE client transaction: RFC 3261 §17.1.1 with the accepted state of RFC 6026 §7.2. */

import type { SipRequest, SipResponse } from '../message.ts';
import { buildRefusalAck } from '../request.ts';
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
  TIMER_D,
} from './machine.ts';

export type ClientInviteState =
  | { readonly at: 'calling'; readonly interval: number }
  | { readonly at: 'proceeding' }
  | { readonly at: 'accepted' }
  | { readonly at: 'completed'; readonly ack: SipRequest };

type Next = Step<ClientInviteState>;

export const clientInvite: Machine<ClientInviteState> = machine<ClientInviteState>(
  (context) => ({
    state: { at: 'calling', interval: T1 },
    actions: [send(context.request), ...repeat(context, 'A', T1), start('B', LIMIT)],
  }),
  { calling, proceeding, accepted, completed },
);

function calling(state: ClientInviteState & { at: 'calling' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'response':
      return responded({ at: 'proceeding' }, input.response, context);
    case 'timer': {
      if (input.timer === 'B') return failed('timeout');
      const interval = state.interval * 2;
      return { state: { at: 'calling', interval }, actions: again(context.request, 'A', interval) };
    }
    case 'transport-failed':
      return failed('transport');
    case 'request':
      return stay(state);
  }
}

function proceeding(state: ClientInviteState & { at: 'proceeding' }, input: Input, context: Context): Next {
  switch (input.kind) {
    case 'response':
      return responded(state, input.response, context);
    case 'transport-failed':
      return failed('transport');
    case 'timer': // A and B are stopped: the called party may ring as long as the user of the transaction lets it
    case 'request':
      return stay(state);
  }
}

function responded(provisional: ClientInviteState & { at: 'proceeding' }, response: SipResponse, context: Context): Next {
  const stops = [stop('A'), stop('B')];
  switch (classOf(response)) {
    case 'provisional':
      return { state: provisional, actions: [...stops, pass(response)] };
    case 'success':
      return { state: { at: 'accepted' }, actions: [...stops, start('M', LIMIT), pass(response)] };
    case 'failure': {
      const ack = buildRefusalAck(context.request, response.to);
      return { state: { at: 'completed', ack }, actions: [...stops, send(ack), linger(context, 'D', TIMER_D), pass(response)] };
    }
  }
}

/** Every further 2xx goes up: a repetition needs its ACK again, a fork its own. */
function accepted(state: ClientInviteState, input: Input): Next {
  switch (input.kind) {
    case 'response':
      return classOf(input.response) === 'success' ? stay(state, pass(input.response)) : stay(state);
    case 'timer':
      return input.timer === 'M' ? OVER : stay(state);
    case 'transport-failed': // concerns an ACK, which belongs to the dialog
    case 'request':
      return stay(state);
  }
}

function completed(state: ClientInviteState & { at: 'completed' }, input: Input): Next {
  switch (input.kind) {
    case 'response':
      return classOf(input.response) === 'failure' ? stay(state, send(state.ack)) : stay(state);
    case 'timer':
      return input.timer === 'D' ? OVER : stay(state);
    case 'transport-failed':
      return OVER;
    case 'request':
      return stay(state);
  }
}
