import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'silent-line-released',
  {
    title:
      'the caller hears who has answered before the agent is heard; a line that says nothing is asked three times in fifteen seconds, then let go',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], settings: { agentNumberFirst: 1 } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  check(lin.is('talking'), wang.has('call.answered', { fields: { agent: lin.number } })),
  until(wang.has('prompt.played', { fields: { prompt: 'agent-number', interrupted: false } })),
  until(wang.has('recording.started')),
  lin.says('您好，请问有什么可以帮您'),
  lin.asksIntoTheSilence(),
  lin.says('您好，能听到我说话吗'),
  lin.asksIntoTheSilence(),
  lin.isAskedWhenReleasing(false),
  lin.says('您好，请问听得到吗'),
  lin.asksIntoTheSilence(),
  lin.isAskedWhenReleasing(false),
  after(s(12)),
  lin.releases(),
  check(
    wang.has('line.asked', { fields: { n: 3 }, times: 1 }),
    wang.has('call.released', { fields: { cause: 'silent-line' } }),
    wang.never('stop.overridden'),
    lin.is('wrap-up'),
  ),
  lin.savesRecord({ what: '无声电话' }),
  lin.finishesWrapUp(),
  check(lin.is('ready')),
);
