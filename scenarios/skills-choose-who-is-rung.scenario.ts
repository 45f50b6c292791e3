import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');
const smith = caller('smith');

export const scenario = tell(
  'skills-choose-who-is-rung',
  {
    title: 'the number dialled chooses the queue, and only who has its skill is rung, although somebody else is idle longer',
    onTheWire: true,
    plan: {
      queues: [
        { queue: '综合', name: { zh: '综合', en: 'General' } },
        { queue: 'english', name: { zh: '英语专线', en: 'English line' }, skill: 'english', level: 3 },
      ],
      numbers: { '12334': 'english' },
    },
    skills: { [lin.number]: { english: 2 }, [han.number]: { english: 5 } },
  },
  lin.isReady(),
  after(s(1)),
  han.isReady(),
  smith.calls('12334'),
  han.answersAfter(s(2)),
  check(han.desk('call', smith), lin.is('ready'), smith.has('call.queued', { fields: { queue: 'english' } })),
  wang.calls(),
  lin.answersAfter(s(2)),
  check(lin.desk('call', wang), wang.has('call.queued', { fields: { queue: '综合' } })),
  smith.hangsUp(),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  han.savesRecord({ what: 'pension' }),
  han.finishesWrapUp(),
  check(
    smith.never('call.agent-offered', { fields: { agent: lin.number } }),
    smith.kept('answer-within-rings', han),
    wang.kept('answer-within-rings', lin),
  ),
);
