import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'nobody-is-called-who-must-not-be',
  {
    title: 'who asked not to be called is not, not even after the line dropped; and no number outside of the dial plan is dialled',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1', '0'], refuse: ['00'] } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.promises({ about: '等她自己来电', inMs: s(3600) }),
  lin.marksUnsafe(),
  wang.lineDrops(),
  lin.isRefusedToCall(wang, 'dial.unsafe', { by: 'redial' }),
  lin.savesRecord({ what: '不便接电话' }),
  lin.finishesWrapUp(),
  lin.isRefusedToCall(wang, 'dial.unsafe'),
  lin.isRefusedToCall(zhao, 'dial.outside-plan', { by: 'number', number: '0085221234567' }),
  lin.isRefusedToCall(zhao, 'dial.not-a-number', { by: 'number', number: 'sip:boss@evil.example' }),
  lin.calls(zhao, { purpose: 'notify' }),
  zhao.refuses(404),
  check(
    wang.never('outbound.dialled'),
    wang.has('flag.set', { fields: { flag: 'unsafe-to-call' } }),
    wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open', attempts: 0 }),
    zhao.has('outbound.failed', { fields: { outcome: 'invalid' } }),
    lin.is('ready'),
  ),
);
