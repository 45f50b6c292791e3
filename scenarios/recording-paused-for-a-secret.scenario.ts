import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'recording-paused-for-a-secret',
  { title: 'the recording stands still while a secret is said, goes on when the agent says so or by itself, and with whoever takes over' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  lin.pausesRecording(),
  lin.pausesRecording(),
  check(wang.has('recording.paused', { by: 'agent', times: 1 })),
  after(s(20)),
  lin.pausesRecording(false),
  check(wang.has('recording.resumed', { by: 'agent', times: 1 })),
  lin.pausesRecording(),
  after(s(89)),
  check(wang.has('recording.paused', { times: 2 }), wang.has('recording.resumed', { times: 1 })),
  after(s(2)),
  check(wang.has('recording.resumed', { times: 2 })),
  lin.pausesRecording(),
  wang.hangsUp(),
  check(wang.has('recording.resumed', { times: 2 }), wang.has('recording.stopped', { times: 1 })),
  lin.savesRecord({ what: '银行卡号已核对' }),
  lin.finishesWrapUp(),
  zhao.calls(),
  lin.isRefused({ kind: 'pause-recording', on: true }, 'call.not-talking'),
  lin.answersAfter(s(3)),
  lin.says('您好，0217号为您服务'),
  lin.pausesRecording(),
  after(s(5)),
  han.isReady(),
  lin.says('这件事由业务科专门负责，我把您转给韩工，您看可以吗'),
  zhao.says('可以'),
  lin.transfers({ to: han }),
  after(s(2)),
  han.isConsulted(),
  after(s(2)),
  han.accepts(),
  check(zhao.has('transfer.accepted'), zhao.never('recording.resumed')),
  lin.letsGo(),
  check(zhao.went('transfer.completed', 'recording.resumed')),
  zhao.hangsUp(),
  lin.savesRecord({ what: '银行卡号已核对' }),
  lin.finishesWrapUp(),
  han.savesRecord({ what: '银行卡号已核对' }),
  han.finishesWrapUp(),
);
