import { after, agent, caller, check, s } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');

export const scenario = tell(
  'line-drops-in-mid-call',
  { title: 'a line that fails on hold ends the call as dropped, closes the hold and the recording, and charges nobody for hanging up' },
  lin.isReady(),
  wang.calls(),
  lin.answersAfter(s(2)),
  after(s(10)),
  lin.holds({ consent: true }),
  after(s(5)),
  wang.lineDrops(),
  check(lin.is('wrap-up'), wang.wasPromised({ kind: 'callback', owner: lin.number, state: 'open' })),
  after(s(45)),
  check(
    wang.went('hold.started', 'hold.resumed', 'call.dropped', 'call.ended', 'wrapup.started', 'recording.stopped', 'wrapup.ended'),
    wang.has('call.ended', { fields: { outcome: 'dropped', side: 'system' } }),
    wang.has('hold.resumed', { fields: { outcome: 'hangup' } }),
    wang.notJudged('customer-hangs-up-first'),
    wang.broke('record-saved'),
    lin.is('ready'),
  ),
);
