import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'complaint-explained-before-an-apology',
  {
    title: 'an explanation before the first apology is a finding, and so is a complaint that nobody writes down',
    pack: 's4',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('断了三天，我要投诉'),
  lin.marks('complaint'),
  lin.says('断线是由于管道施工，按规定要等'),
  wang.says('等到什么时候'),
  lin.says('不好意思'),
  wang.hangsUp(),
  lin.savesRecord({ what: '断线投诉' }),
  lin.finishesWrapUp(),
  check(withTranscript(wang.broke('complaint-apologise-first', { who: lin })), wang.broke('ticket-dispatch', { who: lin })),
);
