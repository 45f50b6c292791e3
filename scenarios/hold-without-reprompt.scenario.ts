import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'hold-without-reprompt',
  { title: 'a caller who is left alone on hold: the reminder is missed every fifteen seconds, and the limit in the end' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  wang.says('查一下我的缴费'),
  lin.says('我给您查询缴费记录，请您稍等一分钟好吗'),
  wang.says('好的'),
  lin.holds({ limitMs: s(60), consent: true }),
  after(s(130)),
  check(
    wang.has('alert.raised', { fields: { kind: 'hold-limit', to: lin.number } }),
    wang.has('alert.raised', { fields: { to: 'leader' } }),
  ),
  lin.resumes(),
  lin.says('查到了'),
  after(s(3)),
  wang.says('算了'),
  wang.hangsUp(),
  lin.savesRecord({ what: '缴费查询' }),
  lin.finishesWrapUp(),
  check(
    withTranscript(wang.kept('hold-three-parts', lin)),
    withTranscript(wang.broke('hold-reprompt')),
    withTranscript(wang.broke('lookup-reprompt', { who: lin })),
    withTranscript(wang.broke('hold-limit', { who: lin })),
    wang.has('hold.resumed', { times: 1, fields: { outcome: 'agent' } }),
  ),
);
