import { agent, caller, check, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'out-of-hours',
  {
    title: 'outside the hours a caller is told so, offered a callback and released, although somebody is still ready',
    plan: {
      queues: [
        // The scenario begins on a Wednesday at ten.
        { queue: '综合', name: { zh: '综合', en: 'General' }, hours: [[], [], [[840, 1080]], [], [], [], []] },
      ],
    },
  },
  lin.isReady(),
  wang.calls(),
  until(wang.heard('closed')),
  until(wang.has('call.ended')),
  check(
    wang.heard('callback-offer'),
    wang.never('call.queued'),
    wang.never('call.agent-offered'),
    wang.has('call.ended', { fields: { outcome: 'normal', side: 'system' } }),
    lin.is('ready'),
  ),
);
