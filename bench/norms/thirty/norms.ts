import { vocabulary } from '@threerings/core/timeline/vocabulary';
import { loadPack } from '@threerings/norms/pack';
import type { PhraseFamily } from '@threerings/norms/phrases';
import { formatProblem } from '@threerings/norms/problem';
import type { ResolvedPack } from '@threerings/norms/program';
import { buildLexicon } from '@threerings/norms/syntax/lexicon';

/** What is listened for: plain words, so that a regular expression hears the same. */
export const words = {
  not_known: ['不知道', '不清楚'],
  not_mine: ['不归我管', '不是我们负责'],
  cannot: ['办不了', '没法办'],
  yourself: ['你自己看', '自己上网查'],
  be_quick: ['快点说', '有话快说'],
  blame: ['那是你的问题', '怪我吗'],
  who_told: ['谁告诉你的', '谁说的'],
  no_way: ['没办法', '就这样了'],
  said_already: ['不是说过了吗', '说了多少遍'],
  do_not_ask: ['别问我', '问别人去'],
  greeting: ['您好', '你好'],
  own_number: ['号为您服务'],
  offer: ['有什么可以帮您', '需要什么帮助'],
  thanks: ['谢谢', '多谢'],
  thanks_reply: ['不客气', '不用谢', '感谢您的来电'],
  complaint: ['投诉', '举报'],
  apology: ['抱歉', '对不起', '不好意思'],
  callback: ['回电', '打给你'],
  callback_answer: ['给您回电', '我记下来'],
  documents: ['什么材料', '身份证'],
  documents_answer: ['都要带上', '复印件'],
  how_long: ['多少天', '什么时候'],
  how_long_answer: ['个工作日', '按季度发'],
  proxy: ['代办', '家里人'],
  proxy_answer: ['可以代办', '双方的身份证'],
  hold_reason: ['帮您核实', '帮您查'],
  hold_limit: ['大概需要'],
  hold_return: ['久等', '感谢您的等待'],
  transfer_reason: ['转到专席', '转给'],
  farewell: ['再见', '生活愉快'],
  small_talk: ['窗口', '短信'],
} as const;

export type Words = keyof typeof words;

/** The duty of a norm, as the pack's text and the SQL are written from; the function in by-hand.ts was written by hand. */
export type Duty =
  | { readonly kind: 'forbidden'; readonly words: Words }
  | { readonly kind: 'within'; readonly trigger: Trigger; readonly seconds: number; readonly wanted: Wanted }
  | { readonly kind: 'before'; readonly trigger: Trigger; readonly seconds: number; readonly words: Words }
  | { readonly kind: 'atMost'; readonly words: Words; readonly count: number };

/** Words of the caller, or an event. */
export type Trigger =
  | Words
  | 'call.answered'
  | 'hold.started'
  | 'hold.resumed'
  | 'transfer.started'
  | 'knowledge.searched'
  | 'call.released';
/** Words of the agent, or an event. */
export type Wanted = Words | 'hold.resumed' | 'transfer.failed' | 'knowledge.opened';

const forbidden = (name: Words): Duty => ({ kind: 'forbidden', words: name });
const within = (trigger: Trigger, seconds: number, wanted: Wanted): Duty => ({ kind: 'within', trigger, seconds, wanted });
const before = (trigger: Trigger, seconds: number, name: Words): Duty => ({ kind: 'before', trigger, seconds, words: name });

/** Thirty duties as hotlines have them: ten that forbid, fifteen with a deadline, four that look back, one that counts. */
export const duties: Readonly<Record<string, Duty>> = {
  'never-not-known': forbidden('not_known'),
  'never-not-mine': forbidden('not_mine'),
  'never-cannot': forbidden('cannot'),
  'never-yourself': forbidden('yourself'),
  'never-be-quick': forbidden('be_quick'),
  'never-blame': forbidden('blame'),
  'never-who-told': forbidden('who_told'),
  'never-no-way': forbidden('no_way'),
  'never-said-already': forbidden('said_already'),
  'never-do-not-ask': forbidden('do_not_ask'),
  'greets-at-once': within('call.answered', 10, 'greeting'),
  'gives-number': within('call.answered', 12, 'own_number'),
  'offers-help': within('call.answered', 15, 'offer'),
  'answers-thanks': within('thanks', 8, 'thanks_reply'),
  'soothes-complaint': within('complaint', 20, 'apology'),
  'answers-callback': within('callback', 20, 'callback_answer'),
  'answers-documents': within('documents', 20, 'documents_answer'),
  'answers-how-long': within('how_long', 20, 'how_long_answer'),
  'answers-proxy': within('proxy', 30, 'proxy_answer'),
  'hold-is-short': within('hold.started', 45, 'hold.resumed'),
  'thanks-after-hold': within('hold.resumed', 8, 'hold_return'),
  'transfer-ends': within('transfer.started', 8, 'transfer.failed'),
  'apologises-after-transfer': within('transfer.started', 60, 'apology'),
  'opens-what-it-found': within('knowledge.searched', 5, 'knowledge.opened'),
  'says-goodbye-after-thanks': within('thanks', 15, 'farewell'),
  'hold-with-reason': before('hold.started', 20, 'hold_reason'),
  'hold-with-limit': before('hold.started', 20, 'hold_limit'),
  'transfer-with-reason': before('transfer.started', 20, 'transfer_reason'),
  'goodbye-before-release': before('call.released', 20, 'farewell'),
  'little-small-talk': { kind: 'atMost', words: 'small_talk', count: 3 },
};

const inChinese: Readonly<Record<string, string>> = {
  'call.answered': '坐席 接听',
  'hold.started': '坐席 保持开始',
  'hold.resumed': '坐席 保持结束',
  'transfer.started': '坐席 转接开始',
  'transfer.failed': '转接失败',
  'knowledge.searched': '坐席 检索知识',
  'knowledge.opened': '坐席 打开知识',
  'call.released': '坐席 挂机',
};

const saysOrDoes = (who: '坐席' | '客户', what: Trigger | Wanted) => inChinese[what] ?? `${who} 说 ${what}`;

function textOf(duty: Duty): string {
  switch (duty.kind) {
    case 'forbidden':
      return `  当 坐席 说 ${duty.words}\n  即违反`;
    case 'within':
      return `  当 ${saysOrDoes('客户', duty.trigger)}\n  应 ${saysOrDoes('坐席', duty.wanted)} 于 ${duty.seconds} 秒 内`;
    case 'before':
      return `  当 ${saysOrDoes('客户', duty.trigger)}\n  应已 坐席 说 ${duty.words} 此前 ${duty.seconds} 秒 内`;
    case 'atMost':
      return `  全程\n  应 坐席 说 ${duty.words} 至多 ${duty.count} 次 全程中`;
  }
}

export const families: readonly PhraseFamily[] = Object.entries(words).map(([id, variants]) => ({
  ...{ id, zh: id, norms: [], guard: [], pinyin: 0, variants, not: [], hit: variants, miss: [] },
}));

/** The same thirty, or some of them, as a pack. */
export function thirtyNorms(which: (duty: Duty) => boolean = () => true): ResolvedPack {
  const chosen = Object.entries(duties).filter(([, duty]) => which(duty));
  const norms = chosen.map(([id, duty], i) => `规范 ${id} “${id}”\n  依据 S9-${String(i + 1).padStart(2, '0')}\n${textOf(duty)}\n`);
  const text = `规范包 thirty 版本 1\n出处 S9 “bench”\n\n${norms.join('\n')}`;
  const data = Object.fromEntries(
    families.map(({ id, variants }) => [id, { zh: id, variants, examples: { hit: variants, miss: ['嗯'] } }]),
  );
  const files = [
    { path: 'thirty.norm', text },
    { path: 'thirty.phrases.yaml', text: '', data },
  ];
  const result = loadPack(files, { lexicon: buildLexicon(vocabulary), hash: 'thirty' });
  if (!result.ok) throw new Error(result.problems.map((problem) => formatProblem(problem, 'en')).join('\n'));
  return result.pack;
}
