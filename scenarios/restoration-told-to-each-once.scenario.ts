import { after, agent, caller, check, s, until } from '@threerings/testkit/scenarios/cast';
import { withTranscript } from '@threerings/testkit/scenarios/expectations';
import { notesForRestoration, registersOutage, restores, wasSent } from '@threerings/testkit/scenarios/in-the-house';
import { tell } from '@threerings/testkit/scenarios/scenario';

const lin = agent('0217');
const han = agent('0209');
const wu = agent('0231');
const wang = caller('wang');
const zhao = caller('zhao');
const feng = caller('feng');
const minutes = (n: number) => s(60 * n);

export const scenario = tell(
  'restoration-told-to-each-once',
  {
    title:
      'an outage is told before the queue, whoever asks is promised to be told; when it is over each number gets one message, and who must not be written to is called',
    pack: 's0',
    flow: `流程 主流程
步骤 告知
录音告知
接 故障
步骤 故障
故障公告 1
接 人工
步骤 人工
排队
`,
  },
  registersOutage(han, 'gas-east', '城东片区停气', minutes(20)),
  lin.isReady(),
  wang.calls(),
  until(wang.heard('outage-notice')),
  wang.presses('1'),
  until(wang.heard('outage-noted')),
  lin.answersAfter(s(2)),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', what: '停气' }),
  lin.finishesWrapUp(),
  check(wang.wasPromised({ kind: 'notify', owner: 'leader', state: 'open' })),

  wang.calls(),
  until(wang.heard('outage-notice')),
  lin.answersAfter(s(2)),
  wang.says('停气到底什么时候好'),
  lin.says('很抱歉，城东突发停气，正在抢修，一恢复就通知您'),
  notesForRestoration(lin, wang, 'gas-west', { refuses: 'outage.gone' }),
  notesForRestoration(lin, wang, 'gas-east'),
  notesForRestoration(lin, wang, 'gas-east'),
  wang.hangsUp(),
  lin.savesRecord({ who: '王先生', what: '再问停气' }),
  lin.finishesWrapUp(),
  after(s(2)),
  check(wang.wasPromised({ kind: 'notify', owner: lin.number, state: 'open' }), withTranscript(wang.kept('outage-notify-said', lin))),

  zhao.calls(),
  until(zhao.heard('outage-notice')),
  lin.answersAfter(s(2)),
  lin.marksUnsafe(),
  notesForRestoration(lin, zhao, 'gas-east'),
  zhao.hangsUp(),
  lin.savesRecord({ who: '赵女士', what: '停气' }),
  lin.finishesWrapUp(),

  after(minutes(5)),
  check(wasSent(wang, '城东片区停气', 0), zhao.wasPromised({ kind: 'notify', owner: lin.number, state: 'open' })),
  restores(han, 'gas-east', 'sms', wu),
  after(s(2)),
  check(
    wasSent(wang, '已恢复'),
    wasSent(zhao, '已恢复', 0),
    wang.isOwedNothing(),
    zhao.wasPromised({ kind: 'notify', owner: wu.number, state: 'open', moved: 1 }),
  ),
  restores(han, 'gas-east', 'sms', wu),
  notesForRestoration(lin, zhao, 'gas-east', { refuses: 'outage.restored' }),
  after(minutes(1)),
  wu.changesPromise(zhao, { do: 'keep' }),
  after(s(4)),
  check(wasSent(wang, '已恢复'), zhao.isOwedNothing(), zhao.moot('outage-notify', 'unless')),

  feng.calls(),
  lin.answersAfter(s(2)),
  check(feng.has('call.answered'), feng.never('prompt.played', { fields: { prompt: 'outage-notice' } })),
  feng.hangsUp(),
  lin.finishesWrapUp(),
);
