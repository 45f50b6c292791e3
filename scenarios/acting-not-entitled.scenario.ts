import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const plan = { amount: '200' };

export const scenario = tell(
  'acting-not-entitled',
  {
    title: 'nothing is done for who is unknown, or may not ask for it; the hotline’s own product asks for the owner',
    plan: {
      queues: [{ queue: '综合', name: { zh: '综合', en: 'General' } }],
      acting: [
        {
          template: 'refund',
          name: { zh: '退费', en: 'Refund' },
          rights: ['owner'],
          fields: [{ field: 'amount', name: { zh: '金额', en: 'amount' } }],
          extras: [{ item: 'points-lost', name: { zh: '积分清零', en: 'points are lost' } }],
        },
      ],
    },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.isStopped(wang, { kind: 'request', template: 'promotion' }, 'acting.template-unknown'),
  lin.actsFor(wang, { kind: 'request', template: 'refund' }),
  lin.isStopped(wang, { kind: 'confirm-right', right: 'owner' }, 'acting.identity-unknown'),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'unknown' }),
  lin.isStopped(wang, { kind: 'confirm-right', right: 'owner' }, 'acting.identity-unknown'),
  lin.isStopped(wang, { kind: 'execute', values: plan }, 'acting.identity-unknown'),
  lin.actsFor(wang, { kind: 'verify', customer: 'hongyuan', method: 'asked', result: 'authorised' }),
  lin.isStopped(wang, { kind: 'confirm-right', right: 'authorised' }, 'acting.not-entitled'),
  lin.isStopped(wang, { kind: 'confirm-right', right: 'owner' }, 'acting.not-entitled'),
  lin.actsFor(wang, { kind: 'decline', reason: '须负责人本人' }),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '退费，谢绝' }),
  lin.finishesWrapUp(),
  check(
    wang.has('identity.verified', { times: 2 }),
    wang.has('proxy.blocked', { fields: { reason: 'acting.identity-unknown' }, times: 1 }),
    wang.has('proxy.refused', { times: 1 }),
    wang.never('proxy.right-confirmed'),
    wang.never('proxy.executed'),
  ),
);
