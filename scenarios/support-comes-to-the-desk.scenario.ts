import { answersSupport, asksSupport, boardAlerts, closesSupport, supportStands } from '@threerings/testkit/scenarios/asking';
import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wu = agent('0231');
const wang = caller('wang');

export const scenario = tell(
  'support-comes-to-the-desk',
  {
    title: 'an agent who finds no answer asks for support while the caller waits: somebody comes, one alone, and the answer is given',
    pack: 's4',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  asksSupport(lin, ' ', { refuses: 'support.no-topic' }),
  closesSupport(lin, 'none', { refuses: 'support.none' }),
  answersSupport(han, lin, true, { refuses: 'support.none' }),
  lin.says('请您稍等，我请同事确认一下，一分钟左右，可以吗'),
  wang.says('可以'),
  lin.holds({ reason: 'consult', limitMs: s(60), consent: true, because: '已口头说明' }),
  asksSupport(lin, '异地补贴 13800138000'),
  asksSupport(lin, '异地补贴', { refuses: 'support.open' }),
  check(
    wang.has('hold.started'),
    // What could be somebody's number does not stand in the open.
    supportStands(lin, { topic: '异地补贴 ***********', busy: false, late: false, helper: undefined }),
    boardAlerts('support'),
  ),
  after(s(10)),
  answersSupport(lin, lin, true, { refuses: 'support.own' }),
  closesSupport(lin, 'answered', { refuses: 'support.nobody-came' }),
  answersSupport(han, lin),
  answersSupport(wu, lin, true, { refuses: 'support.taken' }),
  check(supportStands(lin, { helper: han.number, busy: false }), boardAlerts('support', false)),
  after(s(20)),
  closesSupport(lin, 'answered'),
  lin.resumes(),
  check(wang.has('hold.resumed'), supportStands(lin, undefined)),
  wang.hangsUp(),
  lin.savesRecord({ what: '异地补贴' }),
  lin.finishesWrapUp(),
  after(s(5)),
  check(boardAlerts('support-late', false), wang.has('interaction.closed')),
);
