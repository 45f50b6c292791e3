import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };

export const scenario = tell(
  'acting-consent-of-an-earlier-call',
  { title: 'what was agreed to in one call is not carried out in the next: there it is verified, read back and agreed to anew' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'owner' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'owner' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: plan }),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.actsFor(wang, { kind: 'consent' }),
  after(s(5)),
  wang.hangsUp(),
  lin.isStopped(wang, { kind: 'execute', values: plan }, 'acting.conversation-over'),
  lin.savesRecord({ what: '职位推广，掉线' }),
  lin.finishesWrapUp(),
  check(wang.has('proxy.consented', { times: 1 }), wang.never('proxy.executed')),
  after(s(30)),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.isStopped(wang, { kind: 'execute', values: plan, by: 'operation-of-before' }, 'acting.unknown'),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'owner' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'owner' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: plan }),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.isStopped(wang, { kind: 'execute', values: plan, by: 'consent-of-before' }, 'acting.no-consent'),
  lin.actsFor(wang, { kind: 'consent' }),
  lin.isStopped(wang, { kind: 'execute', values: plan, by: 'consent-of-before' }, 'acting.consent-elsewhere'),
  lin.actsFor(wang, { kind: 'execute', values: plan }),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '职位推广' }),
  lin.finishesWrapUp(),
  check(
    wang.has('proxy.blocked', { fields: { reason: 'acting.consent-elsewhere' }, times: 1 }),
    wang.has('proxy.executed', { times: 1 }),
    wang.kept('proxy-per-session-consent'),
  ),
);
