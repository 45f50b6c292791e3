import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-files-are-sent',
  { title: 'a picture in a chat is a message like any other: taken once, waited for, answered' },
  yin.isInChat(),
  fang.opensChat(),
  fang.sendsFile('社保卡.png'),
  fang.sendsFile('社保卡.png', { again: true }),
  after(s(5)),
  yin.looksAt(fang),
  after(s(70)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  fang.sendsFile('申请表.pdf', { as: 'file' }),
  after(s(5)),
  yin.writesTo(fang, '收到了，我来看一下'),
  after(s(5)),
  check(
    fang.has('chat.received', { times: 2 }),
    fang.has('chat.received', { fields: { kind: 'image', ordinal: 1 } }),
    fang.has('chat.received', { fields: { kind: 'file', ordinal: 2 } }),
    fang.broke('chat-first-response', { who: yin }),
  ),
);
