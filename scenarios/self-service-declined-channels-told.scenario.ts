import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const zhao = caller('zhao');

export const scenario = tell(
  'self-service-declined-channels-told',
  {
    title: 'a caller who finds self-service hard is told the other ways; one who is left to it is a finding',
    pack: 's4',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，这一项可以转到自助语音查询'),
  wang.says('自助太麻烦，我不会用自助'),
  lin.says('为保护您的隐私，人工查不到账单；您可以上网上营业厅，发送短信，或拨打自助热线查询'),
  wang.says('那我发短信'),
  wang.hangsUp(),
  lin.savesRecord({ what: '账单查询', how: '已告知短信、网站、自助热线' }),
  lin.finishesWrapUp(),
  after(s(5)),
  check(
    wang.has('record.saved'),
    withTranscript(wang.kept('self-service-refusal-explain', lin)),
    withTranscript(wang.kept('self-service-alternatives', lin)),
  ),
  zhao.calls(),
  lin.answersAfter(s(3)),
  zhao.says('不要转自助，你直接帮我查'),
  lin.says('那没有办法'),
  zhao.says('怎么按'),
  lin.says('按一'),
  lin.says('再按二'),
  lin.says('那就这样'),
  zhao.hangsUp(),
  lin.savesRecord({ what: '账单查询' }),
  lin.finishesWrapUp(),
  check(zhao.has('record.saved'), withTranscript(zhao.broke('self-service-refusal-explain', { who: lin }))),
);
