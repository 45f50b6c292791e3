import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

const zhao = caller('zhao');

export const scenario = tell(
  'repair-outside-our-scope',
  {
    title:
      'a repair that is not ours is declined with a reason and the right body; a bare refusal is a finding, and who insists is taken to the leader',
    pack: 's1d',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  wang.says('手机黑屏了，你们给我修'),
  lin.says('您说的是手机黑屏，对吗'),
  wang.says('对的'),
  lin.says('很抱歉，手机不在我们的受理范围，因为终端由厂家负责保修，您可以拨打厂家服务电话，到中山路售后窗口办理'),
  lin.marksAnswer(wang, 'out-of-scope'),
  wang.says('我就要你们修，找你们领导'),
  lin.promises({
    what: 'leader-callback',
    owner: 'leader',
    about: '坚持我方维修手机',
    inMs: s(1800),
    soothed: true,
    number: '13800138000',
  }),
  wang.hangsUp(),
  lin.savesRecord({ what: '手机黑屏', why: '终端故障', how: '告知厂家售后' }),
  lin.finishesWrapUp(),
  after(s(2)),
  check(
    wang.has('answer.marked', { fields: { outcome: 'out-of-scope' } }),
    wang.wasPromised({ kind: 'leader-callback', owner: 'leader', state: 'open' }),
    withTranscript(wang.kept('out-of-scope-refer', lin)),
  ),
  zhao.calls(),
  lin.answersAfter(s(3)),
  zhao.says('手机黑屏了，你们给我修'),
  lin.says('不办'),
  lin.marksAnswer(zhao, 'out-of-scope'),
  zhao.says('为什么'),
  after(s(60)),
  zhao.hangsUp(),
  lin.savesRecord({ what: '手机黑屏' }),
  lin.finishesWrapUp(),
  check(zhao.has('answer.marked'), withTranscript(zhao.broke('out-of-scope-refer', { who: lin }))),
);
