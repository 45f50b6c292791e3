import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'ring-declined',
  { title: 'a declined ring goes to the next agent at once, and the reason stays with the call' },
  lin.isReady(),
  after(s(1)),
  han.isReady(),
  wang.calls(),
  lin.isRung(),
  after(s(2)),
  lin.declines('正在处理上一通记录'),
  han.answersAfter(s(2)),
  check(lin.is('paused', 'declined'), han.is('talking')),
  wang.hangsUp(),
  han.savesRecord({ what: '咨询' }),
  han.finishesWrapUp(),
  check(
    wang.has('call.declined', { by: 'agent', fields: { agent: lin.number, reason: '正在处理上一通记录' } }),
    wang.has('call.answered', { fields: { agent: han.number } }),
    wang.kept('answer-within-rings', han),
  ),
);
