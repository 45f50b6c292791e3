import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'transferred-after-a-word',
  { title: 'a caller is told, the colleague reads the summary and takes over, and only then the agent lets go' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(20)),
  han.isReady(),
  lin.transfers({ to: han }),
  check(
    wang.went('transfer.requested', 'consent.marked', 'transfer.started', 'music.started', 'consult.started'),
    lin.desk('call', wang),
    han.desk('consult', wang),
    han.is('ringing'),
  ),
  after(s(4)),
  han.isConsulted(),
  check(han.is('talking'), wang.has('consult.answered', { by: 'receiver' })),
  lin.isRefused({ kind: 'transfer-step', step: 'complete' }, 'transfer.not-accepted'),
  lin.isRefused({ kind: 'hold', reason: 'lookup', limitMs: s(60), consent: true }, 'transfer.open'),
  after(s(8)),
  han.accepts(),
  lin.letsGo(),
  check(
    wang.went('consult.answered', 'transfer.accepted', 'music.stopped', 'transfer.completed', 'consult.ended', 'writeup.started'),
    wang.has('transfer.completed', { fields: { agent: han.number }, times: 1 }),
    wang.never('call.ended'),
    han.desk('call', wang),
    lin.desk('wrap-up', wang),
    lin.is('wrap-up'),
    han.is('talking'),
  ),
  lin.savesRecord({ what: '补缴' }),
  lin.finishesWrapUp(),
  check(lin.is('ready'), wang.never('interaction.closed')),
  after(s(30)),
  wang.hangsUp(),
  check(han.desk('wrap-up', wang), wang.has('wrapup.started', { fields: { agent: han.number }, times: 1 })),
  han.savesRecord({ what: '补缴', how: '已办' }),
  han.finishesWrapUp(),
  check(wang.has('interaction.closed', { times: 1 }), han.is('ready'), wang.kept('record-saved', han)),
);
