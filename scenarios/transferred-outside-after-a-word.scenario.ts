import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { OtherEnd } from '@threerings/testkit/scenarios/other-end';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const office = new OtherEnd(wang);
const medical = { outside: '020-8765 4321', name: '市医保局' };

export const scenario = tell(
  'transferred-outside-after-a-word',
  {
    title: 'a caller goes to another office by the dial plan: told and asked first, three speak, and only who was answered can be left',
    plan: {
      queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }],
      dialPlan: { allow: ['0'], refuse: ['00'] },
    },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(20)),
  lin.isRefusedToTransfer('dial.outside-plan', { to: { outside: '0085212345678' } }),
  lin.isRefusedToTransfer('dial.outside-plan', { to: { outside: '8011' } }),
  lin.isRefusedToTransfer('dial.not-a-number', { to: { outside: 'sip:boss@example.org' } }),
  check(wang.has('call.answered'), wang.never('transfer.started')),
  lin.isAskedWhenTransferring('transfer-consent', { to: medical, consent: false }),
  lin.transfers({ to: medical }),
  check(
    wang.went('transfer.requested', 'consent.marked', 'transfer.started', 'music.started', 'consult.started'),
    wang.has('transfer.started', { fields: { kind: 'outside', way: 'warm', target: '市医保局' } }),
    lin.desk('call', wang),
  ),
  after(s(4)),
  lin.isRefused({ kind: 'transfer-step', step: 'complete' }, 'transfer.not-answered'),
  lin.isRefused({ kind: 'transfer-step', step: 'join' }, 'transfer.not-answered'),
  office.answers(),
  check(wang.has('consult.answered', { by: 'receiver' }), wang.never('transfer.completed')),
  after(s(8)),
  lin.joinsThemAll(),
  check(wang.went('consult.answered', 'music.stopped', 'conference.joined')),
  after(s(5)),
  lin.letsGo(),
  check(
    wang.went('conference.joined', 'conference.left', 'transfer.completed', 'consult.ended', 'call.ended', 'wrapup.started'),
    wang.has('call.ended', { fields: { outcome: 'transferred-out', side: 'agent' }, times: 1 }),
    wang.never('call.released'),
    wang.isRecorded(),
    lin.desk('wrap-up', wang),
  ),
  after(s(5)),
  lin.savesRecord({ what: '医保转移', how: '已转市医保局' }),
  lin.finishesWrapUp(),
  check(lin.is('ready'), wang.has('interaction.closed', { times: 1 }), wang.kept('record-saved', lin)),
  // The two go on talking without us.
  after(s(60)),
  wang.hangsUp(),
  check(lin.is('ready'), wang.has('call.ended', { times: 1 })),
);
