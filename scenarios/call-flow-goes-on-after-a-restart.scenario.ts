import { after, agent, caller, check, s, theServerIsKilled, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'call-flow-goes-on-after-a-restart',
  {
    title: 'a caller in a menu whose server is killed is asked again, without a second notice, and comes to a person',
    flow: `流程 主流程
步骤 告知
录音告知
接 菜单
步骤 菜单
菜单 menu
按 1 去 人工
超时 5 秒 去 人工
错键 2 次 去 人工
步骤 人工
排队
`,
  },
  lin.isReady(),
  wang.calls(),
  until(wang.has('call.menu-entered')),
  after(s(1)),
  theServerIsKilled,
  until(wang.has('call.menu-entered', { times: 2 }), s(10)),
  wang.presses('1'),
  check(
    wang.has('call.flow-entered', { times: 2 }),
    wang.has('prompt.played', { fields: { prompt: 'recording-notice' }, times: 1 }),
    wang.has('call.queued'),
  ),
  lin.answersAfter(s(2)),
  wang.hangsUp(),
  lin.finishesWrapUp(),
);
