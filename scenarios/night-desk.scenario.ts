import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'night-desk',
  {
    title: 'outside the hours of a queue its callers wait at the night desk, where others answer',
    plan: {
      queues: [
        { queue: '综合', name: { zh: '综合', en: 'General' }, hours: [[], [], [[840, 1080]], [], [], [], []], night: 'night' },
        { queue: 'night', name: { zh: '夜间', en: 'Night desk' }, skill: 'night' },
      ],
    },
    skills: { [han.number]: { night: 1 } },
  },
  lin.isReady(),
  after(s(1)),
  han.isReady(),
  wang.calls(),
  han.answersAfter(s(2)),
  check(han.desk('call', wang), wang.has('call.queued', { times: 1, fields: { queue: 'night', reason: 'night' } }), lin.is('ready')),
  wang.hangsUp(),
  han.finishesWrapUp(),
);
