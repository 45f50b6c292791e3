import { agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'call-flow-outage-press-one',
  {
    title: 'an outage is told before the queue; who presses 1 is promised to be told when it is over, and both come to a person',
    outages: [{ outage: 'water', title: '城东片区停水', areas: [], queues: [], numbers: [], announced: true, openedAt: 0 }],
    flow: `流程 主流程
步骤 告知
录音告知
接 故障
步骤 故障
故障公告 1
接 人工
步骤 人工
排队
`,
  },
  lin.isReady(),
  wang.calls(),
  until(wang.heard('outage-notice')),
  wang.presses('1'),
  until(wang.heard('outage-noted')),
  check(
    wang.has('prompt.played', { fields: { prompt: 'outage-notice', about: 'outage' } }),
    wang.wasPromised({ kind: 'notify', owner: 'leader', state: 'open' }),
  ),
  lin.answersAfter(s(2)),
  zhao.calls(),
  until(zhao.has('call.queued'), s(20)),
  check(zhao.heard('outage-notice'), zhao.never('promise.made')),
  zhao.hangsUp(),
  wang.hangsUp(),
  lin.finishesWrapUp(),
);
