import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const zhao = caller('zhao');

export const scenario = tell(
  'matter-found-in-the-knowledge-base',
  {
    title: 'a matter that an article answers is searched for, opened and answered by it; an answer without a look is a finding',
    pack: 's4',
    articles: { 'card-fee': '社保卡补办工本费' },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('补卡要多少钱'),
  lin.opensArticle(wang, 'card-fee', '补卡'),
  lin.says('补卡工本费二十元'),
  lin.marksAnswer(wang, 'answered', 'card-fee'),
  wang.hangsUp(),
  lin.savesRecord({ what: '补卡费用' }),
  lin.finishesWrapUp(),
  after(s(2)),
  check(
    wang.went('knowledge.searched', 'knowledge.opened', 'answer.marked'),
    wang.has('knowledge.opened', { fields: { article: 'card-fee', version: 1 } }),
    wang.kept('kb-search', lin),
    wang.kept('answer-per-kb', lin),
  ),
  zhao.calls(),
  lin.answersAfter(s(3)),
  zhao.says('补卡要多少钱'),
  lin.says('二十元吧'),
  lin.marksAnswer(zhao, 'answered'),
  zhao.hangsUp(),
  lin.savesRecord({ what: '补卡费用' }),
  lin.finishesWrapUp(),
  check(zhao.broke('kb-search', { who: lin })),
);
