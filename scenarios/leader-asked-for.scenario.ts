import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const minutes = (n: number) => s(60 * n);
const callback = { what: 'leader-callback', owner: 'leader', about: '对窗口态度不满，请领导回电', inMs: minutes(30) } as const;

export const scenario = tell(
  'leader-asked-for',
  {
    title: 'a caller who insists on the leader: tried first, with a number; overdue it goes to the leader at once and to operations later',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.isRefusedToPromise(callback, 'promise.soothe-first'),
  lin.isRefusedToPromise({ ...callback, soothed: true }, 'promise.no-number'),
  lin.promises({ ...callback, soothed: true, number: '13800138000' }),
  check(wang.wasPromised({ kind: 'leader-callback', owner: 'leader', state: 'open' })),
  wang.hangsUp(),
  lin.savesRecord({ what: '要求领导回电' }),
  lin.finishesWrapUp(),
  after(minutes(31)),
  check(wang.wasPromised({ kind: 'leader-callback', owner: 'leader', state: 'missed', escalated: 1 })),
  after(minutes(60)),
  check(wang.wasPromised({ kind: 'leader-callback', owner: 'leader', state: 'missed', escalated: 2 })),
);
