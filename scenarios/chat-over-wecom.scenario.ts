import { after, agent, check, s, theMachineSleeps, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');
const hour = s(3600);

export const scenario = tell(
  'chat-over-wecom',
  {
    title:
      'over WeCom five messages go out within two days of the customer’s newest one; what comes later is promised by telephone and kept there',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1'], shows: '12333' } },
  },
  yin.isInChat(),
  fang.writesOverWecom('异地就医怎么备案'),
  fang.writesOverWecom('异地就医怎么备案', { again: true }),
  after(s(20)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  yin.writesTo(fang, '请问您去哪个城市就医'),
  yin.writesTo(fang, '请打开手机上的办事页面'),
  yin.writesTo(fang, '选择异地就医备案'),
  yin.writesTo(fang, '填写就医地，提交即可'),
  yin.isRefusedIn(fang, { kind: 'send', text: '请问还有什么可以帮您的吗' }, 'chat.window-used'),
  after(s(30)),
  fang.writesOverWecom('提交了，多久能批'),
  after(s(10)),
  yin.writesTo(fang, '请稍候，我为您查询'),
  after(s(10)),
  fang.writesOverWecom('好的，我等您'),
  theMachineSleeps(48 * hour),
  yin.isRefusedIn(fang, { kind: 'send', text: '您的备案已通过' }, 'chat.window-closed'),
  yin.doesIn(fang, { kind: 'promise', what: 'callback', about: '备案结果', number: '13800000000', inMs: hour }),
  check(
    fang.wasPromised({ kind: 'callback', owner: '0238', state: 'open' }),
    fang.has('chat.received', { times: 3 }),
    fang.has('chat.sent', { by: 'agent', times: 6 }),
    fang.has('chat.delivered', { times: 6 }),
    fang.never('chat.undelivered'),
    fang.kept('chat-first-response', yin),
  ),
  yin.endsChatOf(fang),
  after(s(301)),
  yin.changesPromise(fang, { do: 'attempt', outcome: 'reached' }),
  yin.changesPromise(fang, { do: 'keep' }),
  check(
    fang.isOwedNothing(),
    fang.has('interaction.closed'),
    fang.went('chat.opened', 'chat.received', 'chat.sent', 'chat.delivered', 'chat.ended'),
  ),
);
