import { after, agent, check, s, visitor } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const yin = agent('0238');
const fang = visitor('fang');

export const scenario = tell(
  'chat-answered-in-a-minute',
  { title: 'a chat that is answered within the minute, opened and closed as prescribed, keeps its norms' },
  yin.isInChat(),
  fang.opensChat({ name: '方女士' }),
  after(s(4)),
  fang.writes('我换工作中间断了两个月社保，能补吗'),
  after(s(2)),
  yin.looksAt(fang),
  after(s(10)),
  yin.writesTo(fang, '您好，我是市社保中心尹晴，请问有什么可以帮您'),
  after(s(20)),
  yin.writesTo(fang, '因换单位造成的中断，可由新单位申请补缴'),
  after(s(5)),
  fang.sendsAgain('我换工作中间断了两个月社保，能补吗'),
  fang.writes('那补缴要带什么材料'),
  after(s(40)),
  yin.writesTo(fang, '请带身份证和劳动合同'),
  after(s(10)),
  yin.writesTo(fang, '请问还有什么可以帮您的吗'),
  after(s(8)),
  fang.writes('好的谢谢'),
  after(s(5)),
  yin.writesTo(fang, '感谢您的咨询，再见'),
  yin.endsChatOf(fang),
  after(s(3)),
  fang.rates(5),
  yin.doesIn(fang, { kind: 'close' }),
  check(
    fang.kept('chat-first-response', yin),
    fang.kept('chat-opening', yin),
    fang.kept('chat-presence', yin),
    fang.notJudged('chat-formal'),
    fang.has('chat.received', { times: 3 }),
    fang.has('chat.sent', { times: 5 }),
    fang.went(
      'chat.opened',
      'chat.queued',
      'chat.accepted',
      'chat.received',
      'chat.read',
      'chat.ended',
      'survey.answered',
      'interaction.closed',
    ),
  ),
);
