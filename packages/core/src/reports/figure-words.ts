import type { appealFigures, callFigures, chatFigures, promiseFigures, shiftFigures, ticketFigures } from './figures.ts';

export type CountedFigure =
  | keyof typeof callFigures
  | keyof typeof shiftFigures
  | keyof typeof chatFigures
  | keyof typeof promiseFigures
  | keyof typeof ticketFigures
  | keyof typeof appealFigures;
/** Figures that are no count over rows of one kind. */
export type FigureId = CountedFigure | 'connection-worst' | 'compliance' | 'judgeable';

export interface FigureWords {
  readonly unit: 'count' | 'share' | 'ms';
  readonly zh: string;
  readonly en: string;
  /** how it is computed, printed beside the value; `{limit}` and `{short}` are seconds, `{goal}` is per cent, `{silence}` minutes */
  readonly formula: { readonly zh: string; readonly en: string };
}

const words = (unit: FigureWords['unit'], zh: string, en: string, formulaZh: string, formulaEn: string): FigureWords => ({
  unit,
  zh,
  en,
  formula: { zh: formulaZh, en: formulaEn },
});

/** Every figure of a report in the order in which it is shown, with its formula. Test calls are in none of them. */
export const figureWords: Readonly<Record<FigureId, FigureWords>> = {
  offered: words('count', '呼入', 'Offered', '要求人工的来电数', 'calls that asked for a person'),
  answered: words('count', '接听', 'Answered', '由坐席接听的来电数', 'calls that an agent answered'),
  abandoned: words('count', '放弃', 'Abandoned', '等候超过 {short} 秒后放弃的来电数', 'callers who gave up after more than {short} s'),
  'abandoned-short': words(
    'count',
    '短时放弃',
    'Short abandons',
    '{short} 秒以内放弃，不计入接通率',
    'gave up within {short} s; not counted',
  ),
  connection: words(
    'share',
    '接通率',
    'Connection rate',
    '接听 ÷（呼入 − {short} 秒内放弃），目标 {goal}%',
    'answered ÷ (offered − abandons within {short} s), goal {goal} %',
  ),
  'connection-raw': words('share', '接通率（未扣减）', 'Connection rate, raw', '接听 ÷ 呼入', 'answered ÷ offered'),
  'connection-worst': words(
    'share',
    '滚动 24 小时最低接通率',
    'Lowest connection rate over 24 h',
    '任意连续 24 小时 接听 ÷（呼入 − {short} 秒内放弃）的最低值，目标 {goal}%',
    'lowest answered ÷ (offered − abandons within {short} s) over any 24 h, goal {goal} %',
  ),
  'service-level': words(
    'share',
    '{limit} 秒接听率',
    'Answered within {limit} s',
    '{limit} 秒内接听 ÷（接听 + 超过 {short} 秒放弃）',
    'answered within {limit} s ÷ (answered + abandons after {short} s)',
  ),
  'speed-of-answer': words(
    'ms',
    '平均应答速度',
    'Average speed of answer',
    '接听来电等候时长之和 ÷ 接听',
    'waits of answered calls ÷ answered',
  ),
  'wait-p90': words(
    'ms',
    '等候 P90',
    'Wait, 90th percentile',
    '九成接听来电的等候不超过此值',
    'nine of ten answered calls waited no longer',
  ),
  talk: words('ms', '平均通话', 'Talk', '通话时长（不含保持）之和 ÷ 接听', 'talk without hold ÷ answered'),
  hold: words('ms', '平均保持', 'Hold', '保持时长之和 ÷ 接听', 'time on hold ÷ answered'),
  'wrap-up': words('ms', '平均后处理', 'Wrap-up', '后处理时长之和 ÷ 接听', 'work after the call ÷ answered'),
  handling: words('ms', '平均处理时长', 'Handling time', '（通话 + 保持 + 后处理）÷ 接听', '(talk + hold + wrap-up) ÷ answered'),
  occupancy: words(
    'share',
    '工时利用率',
    'Occupancy',
    '（通话 + 保持 + 后处理）÷（签入 − 小休），按人按日',
    '(talk + hold + wrap-up) ÷ (signed in − rest), by person and day',
  ),
  transferred: words('share', '转接率', 'Transferred', '转给他人并被接起的来电 ÷ 接听', 'handed to somebody who took them ÷ answered'),
  repeated: words(
    'share',
    '7 天重复来电率',
    'Calls repeated within 7 days',
    '同一号码此前 7 天内已有接听的 ÷ 接听（号码已知）',
    'same number answered in the 7 days before ÷ answered, number known',
  ),
  blocked: words(
    'count',
    '拦截来电',
    'Blocked',
    '骚扰号码来电，告知后未转人工，不计入呼入',
    'on the blocklist, told so; not counted as offered',
  ),
  'messages-left': words('count', '语音留言', 'Spoken messages', '无人接听、由来电人录下的留言', 'left by callers whom nobody answered'),
  'survey-invited': words('share', '邀评率', 'Invited to rate', '邀请评价 ÷ 接听', 'invited ÷ answered'),
  'survey-answered': words('share', '参评率', 'Rated', '参与评价 ÷ 邀请评价', 'rated ÷ invited'),
  satisfied: words('share', '满意率', 'Satisfied', '（非常满意 + 满意）÷ 参与评价', '(very satisfied + satisfied) ÷ rated'),
  chats: words('count', '在线会话', 'Chats', '这一期开始的会话数', 'conversations in writing that began'),
  'chats-accepted': words('share', '会话接入率', 'Chats accepted', '有坐席接入 ÷ 在线会话', 'accepted by an agent ÷ chats'),
  'chat-first-reply': words(
    'ms',
    '会话首次回复',
    'First reply in chats',
    '客户首条消息到坐席首次回复之和 ÷ 有回复的会话',
    'first message to first reply, mean of chats with a reply',
  ),
  'chat-silence': words(
    'ms',
    '会话最长等待 P90',
    'Longest wait in chats, 90th percentile',
    '九成会话中客户等回复最久不超过此值',
    'in nine of ten chats nobody waited longer for a reply',
  ),
  'chat-silent': words(
    'share',
    '会话冷场率',
    'Chats left waiting',
    '客户等回复超过 {silence} 分钟的 ÷ 已接入会话',
    'a customer waited over {silence} min ÷ chats accepted',
  ),
  'chat-rated': words('share', '会话参评率', 'Chats rated', '参与评价 ÷ 邀请评价', 'rated ÷ invited'),
  'chat-satisfied': words(
    'share',
    '会话满意率',
    'Chats satisfied',
    '（非常满意 + 满意）÷ 参与评价',
    '(very satisfied + satisfied) ÷ rated',
  ),
  compliance: words(
    'share',
    '达标率',
    'Norms kept',
    '做到 ÷（做到 + 未做到），申诉成立的不计',
    'kept ÷ (kept + broken), without upheld appeals',
  ),
  judgeable: words(
    'share',
    '可判率',
    'Could be judged',
    '（做到 + 未做到）÷（做到 + 未做到 + 无法判断）',
    '(kept + broken) ÷ (kept + broken + cannot tell)',
  ),
  'callbacks-in-time': words(
    'share',
    '按时回电率',
    'Callbacks in time',
    '首次约定时限内回电 ÷ 应回电',
    'called back by the first due time ÷ due',
  ),
  'promises-in-time': words(
    'share',
    '承诺按时兑现率',
    'Promises kept in time',
    '首次约定时限内兑现的各类承诺 ÷ 应兑现',
    'promises of all kinds kept by the first due time ÷ due',
  ),
  'promises-overdue': words('count', '逾期未了', 'Overdue', '已过现时限而未兑现的承诺', 'past the due time that stands now and not kept'),
  'promises-unreached': words('count', '未联系上', 'Not reached', '用尽次数仍未联系上的承诺，另计', 'tries used up; counted apart'),
  'messages-taken': words(
    'count',
    '代记留言',
    'Messages for colleagues',
    '为同事记下、这一期到期的留言',
    'written down for colleagues, due in the period',
  ),
  'messages-in-time': words(
    'share',
    '留言按时处理率',
    'Messages dealt with in time',
    '首次约定时限内处理 ÷ 应处理',
    'dealt with by the first due time ÷ due',
  ),
  'tickets-in-time': words(
    'share',
    '按时办结率',
    'Tickets closed in time',
    '时限内办结 ÷ 到期（含未结）',
    'closed by the due time ÷ due, open ones included',
  ),
  'tickets-returned': words('share', '退单率', 'Tickets returned', '曾被退回 ÷ 到期', 'returned at least once ÷ due'),
  'tickets-acknowledged': words(
    'share',
    '工单响应率',
    'Tickets acknowledged',
    '承办部门已签收 ÷ 到期',
    'taken up by the handling body ÷ due',
  ),
  'tickets-solved': words(
    'share',
    '工单解决率',
    'Tickets solved',
    '办结且未重办 ÷ 到期（含未结）',
    'closed and never reopened ÷ due, open ones included',
  ),
  'tickets-satisfied': words(
    'share',
    '工单满意率',
    'Tickets satisfied',
    '（非常满意 + 满意）÷ 回访评价',
    '(very satisfied + satisfied) ÷ rated',
  ),
  'appeals-upheld': words('share', '申诉成立率', 'Appeals upheld', '成立 ÷ 已裁决', 'upheld ÷ decided'),
};

export const figureIds = Object.keys(figureWords) as readonly FigureId[];

export interface Limits {
  readonly serviceLevelMs: number;
  readonly shortAbandonMs: number;
  readonly connectionGoal: number;
  readonly chatSilenceMs: number;
}

/** Name or formula with the hotline's own figures in it. */
export function withLimits(text: string, policy: Limits): string {
  const values: Readonly<Record<string, number>> = {
    limit: policy.serviceLevelMs / 1000,
    short: policy.shortAbandonMs / 1000,
    goal: Math.round(policy.connectionGoal * 1000) / 10,
    silence: Math.round(policy.chatSilenceMs / 6000) / 10,
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
