import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const zhou = agent('0209');
const wang = caller('wang');
const zhao = caller('zhao');
const minutes = (n: number) => s(60 * n);

export const scenario = tell(
  'message-for-a-colleague',
  {
    title:
      'word for a colleague who is away: written down with a number, read back, seen by the colleague, who calls back; what nobody looks at is told to the leader',
    pack: 's0',
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，这里是服务热线，我是林晓，请问有什么可以帮您'),
  wang.says('我找周工，约了今天给我回话'),
  lin.says('他不在座位上，我替您记下来转告他好吗'),
  wang.says('好的'),
  lin.says('为稳妥起见请您再报一次号码'),
  wang.says('一三八零零一三八零零零'),
  lin.isRefusedToPromise({ what: 'message', about: '请周工回话', inMs: minutes(60), owner: zhou.number }, 'promise.no-number'),
  lin.promises({ what: 'message', about: '请周工回话', inMs: minutes(60), owner: zhou.number, number: '13800138000', readBack: true }),
  lin.says('他一回来我就转告他'),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', what: '找周工', how: '代记留言' }),
  lin.finishesWrapUp(),
  after(s(2)),
  check(
    wang.wasPromised({ kind: 'message', owner: zhou.number, state: 'open' }),
    wang.kept('message-readback'),
    withTranscript(wang.kept('message-take', lin)),
    withTranscript(wang.kept('message-promise', lin)),
    withTranscript(wang.kept('message-ask-number', lin)),
  ),
  after(minutes(20)),
  zhou.changesPromise(wang, { do: 'see' }),
  zhou.changesPromise(wang, { do: 'keep' }),
  after(s(4)),
  check(wang.isOwedNothing(), wang.kept('message-sticky')),

  zhao.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，这里是服务热线，我是林晓，请问有什么可以帮您'),
  zhao.says('麻烦叫周工听电话'),
  lin.promises({ what: 'message', about: '请周工来电', inMs: minutes(30), owner: zhou.number, number: '13900139000' }),
  lin.says('他一回来我就转告他'),
  after(s(125)),
  zhao.hangsUp(),
  lin.savesRecord({ who: '赵女士', what: '找周工', how: '代记留言' }),
  lin.finishesWrapUp(),
  after(s(2)),
  check(zhao.has('record.saved'), withTranscript(zhao.broke('message-readback', { who: lin }))),
  after(minutes(31)),
  check(zhao.wasPromised({ kind: 'message', owner: zhou.number, state: 'missed', escalated: 1 })),
  lin.changesPromise(zhao, { do: 'reassign', to: lin.number, reason: '周工今天不回来' }),
  lin.changesPromise(zhao, { do: 'attempt', outcome: 'no-answer' }),
  lin.changesPromise(zhao, { do: 'give-up' }, { refuses: 'promise.tries-left' }),
  lin.changesPromise(zhao, { do: 'keep' }),
  after(s(4)),
  check(zhao.isOwedNothing(), zhao.kept('message-sticky')),
);
