import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'hold-with-three-parts',
  { title: 'a hold with reason, limit and consent begins at once; the caller is spoken to over the music and thanked afterwards' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  wang.says('查一下我的缴费'),
  lin.says('我给您查询缴费记录，请您稍等一分钟好吗'),
  wang.says('好的'),
  lin.holds({ reason: 'lookup', limitMs: s(60), consent: true }),
  check(lin.is('hold'), wang.has('hold.started', { fields: { reason: 'lookup', limit: s(60), consent: true } })),
  after(s(8)),
  lin.saysOverTheMusic('还在为您查，请再稍等'),
  after(s(10)),
  lin.resumes(),
  lin.says('让您久等了，查到了'),
  after(s(8)),
  wang.hangsUp(),
  lin.savesRecord({ what: '缴费查询' }),
  lin.finishesWrapUp(),
  check(
    wang.went('hold.requested', 'hold.started', 'hold.speak-started', 'hold.speak-ended', 'hold.resumed'),
    wang.has('hold.resumed', { fields: { outcome: 'agent' } }),
    wang.never('stop.overridden'),
    withTranscript(wang.kept('hold-three-parts', lin)),
    withTranscript(wang.kept('hold-reprompt')),
    withTranscript(wang.kept('hold-return-thanks')),
    wang.notJudged('hold-limit'),
  ),
);
