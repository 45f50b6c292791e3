import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'dropped-call-redialled',
  {
    title: 'a call whose line dropped is taken up again by the same agent with one press, out of the work after it, and owes nothing then',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1'] } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.says('您好，0217号为您服务'),
  wang.lineDrops(),
  check(lin.is('wrap-up'), wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' })),
  after(s(2)),
  lin.redials(wang),
  check(lin.is('talking'), wang.never('outbound.prepared')),
  wang.picksUp(),
  until(wang.has('call.answered', { by: 'agent' })),
  check(wang.isOwedNothing(), lin.is('talking')),
  lin.says('刚才断线了，抱歉'),
  wang.hangsUp(),
  lin.savesRecord({ what: '断线后接着办' }),
  lin.finishesWrapUp(),
  check(wang.kept('record-saved', lin), lin.is('ready')),
);
