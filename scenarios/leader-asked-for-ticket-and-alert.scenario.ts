import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const minutes = (n: number) => s(60 * n);
const callback = { what: 'leader-callback', owner: 'leader', about: '坚持请领导回电', inMs: minutes(4) } as const;

export const scenario = tell(
  'leader-asked-for-ticket-and-alert',
  {
    title:
      'who asks for the leader is soothed, the opinion becomes a ticket, a tendency to go higher is told with it, and who insists is called back',
    pack: 's4',
    departments: { '0901': 'windows' },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('我要找你们领导'),
  lin.marks('leader-asked'),
  lin.says('您先别急，请把遇到的问题交给我，我来替您反映好吗'),
  wang.says('窗口的人爱理不理，你们的答复我不满意'),
  lin.marks('dissatisfied'),
  lin.writesTicket(wang, { kind: 'complaint', title: '窗口服务态度', about: '窗口答复冷淡', demand: true, category: '态度' }),
  lin.changesTicket(wang, { do: 'dispatch', department: 'windows' }, minutes(60 * 24)),
  wang.says('再不行我就去上面告'),
  lin.marks('escalation', { ticket: 'ticket-wang-1' }),
  check(
    wang.has('alert.raised', { fields: { kind: 'escalation', to: 'leader', about: 'ticket-wang-1' }, times: 1 }),
    wang.hasTicket({ kind: 'complaint', stage: 'dispatched', department: 'windows' }),
  ),
  wang.says('还是要找你们领导'),
  lin.isRefusedToPromise(callback, 'promise.soothe-first'),
  lin.isRefusedToPromise({ ...callback, soothed: true }, 'promise.no-number'),
  lin.promises({ ...callback, soothed: true, number: '13800138000' }),
  wang.hangsUp(),
  lin.savesRecord({ what: '不满窗口态度，坚持找领导', how: '已派单，班长回电' }),
  lin.finishesWrapUp(),
  after(s(2)),
  check(
    wang.wasPromised({ kind: 'leader-callback', owner: 'leader', state: 'open' }),
    wang.kept('escalation-alert', lin),
    wang.kept('ticket-dispatch', lin),
    withTranscript(wang.kept('leader-soothe-first', lin)),
    withTranscript(wang.kept('leader-callback', lin)),
  ),
  after(minutes(5)),
  check(wang.wasPromised({ kind: 'leader-callback', owner: 'leader', state: 'missed', escalated: 1 })),
);
