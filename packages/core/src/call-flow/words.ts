import type { ExitKind, StepKind } from './flow.ts';

/** The words of the language; each stands in Chinese and in English, and both may be mixed. */
export const flowWords = {
  flow: ['流程', 'flow'],
  for: ['用于', 'for'],
  step: ['步骤', 'step'],
  to: ['去', 'to'],
  otherwise: ['其余', 'otherwise'],
  into: ['存为', 'as'],
  length: ['位数', 'length'],
  endKey: ['结束键', 'end-key'],
  with: ['带', 'with'],
  within: ['限时', 'within'],
  priority: ['优先', 'priority'],
  number: ['号码', 'number'],
  seconds: ['秒', 's'],
  times: ['次', 'times'],
} as const;

export const stepWords: Readonly<Record<StepKind, readonly [zh: string, en: string]>> = {
  notice: ['录音告知', 'recording-notice'],
  play: ['播放', 'play'],
  greeting: ['问候', 'greeting'],
  outage: ['故障公告', 'outage'],
  hours: ['上班时间', 'hours'],
  menu: ['菜单', 'menu'],
  digits: ['收号', 'digits'],
  lookup: ['查询', 'lookup'],
  'self-service': ['自助', 'self-service'],
  survey: ['评价', 'survey'],
  queue: ['排队', 'queue'],
  message: ['留言', 'message'],
  callback: ['回电', 'callback'],
  end: ['结束', 'end'],
};

export const exitWords: Readonly<Record<ExitKind, readonly [zh: string, en: string]>> = {
  next: ['接', 'next'],
  key: ['按', 'key'],
  timeout: ['超时', 'timeout'],
  wrong: ['错键', 'wrong'],
  result: ['结果', 'result'],
  failed: ['失败', 'failed'],
  open: ['上班', 'open'],
  closed: ['下班', 'closed'],
  person: ['转人工', 'person'],
};

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;

function byWord<Meaning extends string>(words: Words): ReadonlyMap<string, Meaning> {
  return new Map(Object.entries(words).flatMap(([meaning, both]) => both.map((word) => [word, meaning as Meaning] as const)));
}

const kinds = byWord<StepKind>(stepWords);
const exits = byWord<ExitKind>(exitWords);

export const kindOf = (word: string): StepKind | undefined => kinds.get(word.toLowerCase());
export const exitKindOf = (word: string): ExitKind | undefined => exits.get(word.toLowerCase());

export function means(word: string, meaning: keyof typeof flowWords): boolean {
  return flowWords[meaning].some((one) => one === word.toLowerCase());
}

/** Everything that the language knows, for completion and highlighting. */
export const allFlowWords: readonly string[] = [flowWords, stepWords, exitWords].flatMap((words: Words) => Object.values(words).flat());
