import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };

export const scenario = tell(
  'acting-other-than-agreed',
  { title: 'what differs from the agreed plan is stopped; a plan that is changed afterwards is agreed to anew' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'authorised' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'authorised' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: plan }),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.actsFor(wang, { kind: 'consent' }),
  lin.isStopped(wang, { kind: 'execute', values: { ...plan, budget: '5000' } }, 'acting.differs'),
  lin.actsFor(wang, { kind: 'fill-plan', values: { ...plan, budget: '800' } }),
  lin.isStopped(wang, { kind: 'execute', values: { ...plan, budget: '800' } }, 'acting.consent-outdated'),
  lin.isStopped(wang, { kind: 'execute', values: plan }, 'acting.consent-outdated'),
  lin.isStopped(wang, { kind: 'fill-plan', values: { ...plan, gift: '1' } }, 'acting.strange-field'),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.actsFor(wang, { kind: 'consent' }),
  lin.actsFor(wang, { kind: 'execute', values: { ...plan, budget: '800' } }),
  after(s(5)),
  wang.hangsUp(),
  lin.isStopped(wang, { kind: 'tell-result', outcome: 'done' }, 'acting.conversation-over'),
  lin.savesRecord({ what: '职位推广' }),
  lin.finishesWrapUp(),
  check(
    wang.has('proxy.blocked', { fields: { reason: 'acting.differs' }, times: 1 }),
    wang.has('proxy.blocked', { fields: { reason: 'acting.consent-outdated' }, times: 2 }),
    wang.has('proxy.executed', { times: 1 }),
    wang.has('proxy.consented', { times: 2 }),
    wang.kept('proxy-exec-match'),
    wang.kept('proxy-per-session-consent'),
  ),
);
