import { after, agent, caller, check, s, theServerIsKilled } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };

export const scenario = tell(
  'acting-goes-on-after-a-restart',
  { title: 'a server that is killed forgets nothing of what was agreed to, and lets nothing else through afterwards' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'owner' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'owner' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: plan }),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.actsFor(wang, { kind: 'consent' }),
  after(s(2)),
  theServerIsKilled,
  after(s(2)),
  lin.isStopped(wang, { kind: 'execute', values: { ...plan, budget: '5000' } }, 'acting.differs'),
  lin.actsFor(wang, { kind: 'execute', values: plan }),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '推广' }),
  lin.finishesWrapUp(),
  check(wang.has('proxy.blocked', { fields: { reason: 'acting.differs' }, times: 1 }), wang.has('proxy.executed', { times: 1 })),
);
