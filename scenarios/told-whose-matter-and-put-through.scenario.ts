import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { OtherEnd, tellsWhoTakesIt } from '@threerings/testkit/scenarios/other-end';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const office = new OtherEnd(wang);
const number = '020-87654321';

export const scenario = tell(
  'told-whose-matter-and-put-through',
  {
    title:
      'a matter of another body: the caller is told whose it is with the number, offered to be put through, and the referral stands on record',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['0'], refuse: ['00'] } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(15)),
  tellsWhoTakesIt(lin, wang, '市医保局', number),
  check(
    wang.has('answer.marked', { fields: { outcome: 'out-of-scope' } }),
    wang.has('referral.made', { fields: { body: '市医保局', agent: lin.number }, times: 1 }),
  ),
  lin.transfers({ to: { outside: number, name: '市医保局' } }),
  after(s(6)),
  office.answers(),
  after(s(4)),
  lin.letsGo(),
  check(
    wang.went('referral.made', 'transfer.started', 'consult.answered', 'transfer.completed', 'call.ended'),
    wang.has('call.ended', { fields: { outcome: 'transferred-out' } }),
    lin.desk('wrap-up', wang),
  ),
  lin.savesRecord({ what: '医保，已转市医保局' }),
  lin.finishesWrapUp(),
  check(wang.has('interaction.closed'), wang.isOwedNothing()),
);
