import { type Refusal, refuse } from '../errors/refusal.ts';

export interface SettingSpec {
  readonly unit: 'ms' | 'count' | 'ratio' | 'days' | 'minute of the day';
  readonly default: number;
  /** smallest and largest value that can be set */
  readonly least: number;
  readonly most: number;
  readonly zh: string;
  readonly en: string;
}

const second = 1000;
const minute = 60 * second;

/** Every figure that a hotline can set, with the value that ships. Norm packs carry the figures of their own norms. */
export const settings = {
  ringToneMs: { unit: 'ms', default: second, least: 100, most: 10 * second, zh: '振铃一声的响铃时长', en: 'tone of one ring' },
  ringPauseMs: { unit: 'ms', default: 4 * second, least: 100, most: 20 * second, zh: '振铃一声的间歇时长', en: 'pause of one ring' },
  serviceLevelMs: {
    unit: 'ms',
    default: 15 * second,
    least: second,
    most: 10 * minute,
    zh: '按时接听的时限',
    en: 'time within which an answer is in time',
  },
  connectionGoal: {
    unit: 'ratio',
    default: 0.95,
    least: 0,
    most: 1,
    zh: '滚动二十四小时接通率目标',
    en: 'connection rate wanted over any rolling day',
  },
  shortAbandonMs: {
    unit: 'ms',
    default: 5 * second,
    least: 0,
    most: minute,
    zh: '不计入的短时放弃',
    en: 'abandons up to this are not counted',
  },
  ringNoAnswerMs: {
    unit: 'ms',
    default: 20 * second,
    least: 5 * second,
    most: 2 * minute,
    zh: '无人接听转下一坐席',
    en: 'an unanswered ring goes to the next agent',
  },
  wrapUpMs: { unit: 'ms', default: 45 * second, least: 0, most: 30 * minute, zh: '后处理时长', en: 'work after the call' },
  wrapUpExtensionMs: {
    unit: 'ms',
    default: minute,
    least: 0,
    most: 30 * minute,
    zh: '后处理每次延长',
    en: 'one extension of the work after the call',
  },
  wrapUpExtensions: { unit: 'count', default: 2, least: 0, most: 10, zh: '后处理延长次数', en: 'extensions of the work after the call' },
  holdLimitMs: {
    unit: 'ms',
    default: minute,
    least: 10 * second,
    most: 10 * minute,
    zh: '保持时限',
    en: 'limit of a hold when none is given',
  },
  holdRepromptMs: {
    unit: 'ms',
    default: 30 * second,
    least: 5 * second,
    most: 5 * minute,
    zh: '保持中回应间隔',
    en: 'the caller on hold is spoken to this often',
  },
  recordingPauseMs: {
    unit: 'ms',
    default: 90 * second,
    least: 10 * second,
    most: 10 * minute,
    zh: '暂停录音最长时间，到时自动恢复',
    en: 'a paused recording goes on by itself after',
  },
  holdLeaderMs: {
    unit: 'ms',
    default: 2 * minute,
    least: 10 * second,
    most: 30 * minute,
    zh: '保持多久告知班长',
    en: 'the leader is told of a hold this long',
  },
  transferRingMs: {
    unit: 'ms',
    default: 20 * second,
    least: 5 * second,
    most: 2 * minute,
    zh: '转接无人接听收回',
    en: 'a transfer that nobody answers is taken back after',
  },
  transfersMost: {
    unit: 'count',
    default: 2,
    least: 0,
    most: 20,
    zh: '转接满此数改为回电',
    en: 'after so many transfers a callback comes first',
  },
  transferWaitMs: {
    unit: 'ms',
    default: minute,
    least: 10 * second,
    most: 10 * minute,
    zh: '转接等待满此时长改为回电',
    en: 'after so long a wait for transfers a callback comes first',
  },
  leaderAnswerMs: {
    unit: 'ms',
    default: minute,
    least: 10 * second,
    most: 10 * minute,
    zh: '请领导接听多久没人应答改为回电',
    en: 'a request that no leader answers becomes a callback after',
  },
  supportBusyMs: {
    unit: 'ms',
    default: 45 * second,
    least: 10 * second,
    most: 10 * minute,
    zh: '求助支撑多久没人来算都在忙',
    en: 'support counts as busy when nobody comes within',
  },
  supportLimitMs: {
    unit: 'ms',
    default: 5 * minute,
    least: minute,
    most: 60 * minute,
    zh: '求助支撑多久没人来告知班长',
    en: 'the leader is told when no support has come within',
  },
  hangUpWaitMs: {
    unit: 'ms',
    default: 5 * second,
    least: 0,
    most: minute,
    zh: '等待客户先挂机',
    en: 'wait for the caller to hang up first',
  },
  positionFirstMs: {
    unit: 'ms',
    default: 15 * second,
    least: second,
    most: 10 * minute,
    zh: '首次播报排队位置',
    en: 'place in the queue told first after',
  },
  positionEveryMs: {
    unit: 'ms',
    default: 45 * second,
    least: 5 * second,
    most: 10 * minute,
    zh: '播报排队位置间隔',
    en: 'place in the queue told every',
  },
  positionMany: {
    unit: 'count',
    default: 10,
    least: 1,
    most: 1000,
    zh: '超过此数播报“较多”',
    en: 'beyond this place the caller hears “many”',
  },
  waitingTimeAnswers: {
    unit: 'count',
    default: 30,
    least: 1,
    most: 1000,
    zh: '播报等候时间所需的一小时接听数',
    en: 'answers in the hour needed to tell a waiting time',
  },
  queueCallbackFirstMs: {
    unit: 'ms',
    default: minute,
    least: 5 * second,
    most: 30 * minute,
    zh: '排队中首次提供回电',
    en: 'callback offered in the queue first after',
  },
  queueCallbackSecondMs: {
    unit: 'ms',
    default: 2 * minute,
    least: 5 * second,
    most: 60 * minute,
    zh: '排队中再次提供回电',
    en: 'callback offered in the queue again after',
  },
  namedWaitMs: {
    unit: 'ms',
    default: minute,
    least: 0,
    most: 30 * minute,
    zh: '等候指定坐席的时长',
    en: 'a caller waits so long for the agent asked for, then for anybody',
  },
  repeatCallerDays: {
    unit: 'days',
    default: 7,
    least: 0,
    most: 90,
    zh: '重复来电优先转首接坐席的天数',
    en: 'a caller who calls again within these days is brought to the first receiver, if free',
  },
  abandonedCallbackMs: {
    unit: 'ms',
    default: 120 * minute,
    least: 5 * minute,
    most: 2880 * minute,
    zh: '放弃来电的回电时限',
    en: 'a caller who gave up waiting is to be called back within',
  },
  redialWithinMs: {
    unit: 'ms',
    default: minute,
    least: second,
    most: 60 * minute,
    zh: '中断后回拨时限',
    en: 'a dropped call is redialled within',
  },
  redialTries: { unit: 'count', default: 2, least: 0, most: 10, zh: '中断后回拨次数', en: 'tries to redial a dropped call' },
  callbackTries: { unit: 'count', default: 3, least: 1, most: 10, zh: '回电尝试次数', en: 'tries of a promised callback' },
  morningFrom: {
    unit: 'minute of the day',
    default: 8 * 60 + 30,
    least: 0,
    most: 1440,
    zh: '上午回电开始',
    en: 'callbacks in the morning from',
  },
  morningTo: { unit: 'minute of the day', default: 12 * 60, least: 0, most: 1440, zh: '上午回电结束', en: 'callbacks in the morning to' },
  afternoonFrom: {
    unit: 'minute of the day',
    default: 14 * 60,
    least: 0,
    most: 1440,
    zh: '下午回电开始',
    en: 'callbacks in the afternoon from',
  },
  afternoonTo: {
    unit: 'minute of the day',
    default: 20 * 60,
    least: 0,
    most: 1440,
    zh: '下午回电结束',
    en: 'callbacks in the afternoon to',
  },
  promiseRemindMs: {
    unit: 'ms',
    default: 15 * minute,
    least: minute,
    most: 1440 * minute,
    zh: '承诺到期前提醒责任人',
    en: 'the owner of a promise is reminded before it is due',
  },
  promiseEscalateMs: {
    unit: 'ms',
    default: 60 * minute,
    least: 5 * minute,
    most: 2880 * minute,
    zh: '承诺逾期多久上报运营',
    en: 'an overdue promise is reported to operations after',
  },
  voicemailReplyMs: {
    unit: 'ms',
    default: 1440 * minute,
    least: 30 * minute,
    most: 10_080 * minute,
    zh: '语音留言的答复时限',
    en: 'a spoken message is answered within',
  },
  emergencyAnswerMs: {
    unit: 'ms',
    default: minute,
    least: 10 * second,
    most: 60 * minute,
    zh: '紧急上报无人确认再上报',
    en: 'an emergency that nobody acknowledged goes up after',
  },
  similarCalls: {
    unit: 'count',
    default: 5,
    least: 0,
    most: 1000,
    zh: '同类来电多少通提醒班长（0 为不提醒）',
    en: 'similar calls that the leader is told of (0 = not)',
  },
  similarCallsMs: {
    unit: 'ms',
    default: 10 * minute,
    least: minute,
    most: 1440 * minute,
    zh: '同类来电的统计时长',
    en: 'similar calls are counted over',
  },
  briefingFirst: {
    unit: 'count',
    default: 0,
    least: 0,
    most: 1,
    zh: '必读要情未阅知不能示闲（1 为是）',
    en: 'ready only after required news was read (1 = yes)',
  },
  restByLeader: {
    unit: 'count',
    default: 1,
    least: 0,
    most: 1,
    zh: '小休要班长批准（1 为是）',
    en: 'a small rest is granted by a leader (1 = yes)',
  },
  outageNotifyMs: {
    unit: 'ms',
    default: 30 * minute,
    least: minute,
    most: 1440 * minute,
    zh: '故障恢复后通知来电人的时限',
    en: 'callers are told within, once an outage is over',
  },
  outageOpenMs: {
    unit: 'ms',
    default: 1440 * minute,
    least: 60 * minute,
    most: 43_200 * minute,
    zh: '未知恢复时间时答应通知的时限',
    en: 'notice promised while nobody knows when an outage ends',
  },
  outboundRingMs: {
    unit: 'ms',
    default: 45 * second,
    least: 10 * second,
    most: 3 * minute,
    zh: '外呼振铃多久算无人接听',
    en: 'somebody whom we call does not answer within',
  },
  nobodyCallbackMs: {
    unit: 'ms',
    default: 120 * minute,
    least: 5 * minute,
    most: 2880 * minute,
    zh: '无人值守时承诺的回电时限',
    en: 'callback promised when nobody is signed in',
  },
  chatCapacity: { unit: 'count', default: 5, least: 1, most: 50, zh: '每名坐席同时接待的会话', en: 'chats that an agent has at a time' },
  chatReassignMs: {
    unit: 'ms',
    default: 30 * second,
    least: 5 * second,
    most: 30 * minute,
    zh: '新会话无人理会多久转给别的坐席',
    en: 'a chat that its agent does not look at is handed on after',
  },
  chatSilenceMs: {
    unit: 'ms',
    default: 3 * minute,
    least: 10 * second,
    most: 60 * minute,
    zh: '客户等回复多久告知班长',
    en: 'the leader is told when a chat waits for a reply this long',
  },
  chatIdleMs: {
    unit: 'ms',
    default: 10 * minute,
    least: minute,
    most: 1440 * minute,
    zh: '客户不说话多久提示会话闲置',
    en: 'a chat counts as idle when the customer says nothing for',
  },
  chatIdleEndMs: {
    unit: 'ms',
    default: 5 * minute,
    least: minute,
    most: 1440 * minute,
    zh: '提示闲置后多久结束会话',
    en: 'an idle chat is ended after another',
  },
  chatAfterMs: {
    unit: 'ms',
    default: 5 * minute,
    least: 0,
    most: 1440 * minute,
    zh: '会话结束后留给评价与补记的时长',
    en: 'time after a chat for its rating and its notes',
  },
  chatReplyMs: {
    unit: 'ms',
    default: 120 * minute,
    least: 5 * minute,
    most: 2880 * minute,
    zh: '离线留言承诺的回复时限（工作时间）',
    en: 'a message left in writing is to be answered within, in working time',
  },
  silentLineMs: {
    unit: 'ms',
    default: 15 * second,
    least: 5 * second,
    most: 2 * minute,
    zh: '无声电话可挂机前的时长',
    en: 'silence before a silent line may be released',
  },
  silentLineAsks: { unit: 'count', default: 3, least: 1, most: 10, zh: '无声电话询问次数', en: 'times a silent line is asked' },
  agentNumberFirst: {
    unit: 'count',
    default: 0,
    least: 0,
    most: 1,
    zh: '接听后先向来电者播报工号（1 为是）',
    en: 'the caller hears the number of the agent on answer (1 = yes)',
  },
  audioDays: { unit: 'days', default: 180, least: 1, most: 36_500, zh: '录音保存天数', en: 'recordings are kept' },
  transcriptDays: { unit: 'days', default: 365, least: 1, most: 36_500, zh: '转写保存天数', en: 'transcripts are kept' },
  logDays: { unit: 'days', default: 365, least: 1, most: 36_500, zh: '日志保存天数', en: 'logs are kept' },
  caseDays: {
    unit: 'days',
    default: 1096,
    least: 1,
    most: 36_500,
    zh: '结案后保存天数',
    en: 'what belongs to a case is kept after its closing',
  },
  trainingDays: { unit: 'days', default: 365, least: 1, most: 36_500, zh: '演练保存天数', en: 'tries of trainings are kept' },
  privateNoteDays: { unit: 'days', default: 30, least: 1, most: 36_500, zh: '私人备注保存天数', en: 'private notes are kept' },
} as const satisfies Readonly<Record<string, SettingSpec>>;

export type SettingName = keyof typeof settings;
export type Settings = Readonly<Record<SettingName, number>>;

const table: Readonly<Record<string, SettingSpec>> = settings;

export const shippedSettings: Settings = Object.fromEntries(Object.entries(table).map(([name, spec]) => [name, spec.default])) as Record<
  SettingName,
  number
>;

/** Names that settings had once and that nothing read: a plan that still has one is taken without it. */
const retired: readonly string[] = ['parkedRecords', 'controllerGoneMs'];

/** The shipped settings with those that a hotline has changed; refuses unknown names and values out of range. */
export function withSettings(changed: Readonly<Record<string, unknown>>): Settings | Refusal {
  const known = Object.entries(changed).filter(([name]) => !retired.includes(name));
  for (const [name, value] of known) {
    const spec = Object.hasOwn(table, name) ? table[name] : undefined;
    if (spec === undefined) return refuse('setting.unknown', { setting: name });
    const whole = spec.unit === 'ratio' || Number.isSafeInteger(value);
    if (typeof value !== 'number' || !whole || !(value >= spec.least && value <= spec.most)) {
      return refuse('setting.out-of-range', { setting: name, least: spec.least, most: spec.most, unit: spec.unit, found: String(value) });
    }
  }
  return { ...shippedSettings, ...Object.fromEntries(known) };
}
