import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withoutTranscript, withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'agent-releases-first',
  { title: 'an agent who hangs up on a caller is asked twice, needs a reason inside the wait, and is never kept from it', onTheWire: true },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.says('您好，0217号为您服务'),
  after(s(2)),
  lin.isAskedWhenReleasing(false),
  lin.isAskedWhenReleasing(true),
  check(lin.is('talking'), wang.never('call.released')),
  lin.releases('骚扰电话'),
  check(lin.is('wrap-up')),
  lin.savesRecord({ what: '骚扰电话' }),
  lin.finishesWrapUp(),
  check(
    wang.has('stop.overridden', { fields: { norm: 'customer-hangs-up-first', reason: '骚扰电话' } }),
    wang.has('call.released', { by: 'agent', fields: { agent: lin.number } }),
    wang.has('call.ended', { fields: { outcome: 'normal', side: 'agent' } }),
    withTranscript(wang.broke('customer-hangs-up-first', { who: lin })),
    withoutTranscript(wang.unknown('customer-hangs-up-first', 'gap:no-engine')),
    wang.kept('record-saved'),
  ),
);
