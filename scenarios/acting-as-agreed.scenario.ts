import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };

export const scenario = tell(
  'acting-as-agreed',
  {
    title:
      'an operation for a customer: verified, planned, told what it costs, read back, agreed to, carried out as agreed, and its result told',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  wang.says('帮我把店长的职位推广一下'),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'number-and-name', result: 'owner' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'owner' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: { ...plan, mode: 'accelerated' } }),
  lin.isStopped(wang, { kind: 'read-back' }, 'acting.extras-untold'),
  lin.says('加速模式的扣费比普通模式高，您确定要用吗'),
  wang.says('要用'),
  lin.actsFor(wang, { kind: 'tell-extra', item: 'surcharge' }),
  lin.says('跟您核对一下方案：店长两条，首页推广，预算五百，七天，加速'),
  lin.actsFor(wang, { kind: 'read-back' }),
  wang.says('好的，同意'),
  lin.actsFor(wang, { kind: 'consent' }),
  after(s(5)),
  lin.actsFor(wang, { kind: 'execute', values: { ...plan, mode: 'accelerated' } }),
  lin.isStopped(wang, { kind: 'execute', values: { ...plan, mode: 'accelerated' } }, 'acting.done-already'),
  lin.says('已经为您办好了，您可以登录看一下'),
  lin.actsFor(wang, { kind: 'tell-result', outcome: 'done' }),
  after(s(8)),
  wang.hangsUp(),
  lin.savesRecord({ what: '职位推广' }),
  lin.finishesWrapUp(),
  check(
    wang.went('identity.verified', 'proxy.requested', 'proxy.right-confirmed', 'proxy.plan-filled', 'proxy.disclosed'),
    wang.went('proxy.read-back', 'proxy.consented', 'proxy.executed', 'proxy.result-told'),
    wang.has('proxy.executed', { times: 1 }),
    wang.kept('proxy-verify-right'),
    wang.kept('proxy-no-identity-no-op'),
    wang.kept('proxy-per-session-consent'),
    wang.kept('proxy-exec-match'),
    wang.kept('proxy-plan-complete'),
    withTranscript(wang.kept('proxy-surcharge')),
    withTranscript(wang.kept('proxy-read-back')),
    withTranscript(wang.kept('proxy-result-told', lin)),
  ),
);
