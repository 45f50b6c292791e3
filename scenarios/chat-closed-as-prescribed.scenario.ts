import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-closed-as-prescribed',
  { title: 'a chat that the agent ends after asking, thanking and saying goodbye keeps the closing norm' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('养老金什么时候发'),
  after(s(10)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  after(s(20)),
  yin.writesTo(fang, '每月十五日发放，请问还有什么可以帮您的吗'),
  after(s(20)),
  fang.writes('十五号我知道了'),
  after(s(10)),
  yin.writesTo(fang, '感谢您的咨询，再见'),
  after(s(400)),
  yin.endsChatOf(fang),
  after(s(301)),
  check(fang.kept('chat-closing', yin), fang.has('interaction.closed')),
);
