import { after, agent, caller, check, s, theServerIsKilled } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'server-killed-in-transfer',
  { title: 'a transfer goes on where it stood when the server is killed and started again' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  han.isReady(),
  lin.transfers({ to: han }),
  after(s(2)),
  han.isConsulted(),
  after(s(3)),
  theServerIsKilled,
  after(s(2)),
  check(lin.desk('call', wang), han.desk('consult', wang), wang.never('call.ended'), han.is('talking')),
  han.accepts(),
  lin.letsGo(),
  check(han.desk('call', wang), lin.desk('wrap-up', wang)),
  after(s(10)),
  wang.hangsUp(),
  han.finishesWrapUp(),
  lin.finishesWrapUp(),
  check(wang.has('interaction.closed'), wang.isRecorded()),
);
