import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const wang = caller('wang');
const zhao = caller('zhao');
const closed: [number, number][][] = [[], [], [[840, 1080]], [], [], [], []];

export const scenario = tell(
  'word-left-out-of-hours',
  {
    title:
      'outside the hours word can be left: recorded after the notice, ended by a key, by hanging up or at its limit, and owed an answer',
    plan: {
      // The scenario begins on a Wednesday at ten.
      queues: [{ queue: '综合', name: { zh: '综合', en: 'General' }, hours: closed }],
      voicemail: { maxMs: s(20) },
    },
  },
  lin.isReady(),
  wang.calls(),
  until(wang.heard('closed')),
  after(s(1)),
  wang.presses('2'),
  until(wang.has('recording.started')),
  check(wang.heard('message-greeting'), wang.wasPromised({ kind: 'callback', owner: 'leader', state: 'open' })),
  after(s(5)),
  wang.presses('1'),
  after(s(4)),
  wang.hangsUp(),
  check(
    wang.went('prompt.played', 'recording.started', 'recording.stopped', 'call.ended'),
    wang.has('recording.stopped', { fields: { duration: s(9) } }),
    wang.has('call.ended', { fields: { outcome: 'normal' } }),
    wang.never('call.abandoned'),
  ),
  zhao.calls(),
  until(zhao.heard('closed')),
  after(s(1)),
  zhao.presses('2'),
  until(zhao.has('call.ended'), s(60)),
  // Nobody stopped: at its limit.
  check(
    zhao.has('recording.stopped', { fields: { duration: s(20) } }),
    zhao.has('call.ended', { fields: { outcome: 'normal' } }),
    lin.is('ready'),
  ),
);
