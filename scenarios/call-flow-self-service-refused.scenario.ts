import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');
const chen = caller('chen');

export const scenario = tell(
  'call-flow-self-service-refused',
  {
    title:
      'what was keyed in is looked up; who will not listen to the answer presses a key and has a person, and so has whom nobody can answer in time',
    lookups: {
      'https://api.example.cn/pension': { result: 'ok', afterMs: 800 },
      'https://api.example.cn/slow': { afterMs: 3000 },
    },
    flow: `流程 主流程
步骤 告知
录音告知
接 菜单
步骤 菜单
菜单 menu
按 1 去 收号
按 2 去 慢
超时 5 秒 去 人工
错键 2 次 去 人工
步骤 收号
收号 digits 存为 身份证 位数 4-6 结束键 #
超时 8 秒 去 人工
错键 2 次 去 人工
接 查询
步骤 查询
查询 https://api.example.cn/pension 带 身份证 限时 3 秒
结果 ok 去 播报
失败 去 人工
步骤 慢
查询 https://api.example.cn/slow 带 caller 限时 2 秒
结果 ok 去 播报
失败 去 人工
步骤 播报
自助 tell
转人工 0 去 人工
接 评价
步骤 评价
评价
接 再见
步骤 再见
结束 goodbye
步骤 人工
排队
`,
  },
  lin.isReady(),
  wang.calls(),
  until(wang.has('call.menu-entered')),
  wang.presses('1'),
  wang.presses('1'),
  wang.presses('2'),
  wang.presses('3'),
  wang.presses('4'),
  wang.presses('#'),
  until(wang.has('call.looked-up', { fields: { outcome: 'answered', result: 'ok' } })),
  after(s(1)),
  wang.presses('0'),
  check(
    wang.has('self-service.left', { fields: { item: '播报', outcome: 'person' } }),
    wang.has('call.queued', { fields: { queue: '综合' } }),
  ),
  lin.answersAfter(s(2)),
  zhao.calls(),
  until(zhao.has('call.menu-entered')),
  zhao.presses('2'),
  until(zhao.has('call.looked-up')),
  check(zhao.has('call.looked-up', { fields: { step: '慢', outcome: 'failed' } }), zhao.has('call.queued')),
  zhao.hangsUp(),
  chen.calls(),
  until(chen.has('call.menu-entered')),
  chen.presses('1'),
  chen.presses('7'),
  chen.presses('7'),
  chen.presses('7'),
  chen.presses('7'),
  chen.presses('#'),
  until(chen.heard('flow-tell')),
  after(s(1)),
  chen.presses('5'),
  until(chen.has('call.ended')),
  check(
    chen.went('self-service.entered', 'self-service.left', 'survey.offered', 'call.flow-left', 'call.ended'),
    chen.rated(5),
    chen.has('call.ended', { fields: { outcome: 'normal', side: 'system' } }),
    chen.never('call.abandoned'),
  ),
  wang.hangsUp(),
  lin.finishesWrapUp(),
);
