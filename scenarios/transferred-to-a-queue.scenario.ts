import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const zhao = agent('0231');
const wang = caller('wang');

export const scenario = tell(
  'transferred-to-a-queue',
  {
    title: 'a cold transfer rings whoever is free in the queue, passes over who declines, and the answer takes the caller',
    plan: {
      queues: [
        { queue: 'general', name: { zh: '综合', en: 'General' } },
        { queue: 'benefits', name: { zh: '待遇', en: 'Benefits' }, skill: 'benefits' },
      ],
    },
    skills: { '0209': { benefits: 5 }, '0231': { benefits: 3 } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  lin.isRefusedToTransfer('transfer.nobody-free', { to: { queue: 'benefits' }, how: 'cold' }),
  han.isReady(),
  after(s(1)),
  zhao.isReady(),
  lin.transfers({ to: { queue: 'benefits' }, how: 'cold' }),
  check(han.desk('consult', wang), zhao.is('ready')),
  han.declines('正在写单'),
  check(
    han.is('ready'),
    zhao.desk('consult', wang),
    wang.has('transfer.declined', { fields: { agent: han.number } }),
    wang.never('transfer.failed'),
  ),
  after(s(2)),
  zhao.isConsulted(),
  check(
    zhao.desk('call', wang),
    lin.desk('wrap-up', wang),
    wang.went('transfer.declined', 'consult.ended', 'consult.started', 'consult.answered', 'transfer.accepted', 'transfer.completed'),
  ),
  after(s(20)),
  wang.hangsUp(),
  zhao.finishesWrapUp(),
  check(wang.never('interaction.closed'), zhao.is('ready')),
  lin.finishesWrapUp(),
  check(wang.has('interaction.closed')),
);
