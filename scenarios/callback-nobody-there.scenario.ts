import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const hour = s(3600);

export const scenario = tell(
  'callback-nobody-there',
  {
    title:
      'a callback that rings out is a try by itself, the next one outside of the hours wants a reason, and word left for who is absent is noted',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1'] } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.promises({ about: '核查失业金', inMs: 5 * hour }),
  wang.hangsUp(),
  lin.savesRecord({ what: '失业金' }),
  lin.finishesWrapUp(),
  lin.goesBusy(),
  lin.callsBack(wang),
  wang.rings(),
  after(s(45)),
  check(
    wang.has('call.ring-stopped', { fields: { leg: 'caller', outcome: 'no-answer' } }),
    wang.has('outbound.failed', { fields: { outcome: 'no-answer' } }),
    wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open', attempts: 1, tried: 'no-answer' }),
    // Who called out of 示忙 is not rung after it.
    lin.is('busy'),
  ),
  after(3 * hour),
  lin.isAskedWhenCalling(wang, 'outbound-time-window'),
  lin.callsBack(wang, { because: '客户约好十三点' }),
  check(wang.has('stop.overridden', { fields: { norm: 'outbound-time-window', reason: '客户约好十三点' } })),
  wang.picksUp(),
  lin.says('您好，请问王先生在吗'),
  lin.tellsResult('absent', true),
  wang.hangsUp(),
  lin.savesRecord({ what: '本人不在，已留话' }),
  lin.finishesWrapUp(),
  check(
    wang.has('outbound.settled', { fields: { outcome: 'absent', message: true } }),
    wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open', attempts: 2, tried: 'no-answer' }),
    lin.is('busy'),
  ),
);
