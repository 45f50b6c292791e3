import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'transfer-callback-first',
  { title: 'after two transfers a callback comes first: the third one needs a reason, and passes with it' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  han.isReady(),
  lin.transfers({ to: han, how: 'cold' }),
  after(s(1)),
  han.isConsulted(),
  lin.finishesWrapUp(),
  han.transfers({ to: lin, how: 'cold' }),
  after(s(1)),
  lin.isConsulted(),
  han.finishesWrapUp(),
  lin.isRefusedToTransfer('transfer.callback-first', { to: han }),
  check(
    lin.isProposed('transfer-long'),
    wang.has('transfer.refused', { fields: { norms: ['transfer-max-count'] } }),
    wang.has('transfer.started', { times: 2 }),
    lin.desk('call', wang),
  ),
  lin.transfers({ to: han, because: '来电者不愿回电，只等经办人' }),
  check(
    wang.has('transfer.started', { times: 3 }),
    wang.has('stop.overridden', { fields: { norm: 'transfer-max-count', reason: '来电者不愿回电，只等经办人' } }),
  ),
  lin.takesBack(),
  lin.marksEmergency('燃气泄漏'),
  lin.transfers({ to: han, consent: false, brief: '' }),
  check(wang.has('transfer.started', { times: 4 }), han.desk('consult', wang)),
  wang.hangsUp(),
  check(han.is('ready'), han.desk('nothing'), wang.went('consult.started', 'consult.ended', 'call.released', 'call.ended')),
  lin.finishesWrapUp(),
);
