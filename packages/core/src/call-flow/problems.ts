import type { Bilingual } from '@threerings/norms/problem';
import type { Place } from './flow.ts';

/** Something wrong in the text of a call flow: where, what, and what to write instead. */
export interface FlowProblem extends Place {
  readonly code: FlowProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: Bilingual;
  /** what should stand there */
  readonly expected: Bilingual;
}

interface Sentence extends Bilingual {
  readonly severity?: 'warning';
  readonly expected: Bilingual;
}

/** Codes are stable. `{found}` is what stands there; `{wanted}` what may stand there. */
const sentences = {
  'flow.syntax': {
    zh: '这里读到“{found}”',
    en: 'found “{found}” here',
    expected: { zh: '应为{wanted}', en: 'expected {wanted}' },
  },
  'flow.too-long': {
    zh: '流程太长：{found}',
    en: 'the flow is too long: {found}',
    expected: { zh: '最多 {wanted}', en: 'at most {wanted}' },
  },
  'flow.no-head': {
    zh: '缺少流程名称',
    en: 'the flow has no name',
    expected: { zh: '第一行写“流程 名称”', en: 'begin with “flow NAME”' },
  },
  'flow.no-steps': {
    zh: '流程没有步骤',
    en: 'the flow has no step',
    expected: { zh: '至少一个“步骤 名称”', en: 'at least one “step NAME”' },
  },
  'flow.no-action': {
    zh: '步骤“{found}”没有说明做什么',
    en: 'the step “{found}” does nothing',
    expected: { zh: '下一行写{wanted}', en: 'write on the next line {wanted}' },
  },
  'flow.step-twice': {
    zh: '步骤“{found}”写了两次',
    en: 'the step “{found}” stands there twice',
    expected: { zh: '每个步骤一个名称', en: 'a name of its own for each step' },
  },
  'flow.step-unknown': {
    zh: '没有步骤“{found}”',
    en: 'there is no step “{found}”',
    expected: { zh: '现有步骤：{wanted}', en: 'one of: {wanted}' },
  },
  'flow.notice-first': {
    zh: '第一个步骤不是录音告知',
    en: 'the first step is not the recording notice',
    expected: { zh: '先录音告知：没有听到告知的来电不录音', en: 'the recording notice first: who was not told is not recorded' },
  },
  'flow.notice-again': {
    zh: '录音告知只在开头',
    en: 'the recording notice stands at the beginning only',
    expected: { zh: '删去此步骤', en: 'leave this step out' },
  },
  'flow.exit-missing': {
    zh: '步骤“{found}”缺少出口',
    en: 'the step “{found}” lacks an exit',
    expected: { zh: '补上“{wanted} … 去 步骤”', en: 'add “{wanted} … to STEP”' },
  },
  'flow.exit-foreign': {
    zh: '这种步骤没有“{found}”出口',
    en: 'a step of this kind has no exit “{found}”',
    expected: { zh: '可用的出口：{wanted}', en: 'its exits are: {wanted}' },
  },
  'flow.exit-twice': {
    zh: '出口“{found}”写了两次',
    en: 'the exit “{found}” stands there twice',
    expected: { zh: '每个按键、每个结果只去一处', en: 'one way for each key and each result' },
  },
  'flow.key-collides': {
    zh: '结束键“{found}”也是要收的数字',
    en: 'the end key “{found}” is also a digit that is collected',
    expected: { zh: '结束键用 # 或 *', en: '# or * as the end key' },
  },
  'flow.unreachable': {
    severity: 'warning',
    zh: '没有来电会走到步骤“{found}”',
    en: 'no call comes to the step “{found}”',
    expected: { zh: '让某个步骤通向它，或删去', en: 'let a step lead there, or leave it out' },
  },
  'flow.no-person': {
    zh: '从步骤“{found}”走不到人工、留言或回电',
    en: 'from the step “{found}” there is no way to a person, a message or a callback',
    expected: { zh: '给它一个通向“排队”的出口', en: 'give it an exit that leads to a queue' },
  },
  'flow.no-queue': {
    zh: '这个流程走不到人工',
    en: 'no way of this flow leads to a person',
    expected: { zh: '至少一个走得到的“排队”步骤', en: 'at least one queue that can be reached' },
  },
  'flow.nothing-ends': {
    zh: '什么都不按的来电会在“{found}”被挂断',
    en: 'a caller who presses nothing is put down at “{found}”',
    expected: { zh: '不按键的来电要走到人工、留言或回电', en: 'who presses nothing comes to a person, a message or a callback' },
  },
  'flow.endless': {
    zh: '什么都不按的来电会一直绕回“{found}”',
    en: 'a caller who presses nothing comes back to “{found}” for ever',
    expected: { zh: '超时或失败的出口通向人工', en: 'let the timeout or the failure lead to a person' },
  },
  'flow.queue-unknown': {
    zh: '热线没有队列“{found}”',
    en: 'the hotline has no queue “{found}”',
    expected: { zh: '现有队列：{wanted}', en: 'one of: {wanted}' },
  },
  'flow.prompt-missing': {
    zh: '提示音“{found}”还没有录',
    en: 'the prompt “{found}” is not recorded',
    expected: { zh: '在“提示音”里录制或上传', en: 'record or upload it under prompts' },
  },
  'flow.no-voicemail': {
    zh: '热线没有开通留言',
    en: 'the hotline takes no spoken messages',
    expected: { zh: '在热线配置里开通留言，或改为回电', en: 'allow messages in the plan of the hotline, or offer a callback' },
  },
  'flow.value-unknown': {
    zh: '没有步骤收过“{found}”',
    en: 'no step collects “{found}”',
    expected: {
      zh: '先用“收号 … 存为 {found}”，或用 caller（来电号码）',
      en: 'collect it with “digits … as {found}”, or use caller (the calling number)',
    },
  },
  'flow.lookup-unbounded': {
    zh: '查询没有限时，或超过 10 秒',
    en: 'the lookup has no limit, or one beyond 10 s',
    expected: { zh: '写“限时 3 秒”，最多 10 秒', en: '“within 3 s”, at most 10 s' },
  },
  'flow.lookup-host': {
    zh: '不许查询“{found}”',
    en: '“{found}” may not be asked',
    expected: { zh: '允许的地址（--lookup-hosts）：{wanted}', en: 'allowed (--lookup-hosts): {wanted}' },
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type FlowProblemCode = keyof typeof sentences;

export interface ProblemFacts {
  readonly found?: string;
  readonly wanted?: Bilingual | string;
}

export function flowProblem(code: FlowProblemCode, { line, column, from, to }: Place, facts: ProblemFacts = {}): FlowProblem {
  const sentence: Sentence = sentences[code];
  const { found = '', wanted = '' } = facts;
  const fill = (text: string, tongue: 'zh' | 'en') =>
    text.replaceAll('{found}', found.slice(0, 60)).replaceAll('{wanted}', typeof wanted === 'string' ? wanted : wanted[tongue]);
  return {
    ...{ line, column, from, to, code, severity: sentence.severity ?? 'error' },
    message: { zh: fill(sentence.zh, 'zh'), en: fill(sentence.en, 'en') },
    expected: { zh: fill(sentence.expected.zh, 'zh'), en: fill(sentence.expected.en, 'en') },
  };
}

/** One line for a terminal: where, which, what, and what was expected. */
export function formatFlowProblem(problem: FlowProblem, file: string, tongue: 'zh' | 'en'): string {
  const { line, column, severity, code, message, expected } = problem;
  return `${file}:${line}:${column}: ${severity === 'warning' ? 'warning ' : ''}${code} ${message[tongue]} – ${expected[tongue]}`;
}
