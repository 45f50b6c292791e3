import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };

export const scenario = tell(
  'acting-after-a-transfer',
  {
    title: 'a handover ends the consent: the colleague sees the plan, reads it back and asks again, and the one before can do nothing more',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(20)),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'owner' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'owner' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: plan }),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.actsFor(wang, { kind: 'consent' }),
  han.isStopped(wang, { kind: 'execute', values: plan }, 'acting.not-yours'),
  han.isReady(),
  lin.transfers({ to: han }),
  after(s(4)),
  han.isConsulted(),
  after(s(8)),
  han.accepts(),
  lin.letsGo(),
  lin.isStopped(wang, { kind: 'execute', values: plan }, 'acting.not-yours'),
  han.isStopped(wang, { kind: 'execute', values: plan }, 'acting.consent-of-colleague'),
  han.actsFor(wang, { kind: 'read-back' }),
  han.actsFor(wang, { kind: 'consent' }),
  han.actsFor(wang, { kind: 'execute', values: plan }),
  lin.savesRecord({ what: '推广，转接' }),
  lin.finishesWrapUp(),
  after(s(5)),
  wang.hangsUp(),
  han.savesRecord({ what: '推广' }),
  han.finishesWrapUp(),
  check(
    wang.went('proxy.consented', 'transfer.completed', 'proxy.consented', 'proxy.executed'),
    wang.has('proxy.blocked', { fields: { reason: 'acting.consent-of-colleague' }, times: 1 }),
    wang.kept('proxy-per-session-consent'),
  ),
);
