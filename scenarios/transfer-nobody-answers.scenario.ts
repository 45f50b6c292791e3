import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'transfer-nobody-answers',
  { title: 'a transfer that nobody answers brings the caller back to the agent, and the next one too' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(10)),
  han.isReady(),
  lin.transfers({ to: han }),
  until(wang.has('transfer.failed', { fields: { outcome: 'no-answer' } })),
  check(
    wang.went('transfer.started', 'transfer.failed', 'consult.ended', 'music.stopped', 'transfer.returned'),
    wang.has('transfer.returned', { by: 'system' }),
    lin.desk('call', wang),
    lin.is('talking'),
    han.is('paused', 'no-answer'),
    han.desk('nothing'),
  ),
  lin.isRefusedToTransfer('transfer.busy', { to: han }),
  lin.isRefusedToTransfer('transfer.to-self', { to: lin }),
  lin.isRefusedToTransfer('transfer.unknown-target', { to: agent('9999') }),
  han.goesReady(),
  lin.transfers({ to: han }),
  han.isConsulted(),
  after(s(5)),
  lin.takesBack(),
  check(han.is('ready'), wang.has('transfer.returned', { by: 'agent' }), lin.desk('call', wang), wang.never('transfer.completed')),
  wang.hangsUp(),
  lin.finishesWrapUp(),
  check(wang.has('call.ended', { fields: { outcome: 'normal', side: 'customer' } }), lin.is('ready')),
);
