import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');
const closed: [number, number][][] = [[], [], [[840, 1080]], [], [], [], []];

export const scenario = tell(
  'call-flow-closed-hours',
  {
    title: 'outside the hours a call flow offers a callback to another number, or to leave word',
    plan: {
      // The scenario begins on a Wednesday at ten.
      queues: [{ queue: '综合', name: { zh: '综合', en: 'General' }, hours: closed }],
      voicemail: { maxMs: s(20) },
    },
    flow: `流程 主流程
步骤 告知
录音告知
接 时间
步骤 时间
上班时间
上班 去 人工
下班 去 菜单
步骤 菜单
菜单 menu
按 1 去 收号
超时 5 秒 去 留言
错键 2 次 去 留言
步骤 收号
收号 digits 存为 回电号 位数 7-12 结束键 #
超时 8 秒 去 回电
错键 2 次 去 回电
接 另一号码
步骤 另一号码
回电 号码 回电号
步骤 回电
回电
步骤 留言
留言
步骤 人工
排队
`,
  },
  lin.isReady(),
  wang.calls(),
  until(wang.has('call.menu-entered')),
  wang.presses('1'),
  ...[...'62345678#'].map((key) => wang.presses(key)),
  until(wang.has('call.ended'), s(20)),
  check(
    wang.heard('callback-promised'),
    wang.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' }),
    wang.has('call.flow-left', { fields: { outcome: 'callback' } }),
    wang.never('call.queued'),
    wang.has('call.ended', { fields: { outcome: 'normal' } }),
  ),
  zhao.calls(),
  until(zhao.has('recording.started'), s(30)),
  check(zhao.has('call.menu-left', { fields: { outcome: 'timeout' } }), zhao.heard('message-greeting')),
  after(s(3)),
  zhao.hangsUp(),
  check(
    zhao.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' }),
    zhao.has('recording.stopped', { fields: { duration: s(3) } }),
  ),
);
