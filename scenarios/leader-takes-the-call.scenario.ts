import { answersCaller, boardAlerts, stepsToLeader } from '@threerings/testkit/scenarios/asking';
import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'leader-takes-the-call',
  { title: 'who insists on the leader is calmed first, the board tells the leader, and a leader takes the call' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  stepsToLeader(lin, 'soothe', { refuses: 'leader.not-asked' }),
  lin.marks('leader-asked'),
  stepsToLeader(lin, 'request', { refuses: 'leader.soothe-first' }),
  answersCaller(han, lin, true, { refuses: 'presence.no-phone' }),
  stepsToLeader(lin, 'soothe'),
  check(wang.has('leader.soothed', { times: 1 }), boardAlerts('leader-request', false)),
  after(s(10)),
  stepsToLeader(lin, 'request'),
  stepsToLeader(lin, 'request', { refuses: 'leader.requested' }),
  check(wang.has('leader.requested', { fields: { agent: lin.number } }), boardAlerts('leader-request')),
  answersCaller(lin, lin, true, { refuses: 'monitor.own-call' }),
  han.isReady(),
  han.goesBusy(),
  after(s(8)),
  answersCaller(han, lin, true),
  check(
    wang.went('flag.set', 'leader.soothed', 'leader.requested', 'leader.accepted', 'transfer.completed', 'writeup.started'),
    wang.has('leader.accepted', { by: 'leader', fields: { agent: han.number } }),
    han.desk('call', wang),
    lin.desk('wrap-up', wang),
    boardAlerts('leader-request', false),
  ),
  answersCaller(han, lin, true, { refuses: 'monitor.own-call' }),
  lin.finishesWrapUp(),
  after(s(5)),
  wang.hangsUp(),
  han.finishesWrapUp(),
  check(wang.has('interaction.closed')),
);
