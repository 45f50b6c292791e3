import type { ResolvedPack } from '@threerings/norms/program';
import { goldenFamilies, resolve, testEnv } from './golden-packs.ts';

/**
 * One norm for each window, formula, trigger, text and measure of the language, alone or in the combinations in which they could
 * disturb each other. They say nothing sensible: they are there so that every operator is judged both ways.
 */
const text = `
规范包 operators 版本 1
出处 S9 “test”
参数 short = 5 秒
清单 papers = [“身份证”、“照片”]

规范 after-from-to
  依据 S9-01
  当 坐席 接听
  应 坐席 说 greeting 于 2 秒 至 short 内

规范 by-instant
  依据 S9-01   范围 个案
  当 作出承诺 记 承诺号、到期
  应 兑现承诺 其 承诺号 为 所记 承诺号 不迟于 所记 到期

规范 by-owner
  依据 S9-01   范围 个案   责任 责任人
  当 作出承诺 记 承诺号
  应 兑现承诺 其 承诺号 为 所记 承诺号 于 10 秒 内

规范 before-length
  依据 S9-01
  当 坐席 挂机
  应已 坐席 说 farewell 此前 short 内

规范 before-all-twice
  依据 S9-01
  当 坐席 挂机
  应已 坐席 说 farewell 至少 2 次 此前

规范 before-at-most
  依据 S9-01
  当 坐席 挂机
  应 坐席 说 至多 2 次 此前 short 内

规范 before-variable
  依据 S9-01
  当 坐席 接听 记 工号
  应已 派给坐席 其 工号 为 所记 工号 此前

规范 before-spoken
  依据 S9-01   范围 办理
  当 坐席 保存记录 记 号码
  应已 客户 说 所记 号码 此前 或 坐席 说 所记 号码 此前 short 内

规范 before-two-utterances
  依据 S9-01
  当 坐席 申请保持
  应已 坐席 说 hold_request 此前 2 句 内

规范 before-any-utterance-not
  依据 S9-01
  当 坐席 挂机
  若 客户 说 此前 3 句 内
  不得 坐席 说 rebuttal 此前 2 句 内

规范 around-it
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 hold_request 前后 short 内

规范 around-twice
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 至少 2 次 前后 short 内

规范 around-sequence
  依据 S9-01
  当 坐席 申请保持
  应 依次 [坐席 说 hold_request、客户 说 consent_yes] 前后 short 内

规范 two-utterances
  依据 S9-01
  当 坐席 接听
  应 坐席 说 greeting 于 2 句 内

规范 two-turns
  依据 S9-01
  当 坐席 接听
  应 坐席 说 greeting 于 2 轮 内

规范 first-part
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 greeting 开头 short 内

规范 first-part-scope
  依据 S9-01
  全程
  应 坐席 说 greeting 开头 short 内

规范 last-part
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 farewell 最后 short 内

规范 last-part-not
  依据 S9-01
  全程
  不得 坐席 说 rebuttal 最后 short 内

规范 until-latest
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 apology 直到 坐席 说 explanation 最迟 10 秒

规范 until-not
  依据 S9-01
  当 坐席 申请保持
  不得 坐席 挂机 直到 客户 挂机

规范 until-end-broken
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 apology 直到 坐席 说 explanation
  结束时 违反

规范 to-end-count
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 apology 至少 2 次 结束前

规范 whole-from-event
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 apology 全程中

规范 whole-sequence
  依据 S9-01
  全程
  应 依次 [坐席 说 ask_more_help、客户 说 no_more、坐席 说 farewell] 全程中

规范 whole-at-most
  依据 S9-01
  全程
  应 坐席 说 explanation 至多 1 次 全程中

规范 that-time
  依据 S9-01
  期间 保持
  应 坐席 说 hold_progress 至少 2 次

规范 that-time-not
  依据 S9-01
  期间 静音
  不得 客户 说

规范 every-in-hold
  依据 S9-01
  期间 保持
  应 每 short 坐席 说 hold_progress

规范 every-within
  依据 S9-01
  当 坐席 申请保持
  应 每 short 坐席 说 hold_progress 于 12 秒 内

规范 every-until
  依据 S9-01
  当 坐席 申请保持
  应 每 short 坐席 说 hold_progress 直到 保持结束

规范 lasting-long
  依据 S9-01
  当 静默 满 short
  应 坐席 说 apology 前后 short 内

规范 lasting-role
  依据 S9-01
  当 客户 说话 满 short
  应 坐席 说 backchannel 于 3 秒 内

规范 nth
  依据 S9-01
  当 第 2 次 客户 说 ask_repeat
  应 坐席 说 apology 于 short 内

规范 first-only
  依据 S9-01
  当 首次 坐席 申请保持
  应 坐席 说 hold_request 于 short 内

规范 either-trigger
  依据 S9-01   责任 届时坐席
  当 坐席 申请保持 或 坐席 申请转接
  应 坐席 说 apology 于 10 秒 内

规范 receiver
  依据 S9-01   责任 接手人
  当 坐席 转接开始
  应 坐席 说 greeting 于 20 秒 内

规范 leader
  依据 S9-01   责任 班长
  当 坐席 紧急上报
  应 确认提醒 于 10 秒 内

规范 nobody
  依据 S9-01   责任 系统
  期间 排队
  应 播报等候 于 short 内
`;

const second = `
规范包 more-operators 版本 1
出处 S9 “test”
参数 short = 5 秒
清单 papers = [“身份证”、“照片”]
定义 「道歉」 = 坐席 说 apology 或 坐席 说 opening_late

规范 parts-two-of-three
  依据 S9-01
  当 坐席 接听
  应 至少 2 项 [“问” 坐席 说 greeting 于 short 内、“家” 坐席 说 say_organisation 于 short 内、“帮” 坐席 说 offer_help 于 10 秒 内]

规范 parts-nested
  依据 S9-01
  当 坐席 接听
  应 各项 [“开” 任一 [坐席 说 greeting 于 short 内、坐席 说 opening_late 于 short 内]、“帮” 坐席 说 offer_help 于 10 秒 内]

规范 if-then
  依据 S9-01
  当 坐席 申请保持
  应 保持开始 于 short 内 则 保持结束 于 20 秒 内

规范 or-and
  依据 S9-01
  当 坐席 申请保持
  应 「道歉」 于 short 内 或 (坐席 说 greeting 于 10 秒 内 且 非 (坐席 说 rebuttal 于 10 秒 内))

规范 each-item
  依据 S9-01
  当 坐席 打开知识 其 清单项 已填
  应 逐项 「事项」 出自 当时 清单项: 坐席 说 所记 「事项」 于 30 秒 内

规范 unless-later
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 apology 于 10 秒 内
  除非 客户 挂机 或 坐席 紧急上报 此前

规范 guarded
  依据 S9-01
  当 坐席 申请保持
  若 非 (正在 静音) 且 未 坐席 说 apology 此前 short 内 且 本次 方向 为 “in”
  应 坐席 说 hold_request 于 short 内

规范 in-calendar
  依据 S9-01
  当 坐席 申请保持
  应 正值 工作时间

规范 clock-time
  依据 S9-01
  当 坐席 申请保持
  应 时刻 介于 09:00 至 12:00

规范 workdays
  依据 S9-01   范围 个案
  当 派单 记 单号
  应 告知结果 其 单号 为 所记 单号 于 1 工作日 内

规范 workhours
  依据 S9-01   范围 个案
  当 派单 记 单号
  应 告知结果 其 单号 为 所记 单号 于 2 工作小时 内

规范 two-rings
  依据 S9-01
  当 振铃 其 目标 为 “agent”
  应 坐席 接听 于 2 声 内

规范 offered
  依据 S9-01
  当 派给坐席
  应 坐席 接听 于 15 秒 内

规范 ringing-lasts
  依据 S9-01
  当 响铃期间 满 10 秒
  应 停铃 于 short 内

规范 spoken-limit
  依据 S9-01
  当 坐席 说 hold_request 含 时限 记 时限
  应 保持结束 于 所记 时限 + short 内

规范 measure-count
  依据 S9-01
  当 坐席 挂机
  应 次数(坐席 说 apology 此前) 不少于 2

规范 measure-count-window
  依据 S9-01
  当 坐席 挂机
  应 次数(坐席 说 此前 short 内) 不超过 1

规范 measure-count-variable
  依据 S9-01
  当 坐席 接听 记 工号
  应 次数(派给坐席 其 工号 为 所记 工号 此前) 不超过 1

规范 measure-since
  依据 S9-01
  当 坐席 挂机
  应 距上次(客户 说) 不少于 short

规范 measure-intervals
  依据 S9-01
  当 通话结束
  应 时长(保持) 不超过 20 秒 且 最长(保持) 不超过 15 秒

规范 measure-share
  依据 S9-01
  当 通话结束
  应 占比(坐席 说话、通话) 不超过 30 %

规范 measure-rate
  依据 S9-01
  当 通话结束
  应 语速(坐席) - 语速(客户) 介于 -20 字每分 至 40 字每分

规范 measure-rate-window
  依据 S9-01
  当 通话结束
  应 语速(坐席 此前 20 秒 内) 不超过 150 字每分

规范 measure-loudness
  依据 S9-01
  当 通话结束
  应 平均音量(坐席) 介于 -28 分贝 至 -18 分贝

规范 measure-gap
  依据 S9-01
  当 通话结束
  应 应答间隔(坐席) 不超过 3 秒

规范 measure-mood
  依据 S9-01
  当 通话结束
  应 情绪值(坐席) 不少于 0 %

规范 measure-mood-window
  依据 S9-01
  当 坐席 申请保持
  应 情绪值(坐席 此前 20 秒 内) 超过 -50 %

规范 each-of-list
  依据 S9-01
  当 坐席 申请保持
  应 逐项 「事项」 出自 papers: 坐席 说 所记 「事项」 于 30 秒 内

规范 in-effect
  依据 S9-01   生效 2026-03-01 至 2026-03-02
  当 坐席 申请保持
  应 坐席 说 hold_request 于 short 内

规范 in-effect-lasting
  依据 S9-01   生效 2026-03-03
  当 静默 满 short
  应 坐席 说 apology 前后 short 内

规范 text-some
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 至少 2 项 [apology、“稍*等”、hold_request] 于 10 秒 内

规范 text-none
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 皆非 [apology、“稍等”] 于 10 秒 内

规范 text-near
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 apology 近 “稍等” 4 字 内 于 10 秒 内

规范 text-not-near
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 apology 不近 “稍等” 4 字 内 于 10 秒 内

规范 text-similar
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 近似 “请您稍等片刻我查一下” 0.6 于 10 秒 内

规范 text-pattern
  依据 S9-01
  当 坐席 申请保持
  不得 坐席 说 正则 “你(?!们)” 排除 “问你” 于 10 秒 内

规范 text-repeated
  依据 S9-01
  当 坐席 申请保持
  不得 坐席 说 重复 0.9 于 20 秒 内

规范 text-exception
  依据 S9-01
  当 坐席 申请保持
  应 坐席 说 “稍等” 排除 “不用” 于 10 秒 内

规范 chat-matches
  依据 S9-01   范围 会话
  期间 待回复
  若 非 (当时 内容 合 任一 [thanks、farewell])
  应 坐席 发消息 于 10 秒 内
`;

export function operatorPacks(): readonly ResolvedPack[] {
  const families = goldenFamilies();
  return [resolve(text, families, 'operators.norm'), resolve(second, families, 'more-operators.norm')];
}

export const operatorEnv = testEnv(goldenFamilies(), { leaders: [{ from: 0, to: Number.MAX_SAFE_INTEGER, agent: 'lead' }] });
