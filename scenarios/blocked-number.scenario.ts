import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');
const li = caller('li');

export const scenario = tell(
  'blocked-number',
  {
    title:
      'a number on the blocklist rings nobody and is told so: the call ends, or word may be left, and one key in an emergency leads to a person',
    plan: { queues: [{ queue: '综合', name: { zh: '综合', en: 'General' } }], voicemail: { maxMs: s(20) } },
    blocked: { wang: 'end', zhao: 'message', li: 'end' },
  },
  lin.isReady(),
  wang.calls(),
  until(wang.has('call.ended'), s(60)),
  check(
    wang.heard('blocked'),
    wang.went('call.offered', 'call.blocked', 'prompt.played', 'call.ended'),
    wang.never('call.queued'),
    wang.never('call.agent-offered'),
    wang.never('recording.started'),
    lin.is('ready'),
  ),
  zhao.calls(),
  until(zhao.has('recording.started'), s(60)),
  check(zhao.heard('blocked'), zhao.heard('message-greeting'), zhao.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' })),
  after(s(4)),
  zhao.hangsUp(),
  check(zhao.never('call.queued'), zhao.has('call.ended', { fields: { outcome: 'normal' } })),
  li.calls(),
  after(s(1)),
  li.presses('1'),
  lin.answersAfter(s(2)),
  check(
    li.has('call.unblocked', { fields: { reason: 'emergency' } }),
    li.went('call.blocked', 'call.unblocked', 'call.queued', 'call.answered'),
  ),
  after(s(10)),
  li.hangsUp(),
  lin.finishesWrapUp(),
  check(lin.is('ready')),
);
