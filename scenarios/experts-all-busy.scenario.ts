import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const gu = agent('0601');
const wang = caller('wang');
const minutes = (n: number) => s(60 * n);
const dispatch = { what: 'expert-callback', owner: 'expert-roaming', about: '境外收不到短信', inMs: minutes(120) } as const;

export const scenario = tell(
  'experts-all-busy',
  {
    title:
      'with all experts busy nobody is moved: the seat is given a callback with a number, whoever sits there calls and tells the result',
    plan: {
      queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }],
      experts: [{ seat: 'roaming', name: { zh: '国际漫游专席', en: 'Roaming' }, agents: ['0601'] }],
      dialPlan: { allow: ['1'], shows: '12333' },
    },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.checksExperts('roaming'),
  check(wang.has('expert.checked', { fields: { skill: 'roaming', free: 0 } })),
  lin.isRefusedToTransfer('expert.all-busy', { to: { seat: 'roaming' } }),
  check(wang.never('transfer.started'), lin.desk('call', wang)),
  lin.isRefusedToPromise(dispatch, 'promise.no-number'),
  lin.isRefusedToPromise({ ...dispatch, owner: 'expert-visa', number: '13800138000' }, 'expert.unknown-seat'),
  lin.promises({ ...dispatch, number: '13800138000' }),
  check(wang.wasPromised({ kind: 'expert-callback', owner: 'expert-roaming', state: 'open' })),
  wang.hangsUp(),
  lin.savesRecord({ what: '国际漫游' }),
  lin.finishesWrapUp(),
  lin.goesBusy(),
  after(minutes(20)),
  gu.isReady(),
  gu.callsBack(wang),
  wang.picksUp(),
  until(wang.has('recording.started')),
  gu.says('您好，境外收短信要先开通漫游'),
  gu.tellsResult('done'),
  wang.hangsUp(),
  gu.savesRecord({ what: '国际漫游已答复' }),
  gu.finishesWrapUp(),
  check(wang.isOwedNothing(), gu.is('ready')),
);
