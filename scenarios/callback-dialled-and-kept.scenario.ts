import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { boardCounts } from '@threerings/testkit/scenarios/expectations';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const hour = s(3600);

export const scenario = tell(
  'callback-dialled-and-kept',
  {
    title: 'a callback is dialled out of the ledger: busy is a try, reached and told it is kept, and nobody is recorded who was not told',
    plan: { queues: [{ queue: 'general', name: { zh: '综合', en: 'General' } }], dialPlan: { allow: ['1'], shows: '12333' } },
  },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(3)),
  lin.promises({ about: '核查失业金', inMs: hour }),
  wang.hangsUp(),
  lin.savesRecord({ what: '失业金' }),
  lin.finishesWrapUp(),
  lin.isRefusedToCall(wang, 'dial.not-prepared', { note: ' ' }),
  lin.callsBack(wang),
  check(lin.is('talking'), lin.desk('call', wang), wang.has('outbound.prepared', { fields: { purpose: 'promised', points: ['1'] } })),
  wang.refuses(486),
  check(
    lin.is('ready'),
    wang.went('call.offered', 'outbound.prepared', 'outbound.dialled', 'outbound.failed', 'call.ended', 'interaction.closed'),
    wang.never('recording.started'),
    wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open', attempts: 1, tried: 'busy' }),
  ),
  after(s(60)),
  lin.callsBack(wang),
  wang.picksUp(),
  until(wang.has('recording.started')),
  check(lin.is('talking'), wang.has('outbound.dialled', { fields: { attempt: 2 } }), boardCounts({ talking: 1, offered: 1, answered: 1 })),
  lin.says('您好，这里是市社保热线，请问您是王先生吗'),
  wang.says('我是'),
  lin.says('为您上午咨询的失业金给您回电'),
  lin.tellsResult('done'),
  wang.hangsUp(),
  lin.savesRecord({ what: '失业金已答复' }),
  lin.finishesWrapUp(),
  check(
    wang.isOwedNothing(),
    wang.went(
      'outbound.dialled',
      'call.ringing',
      'call.ring-stopped',
      'prompt.played',
      'call.answered',
      'recording.started',
      'outbound.settled',
    ),
    wang.notJudged('answer-within-rings'),
    wang.notJudged('opening-number'),
    wang.kept('record-saved', lin),
    lin.is('ready'),
    boardCounts({ offered: 1, answered: 1, abandoned: 0 }),
  ),
);
