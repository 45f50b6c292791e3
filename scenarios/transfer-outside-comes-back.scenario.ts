import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { OtherEnd } from '@threerings/testkit/scenarios/other-end';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const office = new OtherEnd(wang);
const extension = { outside: '8011' };
const medical = { outside: '12345', name: '12345 热线' };

export const scenario = tell(
  'transfer-outside-comes-back',
  {
    title: 'a wrong extension, a busy number, nobody there and who hangs up each bring the caller back; then a callback comes first',
    plan: {
      queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }],
      dialPlan: { allow: ['12345'], extensions: [['8000', '8099']] },
    },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(10)),
  lin.transfers({ to: extension, how: 'cold' }),
  office.refuses(404),
  check(
    wang.went('transfer.started', 'transfer.failed', 'consult.ended', 'music.stopped', 'transfer.returned'),
    wang.has('transfer.started', { fields: { way: 'cold', target: '8011' } }),
    wang.has('transfer.failed', { fields: { outcome: 'wrong-extension' } }),
    wang.has('transfer.returned', { by: 'system' }),
    lin.desk('call', wang),
    lin.is('talking'),
  ),
  lin.transfers({ to: { outside: '8012' } }),
  office.refuses(486),
  check(wang.has('transfer.failed', { fields: { outcome: 'busy' } })),
  lin.transfers({ to: medical }),
  office.answers(),
  after(s(3)),
  office.hangsUp(),
  check(wang.has('transfer.failed', { fields: { outcome: 'declined' } }), lin.desk('call', wang)),
  lin.transfers({ to: medical, how: 'cold' }),
  until(wang.has('transfer.failed', { fields: { outcome: 'no-answer' } }), s(50)),
  check(wang.has('transfer.returned', { by: 'system', times: 4 }), lin.desk('call', wang), wang.never('transfer.completed')),
  lin.transfers({ to: medical }),
  after(s(20)),
  check(wang.has('alert.raised', { fields: { kind: 'transfer-long' } }), wang.has('transfer.returned', { by: 'system', times: 5 })),
  lin.isRefusedToTransfer('transfer.callback-first', { to: medical }),
  check(wang.has('transfer.refused'), lin.isProposed('transfer-long', 2)),
  lin.transfers({ to: medical, how: 'cold', because: '来电者坚持等' }),
  office.answers(),
  check(
    wang.went('consult.answered', 'music.stopped', 'transfer.completed', 'call.ended'),
    wang.has('stop.overridden', { fields: { norm: 'transfer-max-count', reason: '来电者坚持等' } }),
    wang.has('call.ended', { fields: { outcome: 'transferred-out' } }),
    lin.desk('wrap-up', wang),
  ),
  lin.savesRecord({ what: '投诉' }),
  lin.finishesWrapUp(),
  check(lin.is('ready'), wang.has('interaction.closed')),
);
