import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const plan = { positions: '店长 2 条', product: '首页推广', budget: '500', duration: '7 天', mode: 'normal' };

export const scenario = tell(
  'acting-result-untold',
  { title: 'ticked and not said: the plan was never read aloud, the surcharge never spoken of, the result never told' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'owner' }),
  lin.actsFor(wang, { kind: 'request', template: 'promotion' }),
  lin.actsFor(wang, { kind: 'confirm-right', right: 'owner' }),
  lin.actsFor(wang, { kind: 'fill-plan', values: { ...plan, mode: 'accelerated' } }),
  lin.actsFor(wang, { kind: 'tell-extra', item: 'surcharge' }),
  lin.actsFor(wang, { kind: 'read-back' }),
  lin.actsFor(wang, { kind: 'consent' }),
  lin.actsFor(wang, { kind: 'execute', values: { ...plan, mode: 'accelerated' } }),
  lin.says('请问还有别的吗'),
  after(s(310)),
  wang.hangsUp(),
  lin.savesRecord({ what: '职位推广' }),
  lin.finishesWrapUp(),
  check(
    wang.has('proxy.executed', { times: 1 }),
    wang.never('proxy.result-told'),
    withTranscript(wang.broke('proxy-surcharge')),
    withTranscript(wang.broke('proxy-read-back')),
    withTranscript(wang.broke('proxy-result-told', { who: lin })),
  ),
);
