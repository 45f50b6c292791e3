import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');
const zhao = caller('zhao');
const chen = caller('chen');

export const scenario = tell(
  'call-flow-menu-and-wrong-keys',
  {
    title: 'a call flow greets by the time of day; a key brings to its queue, two wrong keys and no key at all to a person',
    plan: {
      queues: [
        { queue: '综合', name: { zh: '综合', en: 'General' } },
        { queue: 'card', name: { zh: '社保卡', en: 'Cards' }, skill: 'card' },
      ],
    },
    skills: { [han.number]: { card: 1 } },
    flow: `流程 主流程
步骤 告知
录音告知
接 问候
步骤 问候
问候 06:00-12:00 morning 12:00-18:00 afternoon 其余 goodbye
接 菜单
步骤 菜单
菜单 menu
按 2 去 卡
超时 5 秒 去 人工
错键 2 次 去 人工
步骤 卡
排队 card 优先 3
步骤 人工
排队
`,
  },
  lin.isReady(),
  after(s(1)),
  han.isReady(),
  wang.calls(),
  until(wang.heard('flow-morning')),
  after(s(1)),
  wang.presses('2'),
  han.answersAfter(s(2)),
  check(
    wang.went('call.flow-entered', 'call.menu-entered', 'dtmf.pressed', 'call.menu-left', 'call.flow-left', 'call.queued'),
    wang.has('call.flow-entered', { fields: { flow: '主流程', version: 1 } }),
    wang.has('call.menu-left', { fields: { outcome: 'option', option: '卡' } }),
    wang.has('call.queued', { fields: { queue: 'card', priority: 3 } }),
    wang.never('prompt.played', { fields: { prompt: 'flow-afternoon' } }),
    han.desk('call', wang),
  ),
  zhao.calls(),
  until(zhao.has('call.menu-entered')),
  zhao.presses('9'),
  after(s(1)),
  zhao.presses('8'),
  check(zhao.has('call.menu-left', { fields: { outcome: 'operator' } }), zhao.has('call.queued', { fields: { queue: '综合' } })),
  lin.answersAfter(s(2)),
  chen.calls(),
  until(chen.has('call.menu-left', { fields: { outcome: 'timeout' } })),
  check(chen.has('call.queued', { fields: { queue: '综合' } })),
  chen.hangsUp(),
  wang.hangsUp(),
  zhao.hangsUp(),
  lin.finishesWrapUp(),
  han.finishesWrapUp(),
);
