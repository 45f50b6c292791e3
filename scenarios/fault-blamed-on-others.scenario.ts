import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'fault-blamed-on-others',
  { title: 'words that put a fault on another department are a finding', pack: 's1q' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('宽带坏了五天还没有修好'),
  lin.says('这是技术部门的事，跟我们没关系'),
  wang.hangsUp(),
  lin.savesRecord({ what: '宽带未修复' }),
  lin.finishesWrapUp(),
  check(wang.has('record.saved'), withTranscript(wang.broke('no-shirking-blame', { who: lin }))),
);
