import type { IntervalSpec, ScopeSpec } from '@threerings/norms/vocabulary';

/**
 * Stretches of time between two events. `[open, close)` for measuring, closed at both ends for matching. An opening with a
 * key that is open already changes nothing; the end of a scope closes whatever is open in it.
 */
export const intervals: readonly IntervalSpec[] = [
  { id: 'queue', zh: '排队', en: 'queueing', opens: ['call.queued'], closes: ['call.dequeued', 'call.answered', 'call.abandoned'] },
  {
    id: 'ringing',
    zh: '响铃期间',
    en: 'ringing',
    opens: ['call.ringing'],
    closes: ['call.ring-stopped', 'call.answered', 'call.no-answer', 'call.declined', 'call.abandoned'],
    key: 'leg',
  },
  { id: 'conversation', zh: '通话', en: 'conversation', opens: ['call.answered'], closes: ['call.ended'], once: true },
  { id: 'hold', zh: '保持', en: 'hold', opens: ['hold.started'], closes: ['hold.resumed'], key: 'hold' },
  { id: 'mute', zh: '静音', en: 'mute', opens: ['mute.on'], closes: ['mute.off'], key: 'leg' },
  {
    id: 'transfer',
    zh: '转接',
    en: 'transfer',
    opens: ['transfer.started'],
    closes: ['transfer.completed', 'transfer.failed', 'transfer.returned'],
    key: 'transfer',
  },
  { id: 'consult', zh: '咨询', en: 'consult', opens: ['consult.started'], closes: ['consult.ended'], key: 'consult' },
  { id: 'monitoring', zh: '监听', en: 'monitoring', opens: ['monitor.started'], closes: ['monitor.ended'], key: 'agent' },
  { id: 'speaking', zh: '说话', en: 'speaking', opens: ['speech.activity-started'], closes: ['speech.activity-ended'], key: 'by' },
  { id: 'silence', zh: '静默', en: 'silence', opens: ['speech.silence-started'], closes: ['speech.silence-ended'] },
  { id: 'overlap', zh: '抢话', en: 'overlap', opens: ['speech.overlap-started'], closes: ['speech.overlap-ended'] },
  { id: 'wrap-up', zh: '后处理', en: 'wrap-up', opens: ['wrapup.started'], closes: ['wrapup.ended'], key: 'agent' },
  { id: 'poor-line', zh: '线路差', en: 'poor line', opens: ['line.degraded'], closes: ['line.restored'], key: 'leg' },
  { id: 'chat', zh: '会话', en: 'chat', opens: ['chat.opened'], closes: ['chat.ended'] },
  { id: 'waiting-reply', zh: '待回复', en: 'awaiting reply', opens: ['chat.received'], closes: ['chat.sent'] },
  { id: 'away', zh: '离席期间', en: 'away', opens: ['presence.away-started'], closes: ['presence.away-ended'], key: 'agent' },
];

/** The cuts of events that norms are judged on. A scope ends exactly once, and its end closes every duty in it. */
export const scopes: readonly ScopeSpec[] = [
  { id: 'call', zh: '通话', en: 'call', begins: ['call.answered'], ends: ['call.ended'] },
  { id: 'handling', zh: '办理', en: 'handling', begins: ['call.answered', 'chat.accepted'], ends: ['interaction.closed'] },
  { id: 'chat', zh: '会话', en: 'chat', begins: ['chat.accepted'], ends: ['chat.ended'] },
  { id: 'case', zh: '个案', en: 'case', begins: ['case.opened'], ends: ['case.closed'] },
  { id: 'shift', zh: '班次', en: 'shift', begins: ['shift.signed-in'], ends: ['shift.ended'] },
];
