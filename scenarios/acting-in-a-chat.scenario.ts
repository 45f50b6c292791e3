import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');
const plan = { positions: '店长 1 条', product: '置顶', duration: '3 天' };

export const scenario = tell(
  'acting-in-a-chat',
  {
    title:
      'in a chat the same holds: expiry told, plan written and agreed to in this chat; then the contact is asked for and named by the account',
  },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('余额快过期了，帮我用掉'),
  after(s(5)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  yin.isStopped(fang, { kind: 'ask-contact', contact: 'wx-fang' }, 'contact.owner-unconfirmed'),
  yin.actsFor(fang, { kind: 'verify', customer: 'fangjia', method: 'asked', result: 'owner' }),
  yin.actsFor(fang, { kind: 'request', template: 'clear-balance' }),
  yin.actsFor(fang, { kind: 'confirm-right', right: 'owner' }),
  yin.actsFor(fang, { kind: 'fill-plan', values: plan }),
  yin.writesTo(fang, '您的余额三月底到期'),
  yin.actsFor(fang, { kind: 'tell-extra', item: 'expiry' }),
  yin.writesTo(fang, '跟您核对一下方案：店长一条，置顶三天，您看可以吗'),
  yin.actsFor(fang, { kind: 'read-back' }),
  fang.writes('可以'),
  yin.actsFor(fang, { kind: 'consent' }),
  yin.isStopped(fang, { kind: 'execute', values: { ...plan, duration: '30 天' } }, 'acting.differs'),
  yin.actsFor(fang, { kind: 'execute', values: plan }),
  yin.writesTo(fang, '已经为您办好了'),
  yin.actsFor(fang, { kind: 'tell-result', outcome: 'done' }),
  yin.actsFor(fang, { kind: 'ask-contact', contact: 'wx-fang' }),
  yin.writesTo(fang, '我给您发了好友申请，麻烦您点通过'),
  yin.isStopped(fang, { kind: 'name-contact', contact: 'wx-fang', user: 'fangjia', name: 'fangjia' }, 'contact.not-accepted'),
  after(s(20)),
  yin.actsFor(fang, { kind: 'contact-accepted', contact: 'wx-fang' }),
  yin.actsFor(fang, { kind: 'name-contact', contact: 'wx-fang', user: 'fangjia', name: 'fangjia 方女士' }),
  yin.writesTo(fang, '请问还有什么可以帮您？感谢您的来访，再见'),
  after(s(5)),
  yin.endsChatOf(fang),
  yin.isStopped(fang, { kind: 'execute', values: plan }, 'acting.done-already'),
  after(s(301)),
  check(
    fang.has('proxy.executed', { times: 1 }),
    fang.kept('proxy-no-identity-no-op'),
    fang.kept('proxy-per-session-consent'),
    fang.kept('proxy-exec-match'),
    fang.kept('proxy-balance-disclose'),
    fang.kept('proxy-read-back'),
    fang.kept('proxy-result-told', yin),
    fang.kept('chat-add-contact', yin),
  ),
);
