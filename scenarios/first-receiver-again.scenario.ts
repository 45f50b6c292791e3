import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wang = caller('wang');

export const scenario = tell(
  'first-receiver-again',
  { title: 'a caller who calls again is brought to the agent who spoke to them first, although another one is idle longer' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(20)),
  wang.hangsUp(),
  lin.finishesWrapUp(),
  lin.goesBusy(),
  han.isReady(),
  after(s(30)),
  lin.goesReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  check(
    lin.desk('call', wang),
    han.is('ready'),
    wang.has('call.queued', { fields: { prefers: lin.number, reason: 'first-receiver' } }),
    wang.has('call.agent-offered', { fields: { agent: lin.number, reason: 'first-receiver' } }),
  ),
  wang.hangsUp(),
  lin.finishesWrapUp(),
);
