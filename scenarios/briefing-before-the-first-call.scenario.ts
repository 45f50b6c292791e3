import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { notReadBy, publishesBriefing, readsBriefing } from '@threerings/testkit/scenarios/in-the-house';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wu = agent('0231');
const han = agent('0209');
const wang = caller('wang');
const ready = { kind: 'set-presence', state: 'ready' } as const;

export const scenario = tell(
  'briefing-before-the-first-call',
  {
    title:
      'the morning briefing is read by name before the first call: the leader sees who has not, changed it is read again, and what is over holds nobody up',
    plan: { queues: [{ queue: 'main', name: { zh: '综合', en: 'general' } }], settings: { briefingFirst: 1 } },
  },
  publishesBriefing(han, 'morning', '系统十点维护一小时，来电先登记', s(300)),
  check(notReadBy('morning', lin, wu, han)),
  lin.opensDesk(),
  lin.signsIn(),
  lin.isRefused(ready, 'briefing.unread'),
  wang.calls(),
  after(s(5)),
  check(wang.never('call.agent-offered'), notReadBy('morning', lin, wu, han)),
  readsBriefing(lin, 'morning'),
  readsBriefing(lin, 'morning'),
  lin.goesReady(),
  check(notReadBy('morning', wu, han)),
  lin.answersAfter(s(3)),
  publishesBriefing(han, 'morning', '维护改到十一点', s(60)),
  check(notReadBy('morning', lin, wu, han)),
  wang.hangsUp(),
  lin.savesRecord({ what: '咨询' }),
  lin.finishesWrapUp(),
  lin.goesBusy(),
  lin.isRefused(ready, 'briefing.unread'),
  readsBriefing(lin, 'morning'),
  lin.goesReady(),
  after(s(61)),
  wu.opensDesk(),
  wu.signsIn(),
  wu.goesReady(),
  check(lin.is('ready'), wu.is('ready'), notReadBy('morning', wu, han), wang.has('interaction.closed')),
);
