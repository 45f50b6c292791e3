import type { Bilingual } from '@threerings/norms/problem';
import { type CallFlow, type Daypart, type FlowExit, type FlowStep, type StepAction, type StepKind, shapes } from './flow.ts';
import { LineReader } from './line-reader.ts';
import { type FlowProblem, flowProblem } from './problems.ts';
import { exitKindOf, exitWords, flowWords, kindOf, means, stepWords } from './words.ts';

/** A flow in words, read; what cannot be read is told and left out, so that the rest can still be shown. */
export interface ReadFlow {
  readonly flow: CallFlow;
  readonly problems: readonly FlowProblem[];
}

/** Longest text of a flow, characters, and most of its steps. */
export const longestFlow = 20_000;
export const mostSteps = 200;

const promptName: Bilingual = { zh: '提示音名称', en: 'the name of a prompt' };
const stepName: Bilingual = { zh: '步骤名称', en: 'the name of a step' };
const queueName: Bilingual = { zh: '队列名称', en: 'the name of a queue' };
const valueName: Bilingual = { zh: '名称', en: 'a name' };

const either = (words: readonly (readonly [string, string])[]): Bilingual => ({
  zh: words.map(([zh]) => zh).join('、'),
  en: words.map(([, en]) => en).join(', '),
});

interface OpenStep {
  readonly name: string;
  readonly place: FlowStep['place'];
  action?: StepAction;
  readonly exits: FlowExit[];
}

/**
 * Reads the text of a call flow. One sentence a line: `flow NAME`, `for NUMBER …`, then steps, each with what it does and where it
 * leads. Lines that begin with `#` are remarks. Never throws; a text beyond `longestFlow` is not read.
 */
export function readFlow(text: string): ReadFlow {
  const problems: FlowProblem[] = [];
  const start = { line: 1, column: 1, from: 0, to: 0 };
  if (text.length > longestFlow) {
    const found = `${text.length} characters`;
    return {
      flow: { name: '', numbers: [], steps: [] },
      problems: [flowProblem('flow.too-long', start, { found, wanted: String(longestFlow) })],
    };
  }
  const head: { name: string; numbers: string[] } = { name: '', numbers: [] };
  const steps: OpenStep[] = [];
  let offset = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const reader = new LineReader(line, { line: index + 1, offset }, problems);
    offset += line.length + 1;
    if (!reader.atEnd && !/^\s*#/.test(line)) readLine(reader, head, steps, problems);
  }
  if (head.name === '') problems.push(flowProblem('flow.no-head', start));
  if (steps.length === 0) problems.push(flowProblem('flow.no-steps', start));
  if (steps.length > mostSteps)
    problems.push(flowProblem('flow.too-long', start, { found: `${steps.length} steps`, wanted: String(mostSteps) }));
  const whole = steps.slice(0, mostSteps).flatMap(({ name, place, action, exits }): FlowStep[] => {
    if (action !== undefined) return [{ name, place, action, exits }];
    problems.push(flowProblem('flow.no-action', place, { found: name, wanted: either(Object.values(stepWords)) }));
    return [];
  });
  return { flow: { ...head, steps: whole }, problems };
}

function readLine(reader: LineReader, head: { name: string; numbers: string[] }, steps: OpenStep[], problems: FlowProblem[]): void {
  const step = steps.at(-1);
  if (reader.takeIf('step')) {
    const { aheadPlace: place } = reader;
    const name = reader.name(stepName);
    reader.end();
    if (!reader.failed) steps.push({ name, place, exits: [] });
  } else if (step === undefined) readHead(reader, head);
  else if (step.action === undefined) readAction(reader, step, problems);
  else readExit(reader, step);
}

function readHead(reader: LineReader, head: { name: string; numbers: string[] }): void {
  if (reader.takeIf('flow')) {
    head.name = reader.name({ zh: '流程名称', en: 'the name of the flow' });
    reader.end();
  } else if (reader.takeIf('for')) {
    while (!reader.atEnd && !reader.failed) {
      if (/^\+?\d{1,20}$/.test(reader.ahead)) head.numbers.push(reader.take());
      else reader.fail({ zh: '被叫号码', en: 'a dialled number' });
    }
  } else reader.fail(either([flowWords.flow, flowWords.for, flowWords.step]));
}

function readAction(reader: LineReader, step: OpenStep, problems: FlowProblem[]): void {
  const kind = kindOf(reader.ahead);
  if (kind === undefined) {
    reader.fail(either(Object.values(stepWords)));
    return;
  }
  reader.take();
  const action = actionOf(kind, reader, problems);
  reader.end();
  step.action = action;
}

function actionOf(kind: StepKind, reader: LineReader, problems: FlowProblem[]): StepAction {
  switch (kind) {
    case 'play':
    case 'menu':
    case 'self-service':
      return { kind, prompt: reader.name(promptName) };
    case 'greeting':
      return greeting(reader);
    case 'outage':
      return { kind, key: reader.atEnd ? '1' : reader.key() };
    case 'hours':
      return { kind, ...(reader.atEnd ? {} : { queue: reader.name(queueName) }) };
    case 'digits':
      return digits(reader, problems);
    case 'lookup':
      return lookup(reader);
    case 'queue': {
      const queue = reader.atEnd || means(reader.ahead, 'priority') ? {} : { queue: reader.name(queueName) };
      return { kind, ...queue, ...(reader.takeIf('priority') ? { priority: reader.whole(0, 9) } : {}) };
    }
    case 'callback':
      return { kind, ...(reader.takeIf('number') ? { number: reader.name(valueName) } : {}) };
    case 'end':
      return { kind, ...(reader.atEnd ? {} : { prompt: reader.name(promptName) }) };
    case 'notice':
    case 'survey':
    case 'message':
      return { kind };
  }
}

function greeting(reader: LineReader): StepAction {
  const dayparts: Daypart[] = [];
  while (!reader.failed && !reader.takeIf('otherwise')) {
    const [from, to] = reader.daypart();
    if (!reader.failed) dayparts.push({ from, to, prompt: reader.name(promptName) });
  }
  return { kind: 'greeting', dayparts, otherwise: reader.failed ? '' : reader.name(promptName) };
}

function digits(reader: LineReader, problems: FlowProblem[]): StepAction {
  const prompt = reader.name(promptName);
  reader.keyword('into');
  const into = reader.name(valueName);
  reader.keyword('length');
  const [least, most] = reader.range(30);
  if (!reader.takeIf('endKey')) return { kind: 'digits', prompt, into, least, most };
  const { aheadPlace } = reader;
  const endKey = reader.key();
  if (/\d/.test(endKey)) problems.push(flowProblem('flow.key-collides', aheadPlace, { found: endKey }));
  return { kind: 'digits', prompt, into, least, most, endKey };
}

function lookup(reader: LineReader): StepAction {
  const url = addressOf(reader.ahead);
  if (url === undefined) reader.fail({ zh: '网址，如 https://example.cn/query', en: 'an address, as https://example.cn/query' });
  reader.take();
  const values: string[] = [];
  if (reader.takeIf('with')) while (!reader.atEnd && !reader.failed && !means(reader.ahead, 'within')) values.push(reader.name(valueName));
  const within = reader.takeIf('within') ? { withinMs: reader.seconds(1, 3600) } : {};
  return { kind: 'lookup', url: url ?? '', values, ...within };
}

function addressOf(word: string): string | undefined {
  return /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[\w./~%-]*)?$/.test(word) ? word : undefined;
}

function readExit(reader: LineReader, step: OpenStep): void {
  const { ahead: word, place } = reader;
  const on = exitKindOf(word);
  const kind = step.action?.kind;
  const takes = kind === undefined ? [] : [...shapes[kind].needs, ...shapes[kind].may];
  if (on === undefined) {
    reader.fail(either([...takes.map((each) => exitWords[each]), flowWords.step]));
    return;
  }
  reader.take();
  const given = givenOf(on, reader);
  // 接 leads on by itself.
  if (on !== 'next' || means(reader.ahead, 'to')) reader.keyword('to');
  const to = reader.name(stepName);
  reader.end();
  if (!reader.failed) step.exits.push({ on, ...given, to, place });
}

function givenOf(on: FlowExit['on'], reader: LineReader): Partial<FlowExit> {
  if (on === 'key' || on === 'person') return { value: reader.key() };
  if (on === 'timeout') return { ms: reader.seconds(1, 30) };
  if (on === 'wrong') return { times: reader.times(5) };
  return on === 'result' ? { value: reader.name({ zh: '结果', en: 'a result' }) } : {};
}
