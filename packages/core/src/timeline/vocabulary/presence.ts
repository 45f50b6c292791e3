import { bool, count, event, id, instant, list, maybe, ms, oneOf, text } from './define.ts';

/** Who is there, and who is free. */
export const presenceEvents = [
  event('shift.planned', '排班', 'shift planned', 'presence', 'system', id('agent'), instant('start'), instant('end')),
  event('shift.signed-in', '签入', 'signs in', 'presence', 'agent', id('agent'), maybe(ms('late'))),
  event('shift.checked', '班前检查', 'checks workplace', 'presence', 'agent', id('agent'), list('items')),
  event('shift.signed-out', '签出', 'signs out', 'presence', 'agent', id('agent')),
  event('shift.ended', '班次结束', 'shift ends', 'presence', 'system', id('agent')),
  event(
    'presence.changed',
    '状态变更',
    'presence changes',
    'presence',
    '*',
    id('agent'),
    oneOf('state', 'ready', 'busy', 'ringing', 'talking', 'hold', 'wrap-up', 'paused', 'away', 'rest', 'meeting', 'training', 'offline'),
    maybe(text('reason')),
    maybe(bool('approved')),
  ),
  event('presence.away-started', '离席', 'leaves seat', 'presence', 'agent', id('agent'), text('reason')),
  event('presence.away-ended', '回席', 'returns to seat', 'presence', 'agent', id('agent')),
  event('chat.seat-changed', '在线接待开关', 'chat seat changes', 'presence', '*', id('agent'), bool('open'), maybe(text('reason'))),
  /** 阅知: has read what the hotline says about listening to calls, or about something else */
  event('policy.acknowledged', '阅知制度', 'acknowledges policy', 'presence', 'agent', id('agent'), id('policy'), count('version')),
  /** why is not part of it; `wish`: a rest, or somebody to talk to */
  event('rest.requested', '申请小休', 'requests rest', 'presence', 'agent', id('agent'), maybe(oneOf('wish', 'rest', 'talk'))),
  event('rest.approved', '批准小休', 'approves rest', 'presence', 'leader', id('agent'), ms('limit')),
  event('rest.declined', '暂不批小休', 'declines rest', 'presence', 'leader', id('agent')),
  event('leave.requested', '请假', 'requests leave', 'presence', 'agent', id('agent'), instant('start'), instant('end'), text('kind')),
  event('leave.decided', '批假', 'decides leave', 'presence', 'leader', id('agent'), bool('approved')),
  event('swap.decided', '批换班', 'decides swap', 'presence', 'leader', id('agent'), bool('approved')),
] as const;
