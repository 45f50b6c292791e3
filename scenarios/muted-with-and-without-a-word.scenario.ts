import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'muted-with-and-without-a-word',
  { title: 'an agent who comes back from mute within fifteen seconds keeps the norm; twenty seconds of nothing break it' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  wang.says('查一下我的缴费'),
  lin.says('请您稍等，我核实一下，好吗'),
  wang.says('好的'),
  lin.mutes(),
  after(s(10)),
  lin.mutes(false),
  lin.says('让您久等了，查到了'),
  wang.hangsUp(),
  lin.savesRecord({ what: '缴费查询' }),
  lin.finishesWrapUp(),
  zhao.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  lin.mutes(),
  after(s(20)),
  lin.mutes(false),
  zhao.says('喂，还在吗'),
  zhao.hangsUp(),
  lin.savesRecord({ what: '未说明' }),
  lin.finishesWrapUp(),
  check(
    wang.has('mute.on', { times: 1 }),
    zhao.has('mute.off', { times: 1 }),
    withTranscript(wang.kept('mute-reprompt')),
    withTranscript(zhao.broke('mute-reprompt')),
  ),
);
