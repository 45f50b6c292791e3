import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');
const xue = visitor('xue');
const ni = visitor('ni');

export const scenario = tell(
  'chat-waits-for-room',
  {
    title: 'an agent has several chats at once, and who comes beyond that waits in line until one of them ends',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], settings: { chatCapacity: 2 } },
  },
  yin.isInChat(),
  fang.opensChat(),
  xue.opensChat(),
  after(s(1)),
  ni.opensChat(),
  ni.writes('我等一下'),
  after(s(5)),
  check(fang.has('chat.accepted'), xue.has('chat.accepted'), ni.has('chat.received'), ni.never('chat.accepted')),
  fang.writes('不用了'),
  fang.leavesChat(),
  check(ni.has('chat.accepted', { fields: { agent: '0238' } }), fang.has('chat.ended', { fields: { outcome: 'customer' } })),
  yin.takesNoChats('午休'),
  xue.leavesChat(),
  fang.opensChat(),
  after(s(5)),
  check(fang.has('chat.queued'), fang.never('chat.accepted')),
);
