import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');
const xue = visitor('xue');

export const scenario = tell(
  'chat-contact-added',
  { title: 'a contact is added after the identity is known, the customer is told how to accept it, and it is named by the rule' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('我想加个微信'),
  after(s(5)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  yin.doesIn(fang, { kind: 'verify-identity', customer: 'fang', method: 'asked', result: 'owner' }),
  after(s(5)),
  yin.doesIn(fang, { kind: 'add-contact', contact: 'wx-fang', state: 'requested' }),
  after(s(5)),
  yin.writesTo(fang, '我给您发了好友申请，麻烦您点通过'),
  after(s(20)),
  yin.doesIn(fang, { kind: 'add-contact', contact: 'wx-fang', state: 'accepted' }),
  after(s(60)),
  yin.doesIn(fang, { kind: 'rename-contact', contact: '方女士 0138', pattern: true }),
  xue.opensChat(),
  xue.writes('加我'),
  after(s(5)),
  yin.writesTo(xue, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  yin.doesIn(xue, { kind: 'add-contact', contact: 'wx-xue', state: 'requested' }),
  after(s(200)),
  yin.doesIn(xue, { kind: 'add-contact', contact: 'wx-xue', state: 'accepted' }),
  after(s(700)),
  check(
    fang.kept('chat-add-contact', yin),
    fang.kept('chat-guide-accept', yin),
    fang.kept('chat-contact-naming'),
    xue.broke('chat-add-contact', { who: yin }),
    xue.broke('chat-guide-accept', { who: yin }),
    xue.broke('chat-contact-naming'),
  ),
);
