import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const ni = visitor('ni');

export const scenario = tell(
  'chat-nobody-there',
  { title: 'who writes while nobody takes chats leaves a message, and the hotline promises a reply' },
  yin.signsIn(),
  ni.opensChat({ name: '倪先生' }),
  after(s(10)),
  ni.asksForReply('13900001234', '社保卡丢了，怎么补办'),
  check(
    ni.wasPromised({ kind: 'reply', owner: 'leader', state: 'open' }),
    ni.went('chat.opened', 'chat.received', 'chat.ended', 'interaction.closed'),
    ni.never('chat.accepted'),
  ),
);
