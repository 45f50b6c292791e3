import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const lin = agent('0217');
const xue = visitor('xue');

export const scenario = tell(
  'chat-handed-on-when-nobody-looks',
  { title: 'a chat that its agent does not look at goes on to a colleague after half a minute' },
  yin.isInChat(),
  xue.opensChat(),
  xue.writes('在吗'),
  lin.isInChat(),
  after(s(29)),
  check(xue.has('chat.accepted', { fields: { agent: '0238' } }), xue.never('chat.transferred')),
  after(s(2)),
  lin.looksAt(xue),
  lin.writesTo(xue, '您好，我是市社保中心林岚，请问有什么可以帮您'),
  yin.isRefusedIn(xue, { kind: 'send', text: '您好' }, 'chat.not-yours'),
  after(s(60)),
  check(
    xue.has('chat.transferred', { by: 'system', fields: { agent: '0217', reason: 'not-seen' }, times: 1 }),
    xue.kept('chat-first-response'),
  ),
);
