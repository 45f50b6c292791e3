import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };

export const scenario = tell(
  'acting-without-consent',
  { title: 'an operation that nobody agreed to is stopped, the attempt is written down, and then declined with a reason' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'owner' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.isStopped(wang, { kind: 'execute', values: plan }, 'acting.right-unconfirmed'),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'owner' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: { ...plan, duration: '' } }),
  lin.isStopped(wang, { kind: 'read-back' }, 'acting.plan-incomplete'),
  lin.actsFor(wang, { kind: 'fill-plan', values: plan }),
  lin.isStopped(wang, { kind: 'consent' }, 'acting.not-read-back'),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.isStopped(wang, { kind: 'execute', values: plan }, 'acting.no-consent'),
  lin.holds({ reason: 'lookup', limitMs: s(60), consent: true, because: '查询' }),
  lin.isStopped(wang, { kind: 'consent' }, 'acting.customer-away'),
  after(s(5)),
  lin.resumes(),
  lin.actsFor(wang, { kind: 'decline', reason: '客户要再想想' }),
  lin.isStopped(wang, { kind: 'execute', values: plan }, 'acting.declined'),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '职位推广，未办' }),
  lin.finishesWrapUp(),
  check(
    wang.has('proxy.blocked', { fields: { reason: 'acting.right-unconfirmed' }, by: 'system', times: 1 }),
    wang.has('proxy.blocked', { fields: { reason: 'acting.no-consent' }, times: 1 }),
    wang.has('proxy.refused', { times: 1 }),
    wang.never('proxy.executed'),
    wang.notJudged('proxy-exec-match'),
  ),
);
