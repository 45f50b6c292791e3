import { after, agent, check, s, theServerIsKilled, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');
const xue = visitor('xue');

export const scenario = tell(
  'chat-goes-on-after-a-restart',
  { title: 'a server that is killed loses no message of a chat and takes none twice' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('第一句'),
  after(s(5)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  fang.writes('第二句'),
  after(s(2)),
  theServerIsKilled,
  after(s(2)),
  fang.sendsAgain('第二句'),
  fang.writes('第三句'),
  xue.opensChat(),
  yin.writesTo(fang, '我来看一下'),
  after(s(5)),
  check(
    fang.has('chat.received', { times: 3 }),
    fang.has('chat.sent', { times: 2 }),
    fang.has('source.gap-started', { fields: { source: 'chat' } }),
    xue.has('chat.accepted', { fields: { agent: '0238' } }),
  ),
);
