import type { appealFigures, callFigures, promiseFigures, ticketFigures } from './figures.ts';

export type CountedFigure =
  | keyof typeof callFigures
  | keyof typeof promiseFigures
  | keyof typeof ticketFigures
  | keyof typeof appealFigures;
/** Figures that are no count over rows of one kind. */
export type FigureId = CountedFigure | 'connection-worst' | 'compliance' | 'judgeable';

export interface FigureWords {
  readonly unit: 'count' | 'share' | 'ms';
  readonly zh: string;
  readonly en: string;
  /** how it is computed, printed beside the value; `{limit}` and `{short}` are seconds, `{goal}` is per cent */
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
  'survey-invited': words('share', '邀评率', 'Invited to rate', '邀请评价 ÷ 接听', 'invited ÷ answered'),
  'survey-answered': words('share', '参评率', 'Rated', '参与评价 ÷ 邀请评价', 'rated ÷ invited'),
  satisfied: words('share', '满意率', 'Satisfied', '（非常满意 + 满意）÷ 参与评价', '(very satisfied + satisfied) ÷ rated'),
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
  'promises-in-time': words(
    'share',
    '按时回电率',
    'Promises kept in time',
    '首次约定时限内兑现 ÷ 应兑现',
    'kept by the first due time ÷ due',
  ),
  'promises-overdue': words('count', '逾期未了', 'Overdue', '已过现时限而未兑现的承诺', 'past the due time that stands now and not kept'),
  'promises-unreached': words('count', '未联系上', 'Not reached', '用尽次数仍未联系上的承诺，另计', 'tries used up; counted apart'),
  'tickets-in-time': words(
    'share',
    '按时办结率',
    'Tickets closed in time',
    '时限内办结 ÷ 到期（含未结）',
    'closed by the due time ÷ due, open ones included',
  ),
  'tickets-returned': words('share', '退单率', 'Tickets returned', '曾被退回 ÷ 到期', 'returned at least once ÷ due'),
  'appeals-upheld': words('share', '申诉成立率', 'Appeals upheld', '成立 ÷ 已裁决', 'upheld ÷ decided'),
};

export const figureIds = Object.keys(figureWords) as readonly FigureId[];

/** Name or formula with the hotline's own figures in it. */
export function withLimits(text: string, policy: { serviceLevelMs: number; shortAbandonMs: number; connectionGoal: number }): string {
  const values: Readonly<Record<string, number>> = {
    limit: policy.serviceLevelMs / 1000,
    short: policy.shortAbandonMs / 1000,
    goal: Math.round(policy.connectionGoal * 1000) / 10,
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
