import type { Bilingual, Problem } from './problem.ts';
import type { Span } from './tree.ts';

interface Message extends Bilingual {
  readonly remedy?: Bilingual;
}

/**
 * Every code with its sentence and remedy; `{x}` stands for an argument. N00x reading characters, N01x reading clauses,
 * N02x names, N03x places where something may not stand, N04x types, N05x horizons, N06x what makes a norm, N07x
 * warnings, N08x phrase families and the files of a pack, N09x norms of other packs.
 */
const messages = {
  N001: {
    zh: '不认识的词“{found}”',
    en: 'unknown word “{found}”',
    remedy: { zh: '自拟的名称写在「…」里', en: 'names of your own are written 「…」' },
  },
  N002: {
    zh: '引号在本行内没有结束',
    en: 'the quotation is not closed on this line',
    remedy: { zh: '补上 ” 或 」', en: 'close it with ” or 」' },
  },
  N003: { zh: '这里不能有字符“{found}”', en: 'unexpected character “{found}”' },
  N004: {
    zh: '文件超过 {limit} 字',
    en: 'the file has more than {limit} characters',
    remedy: { zh: '拆成几个 .norm 文件', en: 'split it into several .norm files' },
  },
  N005: {
    zh: '嵌套超过 {limit} 层',
    en: 'nested deeper than {limit} levels',
    remedy: { zh: '用“定义”拆开', en: 'take it apart with definitions' },
  },
  N006: { zh: '数字最多九位整数、三位小数', en: 'a number has at most nine digits and three decimals' },
  N007: { zh: '没有这个日期或时刻“{found}”', en: 'there is no date or time of day “{found}”' },
  N008: { zh: '问题超过 {limit} 个，其余未读', en: 'more than {limit} problems: the rest was not read' },
  N010: { zh: '此处应为{expected}，却是{found}', en: 'expected {expected}, found {found}' },
  N011: { zh: '“{found}”写了两次', en: '“{found}” is given twice', remedy: { zh: '保留一处', en: 'keep one of them' } },
  N012: { zh: '{what}须为正整数', en: '{what} must be a positive whole number' },
  N020: {
    zh: '{what}“{name}”声明了两次',
    en: '{what} “{name}” is declared twice',
    remedy: { zh: '改名或删去一处', en: 'rename or remove one' },
  },
  N021: {
    zh: '“{name}”是语言里的词',
    en: '“{name}” is a word of the language',
    remedy: { zh: '另取名称，或把中文名写在「…」里', en: 'choose another name, or write a Chinese one in 「…」' },
  },
  N022: { zh: '没有叫“{name}”的{what}', en: 'nothing is called “{name}” ({what})' },
  N023: {
    zh: '参数“{name}”尚未定值（待定）',
    en: 'parameter “{name}” has no value yet (undecided)',
    remedy: { zh: '启用前由负责人定值', en: 'its owner must set it before the pack is switched on' },
  },
  N024: {
    zh: '“{name}”用之前没有记下',
    en: '“{name}” is not noted before it is used',
    remedy: { zh: '在触发事件上加 记 {name}', en: 'add noting {name} to the trigger' },
  },
  N025: {
    zh: '触发事件没有字段“{name}”',
    en: 'the trigger has no field “{name}”',
    remedy: { zh: '可用：{fields}', en: 'it has: {fields}' },
  },
  N026: {
    zh: '交互没有属性“{name}”',
    en: '“{name}” is no attribute of an interaction',
    remedy: { zh: '可用：{fields}', en: 'there are: {fields}' },
  },
  N027: {
    zh: '事件“{event}”没有字段“{name}”',
    en: 'event “{event}” has no field “{name}”',
    remedy: { zh: '可用：{fields}', en: 'it has: {fields}' },
  },
  N028: {
    zh: '没有话术族“{name}”',
    en: 'no phrase family “{name}”',
    remedy: { zh: '写入 .phrases.yaml', en: 'add it to the .phrases.yaml of the pack' },
  },
  N029: {
    zh: '正则写法不对：{fault}',
    en: 'not a valid pattern: {fault}',
    remedy: { zh: '只用文档所列写法', en: 'use the documented subset' },
  },
  N030: { zh: '定义“{name}”引用了自己', en: 'definition “{name}” refers to itself' },
  N031: { zh: '“{event}”没有做的人', en: 'nobody does “{event}”', remedy: { zh: '去掉角色', en: 'leave the role out' } },
  N032: {
    zh: '“记”只能写在触发事件上',
    en: '“noting” is only allowed in the trigger',
    remedy: { zh: '在义务开始处记下', en: 'note the value where the duty begins' },
  },
  N033: {
    zh: '没有时间窗',
    en: 'no time window',
    remedy: { zh: '于 10 秒 内、此前 20 秒 内、结束前、全程中 …', en: 'within 10 s, in the preceding 20 s, before the end, at any time …' },
  },
  N034: { zh: '“{what}”只能看过去', en: '“{what}” may only look back', remedy: { zh: '此前 … 内', en: 'in the preceding …' } },
  N035: {
    zh: '“期间内”只用于以“期间”开头的规范',
    en: '“in that time” needs a norm that begins with “during”',
    remedy: { zh: '期间 保持 …', en: 'during hold …' },
  },
  N036: {
    zh: '“每”需要将来的时间',
    en: '“every” needs a time that is still to come',
    remedy: { zh: '期间内、于 … 内', en: 'in that time, within …' },
  },
  N037: {
    zh: '次数、语速等只能按时长回看',
    en: 'count, speech rate and the like look back over a length of time',
    remedy: { zh: '此前 30 秒 内', en: 'in the preceding 30 s' },
  },
  N040: {
    zh: '{left}与{right}不能{what}',
    en: '{left} and {right} cannot be {what}',
    remedy: { zh: '写上单位：60 秒、3 声、30 %', en: 'write the unit: 60 s, 3 rings, 30 %' },
  },
  N041: {
    zh: '时间窗要用时长，这里是{type}',
    en: 'a window needs a duration, found: {type}',
    remedy: { zh: '写上单位：10 秒', en: 'write the unit: 10 s' },
  },
  N042: {
    zh: '只有从“{event}”起才能数声',
    en: 'rings can only be counted from “{event}”',
    remedy: { zh: '改用秒', en: 'use seconds' },
  },
  N043: { zh: '时间窗是空的', en: 'the window is empty', remedy: { zh: '写大于零的时长', en: 'write a length above zero' } },
  N044: { zh: '{have}项里不可能有{need}项', en: '{need} of {have} can never be met' },
  N045: {
    zh: '“不迟于”要用时刻，这里是{type}',
    en: '“by” needs an instant, found: {type}',
    remedy: { zh: '所记 到期；或改用 于 … 内', en: 'noted due; or use within …' },
  },
  N046: {
    zh: '“{field}”没有“{value}”这个值',
    en: '“{field}” is never “{value}”',
    remedy: { zh: '可用：{fields}', en: 'there are: {fields}' },
  },
  N047: {
    zh: '“最迟”要用时长或时刻，这里是{type}',
    en: '“at the latest” needs a duration or an instant, found: {type}',
    remedy: { zh: '最迟 所记 时限；最迟 1 工作日', en: 'at the latest noted limit; at the latest 1 working days' },
  },
  N050: {
    zh: '个案的将来没有尽头',
    en: 'the future of a case is unbounded',
    remedy: { zh: '给出时限，或系于承诺', en: 'give a time, or tie the duty to a promise' },
  },
  N051: {
    zh: '取自承诺的时限只能用于 范围 个案',
    en: 'a window taken from a promise belongs in scope case',
    remedy: { zh: '范围 个案，或写固定的 于 … 内', en: 'scope case, or a fixed within …' },
  },
  N060: { zh: '规范没有依据', en: 'a norm cites at least one clause', remedy: { zh: '依据 S1a-15', en: 'cites S1a-15' } },
  N061: { zh: '“{name}”没有声明为出处', en: '“{name}” is no declared source', remedy: { zh: '出处 {name} “…”', en: 'source {name} “…”' } },
  N062: { zh: '目录中没有条款 {name}', en: 'clause {name} is not in the catalogue' },
  N063: {
    zh: '规范没有义务',
    en: 'a norm has at least one duty',
    remedy: { zh: '应 …、不得 …、即违反', en: 'must …, must not …, is a breach' },
  },
  N064: { zh: '规范没有触发', en: 'a norm has a trigger', remedy: { zh: '当 …、期间 …、全程', en: 'when …, during …, throughout' } },
  N065: {
    zh: '“{what}”只用于座席可被拦下的操作：触发是事件且义务都在此前，或都是“不得”',
    en: '“{what}” needs a trigger that the desk can refuse and duties before it, or “must not”',
    remedy: { zh: '当 … 保持开始 应已 …', en: 'when … hold starts must already …' },
  },
  N066: { zh: '“预警”需要将来的时间', en: '“warn” needs a time to come', remedy: { zh: '去掉预警', en: 'leave it out' } },
  N070: { zh: '话术族“{name}”没有规范用到', en: 'no norm uses the phrase family “{name}”' },
  N071: { zh: '时间窗比“{scope}”可能的长度还长', en: 'the window is longer than a {scope} can last' },
  N072: { zh: '线索不宜拟建台账', en: 'a hint should not propose a ledger entry', remedy: { zh: '拟建 复核', en: 'propose review' } },
  N080: { zh: '话术族“{name}”：{field} 应为{expected}', en: 'phrase family “{name}”: {field} must be {expected}' },
  N081: {
    zh: '话术族“{name}”：没有叫“{slot}”的槽',
    en: 'phrase family “{name}”: there is no slot “{slot}”',
    remedy: { zh: '可用：{fields}', en: 'there are: {fields}' },
  },
  N082: {
    zh: '文件不属于规范包',
    en: 'the file does not belong to a pack',
    remedy: {
      zh: '可有：*.norm、*.phrases.yaml、messages.en.yaml、calendar.yaml、cases/*.timeline',
      en: '*.norm, *.phrases.yaml, messages.en.yaml, calendar.yaml, cases/*.timeline',
    },
  },
  N083: {
    zh: '规范包没有名称和版本',
    en: 'the pack has no name and version',
    remedy: { zh: '规范包 名称 版本 1', en: 'norm pack name version 1' },
  },
  N084: { zh: '译文里的规范“{name}”不存在', en: 'the translation names a norm “{name}” that does not exist' },
  N085: { zh: '译文“{name}”应为{expected}', en: 'translation “{name}” must be {expected}' },
  N090: {
    zh: '旁边没有叫“{name}”的规范包',
    en: 'there is no pack “{name}” beside this one',
    remedy: { zh: '把它的文件夹放在本包文件夹旁边', en: 'put its folder beside the folder of this pack' },
  },
  N091: {
    zh: '所基于的规范包“{name}”自己有错',
    en: 'the pack “{name}” has mistakes of its own',
    remedy: { zh: '先用 pack check 改好它', en: 'mend it first: pack check' },
  },
  N092: {
    zh: '规范包“{name}”又基于本包',
    en: 'the pack “{name}” is itself based on this one',
    remedy: { zh: '把共用的规范移到第三个包', en: 'move what both need to a third pack' },
  },
  N093: {
    zh: '规范包“{name}”现为版本 {have}，本包写的是版本 {want}',
    en: 'the pack “{name}” is at version {have}, this one was written for version {want}',
    remedy: {
      zh: '看过改动后改写版本，并把本包版本加一',
      en: 'read what changed, write version {have}, and count the version of this pack up',
    },
  },
  N094: {
    zh: '没有声明基于“{name}”',
    en: 'this pack is not declared to be based on “{name}”',
    remedy: { zh: '基于 「{name}」 版本 1', en: 'based on 「{name}」 version 1' },
  },
  N095: { zh: '规范包“{base}”没有规范“{name}”', en: 'the pack “{base}” has no norm “{name}”' },
  N096: {
    zh: '所采用的规范用不到“{name}”',
    en: 'the adopted norm does not use “{name}”',
    remedy: { zh: '它用到：{fields}', en: 'it uses: {fields}' },
  },
  N097: {
    zh: '{what}“{name}”与规范包“{base}”里的不同',
    en: '{what} “{name}” is not the one of the pack “{base}”',
    remedy: {
      zh: '另取名称；要换掉所采用规范里的，写 其中 {name} = 新名称',
      en: 'choose another name; to replace it in an adopted norm: where {name} = new name',
    },
  },
  N098: { zh: '所采用的规范在这里不成立：{fault}', en: 'the adopted norm does not hold here: {fault}' },
  N099: {
    zh: '“{name}”在规范包“{base}”里是{left}，这里是{right}',
    en: '“{name}” is {left} in the pack “{base}”, here it is {right}',
  },
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
  const message: Message = messages[code];
  const found =
    details.found === undefined || details.found.length <= LONGEST_FOUND ? details.found : `${details.found.slice(0, LONGEST_FOUND - 1)}…`;
  const args: Arguments = { ...(found === undefined ? {} : { found }), ...details.args };
  const sentence = (text: Bilingual): Bilingual => ({ zh: fill(text.zh, args, 'zh'), en: fill(text.en, args, 'en') });
  const suggestion = details.suggestion ?? (message.remedy === undefined ? undefined : sentence(message.remedy));
  return Object.freeze({
    code,
    severity: details.severity ?? 'error',
    file: span.file,
    line: span.line,
    column: span.column,
    span,
    message: sentence(message),
    found,
    expected: details.expected,
    suggestion,
  });
}

/** “Did you mean …?”, or nothing when no word is near. */
export function didYouMean(word: string | undefined): Bilingual | undefined {
  return word === undefined ? undefined : { zh: `是不是“${word}”？`, en: `did you mean “${word}”?` };
}
