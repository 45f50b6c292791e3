import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-in-plain-words',
  { title: 'what an agent writes is read: slang, misprints, forbidden words and an outdated reply show' },
  yin.isInChat(),
  fang.opensChat(),
  fang.writes('补缴要多久'),
  after(s(5)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  after(s(5)),
  yin.writesTo(fang, '好滴，哈哈', { despite: '' }),
  after(s(5)),
  yin.writesTo(fang, '请到帐户所在窗口', { despite: '' }),
  after(s(5)),
  yin.writesTo(fang, '不是我们部门的事', { despite: '客户问是谁的事' }),
  after(s(5)),
  yin.writesTo(fang, '2025 年缴费基数为五千元', { quickReply: { reply: 'base', version: 3, stale: true } }),
  after(s(5)),
  yin.writesTo(fang, '请带身份证', { quickReply: { reply: 'documents', version: 1, stale: false } }),
  after(s(5)),
  fang.writes('失业金呢'),
  yin.doesIn(fang, { kind: 'mark-answer', outcome: 'not-found' }),
  after(s(130)),
  check(
    fang.broke('chat-formal', { who: yin }),
    fang.broke('chat-same-as-phone', { who: yin }),
    fang.broke('chat-same-as-phone-unsure', { who: yin }),
    fang.has('quick-reply.used', { times: 2 }),
  ),
);
