import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const lin = agent('0217');
const fang = visitor('fang');

export const scenario = tell(
  'chat-two-answer-at-once',
  { title: 'of two agents who answer one customer at the same time only who has the chat is heard; the other is told why' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('我要问工伤'),
  after(s(5)),
  lin.isInChat(),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  lin.isRefusedIn(fang, { kind: 'send', text: '您好，我来答复您' }, 'chat.not-yours'),
  lin.isRefusedIn(fang, { kind: 'promise', what: 'callback', inMs: s(3600), about: '工伤' }, 'chat.not-yours'),
  lin.isRefusedIn(fang, { kind: 'end' }, 'chat.not-yours'),
  after(s(5)),
  yin.doesIn(fang, { kind: 'hand-over', to: '0217', brief: '问工伤认定' }),
  yin.isRefusedIn(fang, { kind: 'send', text: '再补充一句' }, 'chat.not-yours'),
  lin.writesTo(fang, '您好，工伤认定需要单位申请'),
  after(s(5)),
  check(fang.has('chat.sent', { times: 2 }), fang.never('promise.made'), fang.never('chat.ended')),
);
