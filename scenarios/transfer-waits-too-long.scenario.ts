import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'transfer-waits-too-long',
  { title: 'after a minute of waiting for a transfer the agent is told to offer a callback; the next transfer needs a reason' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  han.isReady(),
  lin.transfers({ to: han }),
  after(s(5)),
  han.isConsulted(),
  until(wang.has('alert.raised', { fields: { kind: 'transfer-long', to: lin.number } }), s(70)),
  check(lin.isProposed('transfer-long'), wang.never('transfer.failed'), han.desk('consult', wang)),
  han.leavesTheConsult(),
  check(lin.desk('call', wang), han.is('ready'), wang.went('music.stopped', 'transfer.returned')),
  lin.isRefusedToTransfer('transfer.callback-first', { to: han }),
  lin.promises({ about: '补缴如何办', inMs: s(3600) }),
  check(wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' })),
  wang.hangsUp(),
  lin.finishesWrapUp(),
);
