import { after, agent, caller, check, s, theServerIsKilled } from '@threerings/testkit/scenarios/cast';
import { OtherEnd } from '@threerings/testkit/scenarios/other-end';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const office = new OtherEnd(wang);

export const scenario = tell(
  'transferred-outside-in-an-emergency',
  {
    title:
      'an emergency goes out to 120 without a dial plan or a question, and the line stands when the server is killed and started again',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(10)),
  lin.isRefusedToTransfer('dial.nothing-allowed', { to: { outside: '12345' } }),
  lin.marksEmergency('有人晕倒'),
  lin.transfers({ to: { outside: '120', name: '急救' }, consent: false, brief: '' }),
  after(s(2)),
  theServerIsKilled,
  after(s(2)),
  check(wang.never('transfer.failed'), lin.desk('call', wang)),
  office.answers(),
  check(wang.has('consult.answered', { by: 'receiver' }), lin.is('talking')),
  after(s(3)),
  theServerIsKilled,
  after(s(1)),
  check(wang.never('transfer.returned'), lin.desk('call', wang)),
  lin.joinsThemAll(),
  lin.letsGo(),
  check(wang.has('call.ended', { fields: { outcome: 'transferred-out' } }), lin.desk('wrap-up', wang)),
  after(s(1)),
  theServerIsKilled,
  after(s(2)),
  check(wang.never('call.dropped'), lin.desk('wrap-up', wang)),
  lin.savesRecord({ what: '急救' }),
  lin.finishesWrapUp(),
  office.hangsUp(),
  check(wang.has('interaction.closed', { times: 1 })),
);
