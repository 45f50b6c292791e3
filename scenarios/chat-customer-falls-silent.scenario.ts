import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-customer-falls-silent',
  { title: 'a customer who says nothing more is told so, and the chat ends by itself without a breach' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('在吗'),
  after(s(10)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  after(s(601)),
  check(fang.has('chat.idle', { by: 'system' }), fang.never('chat.ended')),
  after(s(300)),
  check(fang.has('chat.ended', { by: 'system', fields: { outcome: 'timeout' } })),
  after(s(301)),
  check(fang.has('interaction.closed'), fang.notJudged('chat-closing'), fang.never('alert.raised')),
);
