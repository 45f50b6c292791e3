import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-answered-late',
  { title: 'an agent who replies late, says no name and lets the customer go without a goodbye breaks the norms of chats' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('社保卡丢了怎么办'),
  after(s(5)),
  yin.looksAt(fang),
  after(s(200)),
  yin.writesTo(fang, '去窗口补办'),
  after(s(5)),
  fang.writes('要带什么'),
  yin.looksAt(fang),
  after(s(240)),
  yin.writesTo(fang, '身份证'),
  yin.writesTo(fang, '照片'),
  after(s(10)),
  yin.endsChatOf(fang),
  yin.doesIn(fang, { kind: 'close' }),
  check(
    fang.broke('chat-first-response', { who: yin }),
    fang.broke('chat-presence', { who: yin }),
    fang.broke('chat-opening', { who: yin, missing: ['问候', '机构与姓名', '问需求'] }),
    fang.broke('chat-closing', { who: yin, missing: ['问', '谢', '别'] }),
    fang.has('alert.raised', { fields: { kind: 'chat-silent', to: 'leader' } }),
  ),
);
