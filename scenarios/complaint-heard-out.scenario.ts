import { agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'complaint-heard-out',
  {
    title: 'an angry caller is apologised to, heard out, understood, read back and told that it will be handled',
    pack: 's4',
    departments: { '0901': 'network' },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('你们的线路断了三天，太不像话了，我要投诉'),
  lin.marks('complaint'),
  lin.says('非常抱歉，给您添麻烦了'),
  wang.says('打了两次电话都没有人来，孩子上课都上不了，你们到底管不管'),
  lin.says('您的心情我能理解'),
  wang.says('你说怎么办'),
  lin.says('请您详细说一下，是什么时候开始的'),
  wang.says('周一早上，在幸福路六号'),
  lin.says('线路断了是由于昨天的管道施工'),
  lin.says('我重复一遍：幸福路六号周一早上断线，对吗'),
  wang.says('对的'),
  lin.writesTicket(wang, {
    kind: 'complaint',
    title: '断线三天无人上门',
    about: '幸福路六号，周一早上起断线',
    demand: true,
    category: '服务',
    department: 'network',
    inMs: s(86_400),
  }),
  lin.says('您的投诉已受理，我们会尽快办理并答复您'),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', what: '断线三天', where: '幸福路六号', when: '周一早上', how: '已派单' }),
  lin.finishesWrapUp(),
  check(
    wang.hasTicket({ kind: 'complaint', stage: 'dispatched', department: 'network' }),
    withTranscript(wang.kept('complaint-apologise', lin)),
    withTranscript(wang.kept('complaint-apologise-first', lin)),
    withTranscript(wang.kept('complaint-empathise', lin)),
    withTranscript(wang.kept('readback-key-facts-complaint', lin)),
    withTranscript(wang.kept('complaint-root-cause')),
    withTranscript(wang.kept('complaint-accept-promise', lin)),
  ),
);
