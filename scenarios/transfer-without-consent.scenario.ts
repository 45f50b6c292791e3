import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'transfer-without-consent',
  { title: 'a transfer without the caller’s yes, or without a summary, is asked for a reason first' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  han.isReady(),
  lin.isAskedWhenTransferring('transfer-consent', { to: han, consent: false }),
  check(wang.never('transfer.started'), wang.never('transfer.requested'), wang.has('call.answered'), lin.desk('call', wang)),
  lin.marksConsent('transfer'),
  lin.isAskedWhenTransferring('transfer-brief-receiver', { to: han, consent: false, brief: '' }),
  lin.transfers({ to: han, consent: false, brief: '', because: '来电者已对同事说过' }),
  check(
    wang.has('transfer.started', { times: 1 }),
    wang.has('stop.overridden', { fields: { norm: 'transfer-brief-receiver', reason: '来电者已对同事说过' } }),
    wang.has('consent.marked', { fields: { about: 'transfer', given: true }, times: 1 }),
    han.desk('consult', wang),
  ),
  han.declines('不熟悉这项业务'),
  check(
    wang.has('transfer.failed', { fields: { outcome: 'declined' } }),
    wang.has('transfer.declined', { fields: { agent: han.number, reason: '不熟悉这项业务' } }),
    han.is('ready'),
    lin.desk('call', wang),
  ),
  wang.hangsUp(),
  lin.finishesWrapUp(),
);
