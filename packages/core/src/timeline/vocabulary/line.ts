import { event, id, maybe, ms, oneOf, ratio, text } from './define.ts';

/** Recording, the state of the line, who hung up, and the work after the call. */
export const lineEvents = [
  event('recording.started', '录音开始', 'recording starts', 'telephony', 'system', id('recording')),
  event('recording.paused', '录音暂停', 'recording pauses', 'telephony', '*', id('recording'), text('reason')),
  event('recording.resumed', '录音恢复', 'recording resumes', 'telephony', '*', id('recording')),
  event('recording.stopped', '录音结束', 'recording stops', 'telephony', 'system', id('recording'), ms('duration')),
  // Only where the trunk has the prompts played before it is answered: from here the caller hears, from there the call costs.
  event('line.early-media', '应答前放音', 'early media opens', 'telephony', 'system', id('leg')),
  event('line.connected', '线路应答', 'line is answered', 'telephony', 'system', id('leg')),
  event('line.degraded', '线路变差', 'line degrades', 'telephony', 'system', id('leg'), ratio('loss'), ms('jitter')),
  event('line.restored', '线路恢复', 'line restored', 'telephony', 'system', id('leg')),
  event(
    'call.dropped',
    '通话中断',
    'call drops',
    'telephony',
    'system',
    id('leg'),
    text('cause'),
    oneOf('side', 'customer', 'agent', 'trunk', 'unknown'),
  ),
  event('call.released', '挂机', 'hangs up', 'telephony', '*', id('leg'), maybe(id('agent')), maybe(text('cause'))),
  event(
    'call.ended',
    '通话结束',
    'call ends',
    'telephony',
    '-',
    oneOf('outcome', 'normal', 'dropped', 'abandoned', 'transferred-out'),
    oneOf('side', 'customer', 'agent', 'system'),
    ms('talk'),
  ),
  event('wrapup.started', '后处理开始', 'wrap-up starts', 'telephony', 'agent', id('agent'), maybe(ms('limit'))),
  event('wrapup.extended', '后处理延长', 'wrap-up extended', 'desk', 'agent', id('agent'), ms('limit'), text('reason')),
  event('wrapup.ended', '后处理结束', 'wrap-up ends', 'telephony', 'agent', id('agent')),
  /** of who handed the caller over: a part of the call is written up while the call goes on with somebody else */
  event('writeup.started', '交出后整理开始', 'write-up after a hand-over starts', 'desk', 'agent', id('agent'), maybe(ms('limit'))),
  event('writeup.extended', '交出后整理延长', 'write-up extended', 'desk', 'agent', id('agent'), ms('limit'), text('reason')),
  event('writeup.ended', '交出后整理结束', 'write-up ends', 'desk', 'agent', id('agent')),
  event('interaction.closed', '交互关闭', 'interaction closes', 'system', '-', text('reason')),
] as const;
