import type { TraceEvent } from '@threerings/norms/trace';

/** What all implementations of the thirty norms come to. */
export interface Result {
  readonly norm: string;
  /** trigger event, or `scope` */
  readonly key: string;
  readonly value: 'kept' | 'broken' | 'moot';
  readonly at: number;
}

type Test = (event: TraceEvent, text: string) => boolean;

interface Waiting {
  readonly norm: string;
  readonly key: string;
  readonly due: number;
  readonly done: Test;
}

const agentSays =
  (pattern: RegExp): Test =>
  (event, text) =>
    event.by === 'agent' && pattern.test(text);
const happens =
  (type: string): Test =>
  (event) =>
    event.type === type;

const forbidden: readonly (readonly [string, RegExp])[] = [
  ['never-not-known', /不知道|不清楚/],
  ['never-not-mine', /不归我管|不是我们负责/],
  ['never-cannot', /办不了|没法办/],
  ['never-yourself', /你自己看|自己上网查/],
  ['never-be-quick', /快点说|有话快说/],
  ['never-blame', /那是你的问题|怪我吗/],
  ['never-who-told', /谁告诉你的|谁说的/],
  ['never-no-way', /没办法|就这样了/],
  ['never-said-already', /不是说过了吗|说了多少遍/],
  ['never-do-not-ask', /别问我|问别人去/],
];
const anyForbidden =
  /不知道|不清楚|不归我管|不是我们负责|办不了|没法办|你自己看|自己上网查|快点说|有话快说|那是你的问题|怪我吗|谁告诉你的|谁说的|没办法|就这样了|不是说过了吗|说了多少遍|别问我|问别人去/;
const smallTalk = /窗口|短信/;

const greeting = agentSays(/您好|你好/);
const ownNumber = agentSays(/号为您服务/);
const offer = agentSays(/有什么可以帮您|需要什么帮助/);
const apology = agentSays(/抱歉|对不起|不好意思/);
const holdReturn = agentSays(/久等|感谢您的等待/);
const farewell = /再见|生活愉快/;

const asked: readonly (readonly [RegExp, readonly (readonly [string, number, Test])[]])[] = [
  [
    /谢谢|多谢/,
    [
      ['answers-thanks', 8, agentSays(/不客气|不用谢|感谢您的来电/)] as const,
      ['says-goodbye-after-thanks', 15, agentSays(farewell)] as const,
    ],
  ],
  [/投诉|举报/, [['soothes-complaint', 20, apology] as const]],
  [/回电|打给你/, [['answers-callback', 20, agentSays(/给您回电|我记下来/)] as const]],
  [/什么材料|身份证/, [['answers-documents', 20, agentSays(/都要带上|复印件/)] as const]],
  [/多少天|什么时候/, [['answers-how-long', 20, agentSays(/个工作日|按季度发/)] as const]],
  [/代办|家里人/, [['answers-proxy', 30, agentSays(/可以代办|双方的身份证/)] as const]],
];
const anyAsked = /谢谢|多谢|投诉|举报|回电|打给你|什么材料|身份证|多少天|什么时候|代办|家里人/;

/**
 * The thirty norms as somebody writes them who knows them beforehand: regular expressions on the text as it stands, one pass, no sources, no
 * watermarks, no gaps, no evidence. `textOf` may clean the text first.
 */
export function judgeByHand(events: readonly TraceEvent[], textOf: (text: string) => string = (text) => text): Result[] {
  const call = new CallByHand();
  for (const event of events) {
    call.take(event, event.text === undefined ? '' : textOf(event.text));
    if (event.type === 'call.ended') break;
  }
  return call.results;
}

class CallByHand {
  readonly results: Result[] = [];
  #waiting: Waiting[] = [];
  readonly #agentSaid: { readonly at: number; readonly text: string }[] = [];
  #answered = false;
  #smallTalk = 0;

  take(event: TraceEvent, text: string): void {
    const { type, occurredAt: at } = event;
    if (this.#waiting.length > 0) this.#lookAtWaiting(event, text);
    switch (type) {
      case 'speech.said':
        if (event.by === 'agent') this.#agentSays(event, text);
        else this.#customerSays(event, text);
        return;
      case 'call.answered':
        this.#answered = true;
        this.#wait('greets-at-once', event, 10, greeting);
        this.#wait('gives-number', event, 12, ownNumber);
        this.#wait('offers-help', event, 15, offer);
        return;
      case 'hold.started':
        this.#wait('hold-is-short', event, 45, happens('hold.resumed'));
        this.#mustHaveSaid('hold-with-reason', event, /帮您核实|帮您查/);
        this.#mustHaveSaid('hold-with-limit', event, /大概需要/);
        return;
      case 'hold.resumed':
        this.#wait('thanks-after-hold', event, 8, holdReturn);
        return;
      case 'transfer.started':
        this.#wait('transfer-ends', event, 8, happens('transfer.failed'));
        this.#wait('apologises-after-transfer', event, 60, apology);
        this.#mustHaveSaid('transfer-with-reason', event, /转到专席|转给/);
        return;
      case 'knowledge.searched':
        this.#wait('opens-what-it-found', event, 5, happens('knowledge.opened'));
        return;
      case 'call.released':
        if (event.by === 'agent') this.#mustHaveSaid('goodbye-before-release', event, farewell);
        return;
      case 'call.ended':
        this.#ends(at);
        return;
    }
  }

  #lookAtWaiting(event: TraceEvent, text: string): void {
    const { occurredAt: at } = event;
    this.#waiting = this.#waiting.filter(({ norm, key, due, done }) => {
      if (due < at) this.results.push({ norm, key, value: 'broken', at: due });
      else if (done(event, text)) this.results.push({ norm, key, value: 'kept', at });
      else return true;
      return false;
    });
  }

  #agentSays({ id, occurredAt: at }: TraceEvent, text: string): void {
    if (anyForbidden.test(text)) {
      for (const [norm, pattern] of forbidden) if (pattern.test(text)) this.results.push({ norm, key: id, value: 'broken', at });
    }
    if (this.#answered && smallTalk.test(text) && ++this.#smallTalk === 4) {
      this.results.push({ norm: 'little-small-talk', key: 'scope', value: 'broken', at });
    }
    this.#agentSaid.push({ at, text });
  }

  #customerSays(event: TraceEvent, text: string): void {
    if (!anyAsked.test(text)) return;
    for (const [pattern, answers] of asked) {
      if (pattern.test(text)) for (const [norm, seconds, done] of answers) this.#wait(norm, event, seconds, done);
    }
  }

  #wait(norm: string, { id, occurredAt }: TraceEvent, seconds: number, done: Test): void {
    this.#waiting.push({ norm, key: id, due: occurredAt + seconds * 1000, done });
  }

  #mustHaveSaid(norm: string, { id, occurredAt: at }: TraceEvent, pattern: RegExp): void {
    let said = false;
    for (let i = this.#agentSaid.length - 1; i >= 0 && !said; i--) {
      const one = this.#agentSaid[i];
      if (one === undefined || one.at < at - 20_000) break;
      said = pattern.test(one.text);
    }
    this.results.push({ norm, key: id, value: said ? 'kept' : 'broken', at });
  }

  #ends(at: number): void {
    for (const { norm, key, due } of this.#waiting) this.results.push({ norm, key, value: due <= at ? 'broken' : 'moot', at });
    this.#waiting = [];
    if (this.#answered && this.#smallTalk < 4) this.results.push({ norm: 'little-small-talk', key: 'scope', value: 'kept', at });
  }
}
