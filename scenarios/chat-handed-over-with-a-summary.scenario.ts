import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const lin = agent('0217');
const fang = visitor('fang');

export const scenario = tell(
  'chat-handed-over-with-a-summary',
  { title: 'an agent hands a chat over with a summary to a colleague who has room, and to nobody else' },
  yin.isInChat(),
  lin.signsIn(),
  fang.opensChat(),
  fang.writes('我要问工伤'),
  after(s(5)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  yin.isRefusedIn(fang, { kind: 'hand-over', to: '0217', brief: '问工伤认定' }, 'chat.no-room'),
  lin.takesChats(),
  yin.doesIn(fang, { kind: 'hand-over', to: '0217', brief: '问工伤认定', reason: '工伤专席' }),
  after(s(5)),
  lin.writesTo(fang, '您好，工伤认定需要单位申请'),
  lin.isRefused({ kind: 'sign-out-shift' }, 'chat.seats-held'),
  after(s(5)),
  check(fang.has('chat.transferred', { by: 'agent', fields: { agent: '0217', reason: '工伤专席' } })),
);
