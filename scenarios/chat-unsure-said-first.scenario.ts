import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-unsure-said-first',
  { title: 'an agent who does not know says that it will be checked, and promises the reply that the ledger keeps' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('失业金能领几个月'),
  after(s(5)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  yin.doesIn(fang, { kind: 'mark-answer', outcome: 'not-found' }),
  after(s(10)),
  yin.writesTo(fang, '这个问题我需要核实，查清楚后给您回复'),
  yin.doesIn(fang, { kind: 'promise', what: 'reply', about: '失业金领取期限', number: '13900001234', inMs: s(3600) }),
  after(s(150)),
  check(
    fang.kept('chat-same-as-phone-unsure', yin),
    fang.kept('chat-typos', yin),
    fang.wasPromised({ kind: 'reply', owner: '0238', state: 'open' }),
  ),
);
