import { after, agent, caller, check, s, theVoiceProcessCrashes } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');

export const scenario = tell(
  'voice-process-crashes',
  {
    title: 'a voice process that crashes loses its calls, which are told as dropped; the hotline goes on with the next caller',
    onTheWire: true,
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(2)),
  theVoiceProcessCrashes,
  check(
    wang.has('call.dropped', { fields: { cause: 'voice process lost the call' } }),
    wang.has('call.ended', { fields: { outcome: 'dropped', side: 'system' } }),
    lin.is('wrap-up'),
  ),
  lin.comesBack(),
  lin.savesRecord({ what: '通话中断' }),
  lin.finishesWrapUp(),
  zhao.calls(),
  lin.answersAfter(s(1)),
  zhao.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  check(
    zhao.has('call.ended', { fields: { outcome: 'normal', side: 'customer' } }),
    zhao.isRecorded(),
    zhao.kept('answer-within-rings', lin),
    wang.notJudged('customer-hangs-up-first'),
    lin.is('ready'),
  ),
);
