import type { Bilingual, Problem } from './problem.ts';
import type { Span } from './tree.ts';

/** What is wrong, in Chinese and in English, and what to do about it. */
type Message = readonly [zh: string, en: string] | readonly [zh: string, en: string, remedyZh: string, remedyEn: string];

/**
 * Every code with its sentence and remedy; `{x}` stands for an argument. N00x reading characters, N01x reading clauses,
 * N02x names, N03x places where something may not stand, N04x types, N05x horizons, N06x what makes a norm, N07x
 * warnings, N08x phrase families and the files of a pack, N09x norms of other packs.
 */
const messages = {
  N001: ['不认识的词“{found}”', 'unknown word “{found}”', '自拟的名称写在「…」里', 'names of your own are written 「…」'],
  N002: ['引号在本行内没有结束', 'the quotation is not closed on this line', '补上 ” 或 」', 'close it with ” or 」'],
  N003: ['这里不能有字符“{found}”', 'unexpected character “{found}”'],
  N004: ['文件超过 {limit} 字', 'the file has more than {limit} characters', '拆成几个 .norm 文件', 'split it into several .norm files'],
  N005: ['嵌套超过 {limit} 层', 'nested deeper than {limit} levels', '用“定义”拆开', 'take it apart with definitions'],
  N006: ['数字最多九位整数、三位小数', 'a number has at most nine digits and three decimals'],
  N007: ['没有这个日期或时刻“{found}”', 'there is no date or time of day “{found}”'],
  N008: ['问题超过 {limit} 个，其余未读', 'more than {limit} problems: the rest was not read'],
  N010: ['此处应为{expected}，却是{found}', 'expected {expected}, found {found}'],
  N011: ['“{found}”写了两次', '“{found}” is given twice', '保留一处', 'keep one of them'],
  N012: ['{what}须为正整数', '{what} must be a positive whole number'],
  N020: ['{what}“{name}”声明了两次', '{what} “{name}” is declared twice', '改名或删去一处', 'rename or remove one'],
  N021: [
    '“{name}”是语言里的词',
    '“{name}” is a word of the language',
    '另取名称，或把中文名写在「…」里',
    'choose another name, or write a Chinese one in 「…」',
  ],
  N022: ['没有叫“{name}”的{what}', 'nothing is called “{name}” ({what})'],
  N023: [
    '参数“{name}”尚未定值（待定）',
    'parameter “{name}” has no value yet (undecided)',
    '启用前由负责人定值',
    'its owner must set it before the pack is switched on',
  ],
  N024: [
    '“{name}”用之前没有记下',
    '“{name}” is not noted before it is used',
    '在触发事件上加 记 {name}',
    'add noting {name} to the trigger',
  ],
  N025: ['触发事件没有字段“{name}”', 'the trigger has no field “{name}”', '可用：{fields}', 'it has: {fields}'],
  N026: ['交互没有属性“{name}”', '“{name}” is no attribute of an interaction', '可用：{fields}', 'there are: {fields}'],
  N027: ['事件“{event}”没有字段“{name}”', 'event “{event}” has no field “{name}”', '可用：{fields}', 'it has: {fields}'],
  N028: ['没有话术族“{name}”', 'no phrase family “{name}”', '写入 .phrases.yaml', 'add it to the .phrases.yaml of the pack'],
  N029: ['正则写法不对：{fault}', 'not a valid pattern: {fault}', '只用文档所列写法', 'use the documented subset'],
  N030: ['定义“{name}”引用了自己', 'definition “{name}” refers to itself'],
  N031: ['“{event}”没有做的人', 'nobody does “{event}”', '去掉角色', 'leave the role out'],
  N032: ['“记”只能写在触发事件上', '“noting” is only allowed in the trigger', '在义务开始处记下', 'note the value where the duty begins'],
  N033: [
    '没有时间窗',
    'no time window',
    '于 10 秒 内、此前 20 秒 内、结束前、全程中 …',
    'within 10 s, in the preceding 20 s, before the end, at any time …',
  ],
  N034: ['“{what}”只能看过去', '“{what}” may only look back', '此前 … 内', 'in the preceding …'],
  N035: ['“期间内”只用于以“期间”开头的规范', '“in that time” needs a norm that begins with “during”', '期间 保持 …', 'during hold …'],
  N036: ['“每”需要将来的时间', '“every” needs a time that is still to come', '期间内、于 … 内', 'in that time, within …'],
  N037: [
    '次数、语速等只能按时长回看',
    'count, speech rate and the like look back over a length of time',
    '此前 30 秒 内',
    'in the preceding 30 s',
  ],
  N040: [
    '{left}与{right}不能{what}',
    '{left} and {right} cannot be {what}',
    '写上单位：60 秒、3 声、30 %',
    'write the unit: 60 s, 3 rings, 30 %',
  ],
  N041: ['时间窗要用时长，这里是{type}', 'a window needs a duration, found: {type}', '写上单位：10 秒', 'write the unit: 10 s'],
  N042: ['只有从“{event}”起才能数声', 'rings can only be counted from “{event}”', '改用秒', 'use seconds'],
  N043: ['时间窗是空的', 'the window is empty', '写大于零的时长', 'write a length above zero'],
  N044: ['{have}项里不可能有{need}项', '{need} of {have} can never be met'],
  N045: [
    '“不迟于”要用时刻，这里是{type}',
    '“by” needs an instant, found: {type}',
    '所记 到期；或改用 于 … 内',
    'noted due; or use within …',
  ],
  N046: ['“{field}”没有“{value}”这个值', '“{field}” is never “{value}”', '可用：{fields}', 'there are: {fields}'],
  N047: [
    '“最迟”要用时长或时刻，这里是{type}',
    '“at the latest” needs a duration or an instant, found: {type}',
    '最迟 所记 时限；最迟 1 工作日',
    'at the latest noted limit; at the latest 1 working days',
  ],
  N050: ['个案的将来没有尽头', 'the future of a case is unbounded', '给出时限，或系于承诺', 'give a time, or tie the duty to a promise'],
  N051: [
    '取自承诺的时限只能用于 范围 个案',
    'a window taken from a promise belongs in scope case',
    '范围 个案，或写固定的 于 … 内',
    'scope case, or a fixed within …',
  ],
  N060: ['规范没有依据', 'a norm cites at least one clause', '依据 S1a-15', 'cites S1a-15'],
  N061: ['“{name}”没有声明为出处', '“{name}” is no declared source', '出处 {name} “…”', 'source {name} “…”'],
  N062: ['目录中没有条款 {name}', 'clause {name} is not in the catalogue'],
  N063: ['规范没有义务', 'a norm has at least one duty', '应 …、不得 …、即违反', 'must …, must not …, is a breach'],
  N064: ['规范没有触发', 'a norm has a trigger', '当 …、期间 …、全程', 'when …, during …, throughout'],
  N065: [
    '“{what}”只用于座席可被拦下的操作：触发是事件且义务都在此前，或都是“不得”',
    '“{what}” needs a trigger that the desk can refuse and duties before it, or “must not”',
    '当 … 保持开始 应已 …',
    'when … hold starts must already …',
  ],
  N066: ['“预警”需要将来的时间', '“warn” needs a time to come', '去掉预警', 'leave it out'],
  N070: ['话术族“{name}”没有规范用到', 'no norm uses the phrase family “{name}”'],
  N071: ['时间窗比“{scope}”可能的长度还长', 'the window is longer than a {scope} can last'],
  N072: ['线索不宜拟建台账', 'a hint should not propose a ledger entry', '拟建 复核', 'propose review'],
  N080: ['话术族“{name}”：{field} 应为{expected}', 'phrase family “{name}”: {field} must be {expected}'],
  N081: [
    '话术族“{name}”：没有叫“{slot}”的槽',
    'phrase family “{name}”: there is no slot “{slot}”',
    '可用：{fields}',
    'there are: {fields}',
  ],
  N082: [
    '文件不属于规范包',
    'the file does not belong to a pack',
    '可有：*.norm、*.phrases.yaml、messages.en.yaml、calendar.yaml、gate.yaml、cases/*.timeline、labelled/*.timeline',
    '*.norm, *.phrases.yaml, messages.en.yaml, calendar.yaml, gate.yaml, cases/*.timeline, labelled/*.timeline',
  ],
  N083: ['规范包没有名称和版本', 'the pack has no name and version', '规范包 名称 版本 1', 'norm pack name version 1'],
  N084: ['译文里的规范“{name}”不存在', 'the translation names a norm “{name}” that does not exist'],
  N085: ['译文“{name}”应为{expected}', 'translation “{name}” must be {expected}'],
  N090: [
    '旁边没有叫“{name}”的规范包',
    'there is no pack “{name}” beside this one',
    '把它的文件夹放在本包文件夹旁边',
    'put its folder beside the folder of this pack',
  ],
  N091: [
    '所基于的规范包“{name}”自己有错',
    'the pack “{name}” has mistakes of its own',
    '先用 pack check 改好它',
    'mend it first: pack check',
  ],
  N092: [
    '规范包“{name}”又基于本包',
    'the pack “{name}” is itself based on this one',
    '把共用的规范移到第三个包',
    'move what both need to a third pack',
  ],
  N093: [
    '规范包“{name}”现为版本 {have}，本包写的是版本 {want}',
    'the pack “{name}” is at version {have}, this one was written for version {want}',
    '看过改动后改写版本，并把本包版本加一',
    'read what changed, write version {have}, and count the version of this pack up',
  ],
  N094: [
    '没有声明基于“{name}”',
    'this pack is not declared to be based on “{name}”',
    '基于 「{name}」 版本 1',
    'based on 「{name}」 version 1',
  ],
  N095: ['规范包“{base}”没有规范“{name}”', 'the pack “{base}” has no norm “{name}”'],
  N096: ['所采用的规范用不到“{name}”', 'the adopted norm does not use “{name}”', '它用到：{fields}', 'it uses: {fields}'],
  N097: [
    '{what}“{name}”与规范包“{base}”里的不同',
    '{what} “{name}” is not the one of the pack “{base}”',
    '另取名称；要换掉所采用规范里的，写 其中 {name} = 新名称',
    'choose another name; to replace it in an adopted norm: where {name} = new name',
  ],
  N098: ['所采用的规范在这里不成立：{fault}', 'the adopted norm does not hold here: {fault}'],
  N099: ['“{name}”在规范包“{base}”里是{left}，这里是{right}', '“{name}” is {left} in the pack “{base}”, here it is {right}'],
} as const satisfies Readonly<Record<string, Message>>;

export type Code = keyof typeof messages;
export const codes: readonly Code[] = Object.keys(messages).filter((key): key is Code => key in messages);

type Arguments = Readonly<Record<string, string | number | Bilingual>>;

function fill(template: string, args: Arguments, tongue: 'zh' | 'en'): string {
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = args[key];
    if (value === undefined) return whole;
    return typeof value === 'object' ? value[tongue] : String(value);
  });
}

export interface Details {
  readonly args?: Arguments;
  readonly found?: string | undefined;
  readonly expected?: Bilingual | undefined;
  /** replaces the remedy of the table */
  readonly suggestion?: Bilingual | undefined;
  readonly severity?: 'error' | 'warning';
}

const LONGEST_FOUND = 40;

/** One problem at one place, its sentences filled in both tongues. */
export function problemAt(code: Code, span: Span, details: Details = {}): Problem {
  const [zh, en, remedyZh, remedyEn]: Message = messages[code];
  const found =
    details.found === undefined || details.found.length <= LONGEST_FOUND ? details.found : `${details.found.slice(0, LONGEST_FOUND - 1)}…`;
  const args: Arguments = { ...(found === undefined ? {} : { found }), ...details.args };
  const sentence = (text: Bilingual): Bilingual => ({ zh: fill(text.zh, args, 'zh'), en: fill(text.en, args, 'en') });
  const remedy = remedyZh === undefined || remedyEn === undefined ? undefined : sentence({ zh: remedyZh, en: remedyEn });
  return Object.freeze({
    code,
    severity: details.severity ?? 'error',
    file: span.file,
    line: span.line,
    column: span.column,
    span,
    message: sentence({ zh, en }),
    found,
    expected: details.expected,
    suggestion: details.suggestion ?? remedy,
  });
}

/** “Did you mean …?”, or nothing when no word is near. */
export function didYouMean(word: string | undefined): Bilingual | undefined {
  return word === undefined ? undefined : { zh: `是不是“${word}”？`, en: `did you mean “${word}”?` };
}
