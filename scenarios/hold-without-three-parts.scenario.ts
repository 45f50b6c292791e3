import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'hold-without-three-parts',
  { title: 'a hold without reason, limit and consent asks why, and goes on with a reason that stays with the call', needsTranscript: true },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  wang.says('查一下我的缴费'),
  lin.isAskedWhenHolding('hold-three-parts', { limitMs: s(30) }),
  check(lin.is('talking'), wang.never('hold.started')),
  lin.holds({ limitMs: s(30), because: '客户催促，先查系统' }),
  after(s(6)),
  lin.resumes(),
  lin.says('让您久等了，查到了'),
  after(s(4)),
  wang.hangsUp(),
  lin.savesRecord({ what: '缴费查询' }),
  lin.finishesWrapUp(),
  check(
    wang.went('stop.overridden', 'hold.started', 'hold.resumed'),
    wang.has('stop.overridden', { by: 'agent', fields: { norm: 'hold-three-parts', reason: '客户催促，先查系统' } }),
    withTranscript(wang.broke('hold-three-parts', { who: lin, missing: ['原因', '时限', '同意'] })),
  ),
);
