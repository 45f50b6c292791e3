import { answersCaller, boardAlerts, stepsToLeader } from '@threerings/testkit/scenarios/asking';
import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');
const callback = { what: 'leader-callback', owner: 'leader', about: '坚持找领导', inMs: s(1800) } as const;

export const scenario = tell(
  'leader-calls-back',
  { title: 'no leader can take the call, one says so and then nobody answers: a callback by the leader is promised, with a number' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.isRefusedToPromise(callback, 'promise.soothe-first'),
  lin.marks('leader-asked'),
  stepsToLeader(lin, 'soothe'),
  stepsToLeader(lin, 'request'),
  after(s(5)),
  answersCaller(han, lin, false),
  check(wang.has('leader.declined', { by: 'leader', fields: { agent: han.number } }), boardAlerts('leader-request', false)),
  answersCaller(han, lin, false, { refuses: 'leader.no-request' }),
  stepsToLeader(lin, 'request'),
  check(boardAlerts('leader-request')),
  until(wang.has('leader.declined', { by: 'system' }), s(61)),
  check(boardAlerts('leader-request', false), lin.desk('call', wang), wang.never('leader.accepted')),
  // That the caller was calmed is known by now.
  lin.isRefusedToPromise(callback, 'promise.no-number'),
  lin.promises({ ...callback, number: '13800138000' }),
  check(wang.wasPromised({ kind: 'leader-callback', owner: 'leader', state: 'open' })),
  wang.hangsUp(),
  lin.savesRecord({ what: '坚持找领导', how: '班长回电' }),
  lin.finishesWrapUp(),
);
