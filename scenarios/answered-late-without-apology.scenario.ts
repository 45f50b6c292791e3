import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withoutTranscript, withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'answered-late-without-apology',
  { title: 'a late answer without a word of apology breaks both norms, and is only unknown where nobody listens' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(17)),
  lin.says('您好，请讲'),
  wang.says('等了好久啊'),
  lin.says('0217号为您服务'),
  after(s(5)),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    wang.broke('answer-within-rings', { who: lin }),
    withTranscript(wang.broke('late-answer-apology', { who: lin })),
    withTranscript(wang.kept('opening-number')),
    withoutTranscript(wang.unknown('late-answer-apology', 'gap:no-engine')),
  ),
);
