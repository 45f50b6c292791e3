import { durationEnds, spokenDuration, spokenNumber } from './duration.ts';
import type { NormalText } from './normalise.ts';

/** What a slot took: where it ends, and its value. `unclear`: something stands there, but not a value that can be bound. */
export interface SlotTaken {
  readonly end: number;
  /** what will do as well and ends earlier, where the variant goes on with what was taken last: “{时限}内”, “编号{单号}，{时限}” */
  readonly sooner?: Pick<SlotTaken, 'end' | 'value'> | undefined;
  readonly value: string | number | undefined;
}

/** A slot with a grammar of its own, or free text that ends where the sentence goes on. */
export type SlotGrammar =
  | {
      readonly kind: 'typed';
      readonly id: string;
      /** longest text the grammar can take, characters */
      readonly longest: number;
      /** characters with which it can begin and end: what stands beside the words of a variant is looked at first */
      readonly begins: string;
      readonly ends: string;
      take(text: NormalText, at: number): SlotTaken | undefined;
    }
  | { readonly kind: 'free'; readonly id: string; readonly shortest: number; readonly longest: number };

const numerals = '0123456789';
const spokenNumerals = `${numerals}十百`;
const isDigit = (character: string) => character >= '0' && character <= '9' && character.length === 1;

/** In the middle of a number; one that begins behind a clause mark is its own. */
function goesOnWithin(text: string, clause: ArrayLike<number>, at: number): boolean {
  return isDigit(text.charAt(at - 1)) && clause[at] !== 1;
}

/** A whole run of digits, never the middle of a longer number; at a clause mark in it, it may end. */
function digitRun(id: string, shortest: number, longest: number): SlotGrammar {
  return {
    kind: 'typed',
    id,
    longest,
    begins: numerals,
    ends: numerals,
    take({ text, clause }, at) {
      if (goesOnWithin(text, clause, at)) return undefined;
      const taken = (end: number) => (end - at < shortest || end - at > longest ? undefined : { end, value: text.slice(at, end) });
      let end = at;
      let part: number | undefined;
      for (; end < text.length && isDigit(text.charAt(end)); end++) if (end > at && clause[end] === 1) part ??= end;
      const sooner = part === undefined ? undefined : taken(part);
      const whole = taken(end);
      return whole === undefined ? sooner : { ...whole, ...(sooner === undefined ? {} : { sooner }) };
    },
  };
}

function oneOf(id: string, words: readonly string[]): SlotGrammar {
  const longestFirst = [...words].sort((one, other) => other.length - one.length);
  return {
    kind: 'typed',
    id,
    longest: longestFirst[0]?.length ?? 1,
    begins: words.map((word) => word.charAt(0)).join(''),
    ends: words.map((word) => word.charAt(word.length - 1)).join(''),
    take({ text }, at) {
      const word = longestFirst.find((candidate) => text.startsWith(candidate, at));
      return word === undefined ? undefined : { end: at + word.length, value: word };
    },
  };
}

const free = (id: string, shortest: number, longest: number): SlotGrammar => ({ kind: 'free', id, shortest, longest });

const limit: SlotGrammar = {
  kind: 'typed',
  id: 'limit',
  longest: 14,
  begins: `半${spokenNumerals}`,
  ends: durationEnds,
  take({ text, clause }, at) {
    if (goesOnWithin(text, clause, at)) return undefined;
    const duration = spokenDuration(text, at);
    return (
      duration && {
        ...(duration.unitEnd === undefined ? {} : { sooner: { end: duration.unitEnd, value: duration.ms } }),
        end: duration.end,
        value: duration.ms,
      }
    );
  },
};

const relativeDays = ['大后天', '今天', '明天', '后天', '下周1', '下周2', '下周3', '下周4', '下周5', '下周', '月底'];

const date: SlotGrammar = {
  kind: 'typed',
  id: 'date',
  longest: 14,
  begins: `${relativeDays.map((word) => word.charAt(0)).join('')}${spokenNumerals}`,
  ends: `${relativeDays.map((word) => word.charAt(word.length - 1)).join('')}年月日号`,
  take({ text }, at) {
    const word = relativeDays.find((candidate) => text.startsWith(candidate, at));
    if (word !== undefined) return { end: at + word.length, value: word };
    let end = at;
    for (const mark of ['年', '月']) {
      const number = spokenNumber(text, end);
      if (number !== undefined && text.startsWith(mark, number.end)) end = number.end + 1;
    }
    const dayOfMonth = spokenNumber(text, end);
    const close = dayOfMonth === undefined ? '' : text.charAt(dayOfMonth.end);
    if (dayOfMonth !== undefined && (close === '日' || close === '号') && end > at) end = dayOfMonth.end + 1;
    return end > at ? { end, value: text.slice(at, end) } : undefined;
  },
};

const amount: SlotGrammar = {
  kind: 'typed',
  id: 'amount',
  longest: 14,
  begins: spokenNumerals,
  ends: '钱元块',
  take({ text, clause }, at) {
    if (goesOnWithin(text, clause, at)) return undefined;
    const number = spokenNumber(text, at);
    if (number === undefined) return undefined;
    const scale = ['万', '千'].find((word) => text.startsWith(word, number.end)) ?? '';
    const after = number.end + scale.length;
    const unit = ['块钱', '元', '块'].find((word) => text.startsWith(word, after));
    return unit === undefined ? undefined : { end: after + unit.length, value: text.slice(at, after + unit.length) };
  },
};

/** Slots by the word that stands in `{…}`; ids are field words of the vocabulary. */
export const slotGrammars: ReadonlyMap<string, SlotGrammar> = new Map([
  ['时限', limit],
  ['号码', digitRun('number', 3, 20)],
  ['工号', digitRun('agent', 2, 6)],
  ['单号', digitRun('ticket', 4, 16)],
  ['日期', date],
  ['金额', amount],
  ['时段', oneOf('daypart', ['早上好', '上午好', '中午好', '下午好', '晚上好', '早上', '上午', '中午', '下午', '晚上'])],
  ['称谓', oneOf('title', ['先生', '女士', '小姐', '同志', '老师', '师傅', '经理', '总'])],
  ['事由', free('matterSlot', 2, 16)],
  ['机构', free('organisation', 2, 12)],
  ['部门', free('department', 2, 8)],
  ['同事', free('colleague', 2, 8)],
  ['姓名', free('name', 2, 4)],
  ['姓氏', free('surname', 1, 2)],
  ['要点', free('point', 2, 30)],
  ['渠道', free('channel', 2, 8)],
  ['方案', free('plan', 2, 12)],
  ['语种', free('lang', 2, 4)],
]);

const doubleSurnames = new Set([
  '欧阳',
  '司马',
  '上官',
  '诸葛',
  '司徒',
  '东方',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '夏侯',
  '端木',
  '南宫',
]);
const goesOn = ['好吗', '可以', '行吗', '行么', '您', '请'];

/** Where a free slot at the end of a variant stops: at a clause mark, where the sentence goes on, or at its longest. */
export function freeSlotEnd(slot: Extract<SlotGrammar, { kind: 'free' }>, { text, clause }: NormalText, at: number): number | undefined {
  if (slot.id === 'surname') return at >= text.length ? undefined : at + (doubleSurnames.has(text.slice(at, at + 2)) ? 2 : 1);
  let end = at;
  while (end < text.length && end - at < slot.longest) {
    const stops = end > at && (clause[end] === 1 || goesOn.some((word) => text.startsWith(word, end)));
    if (stops && end - at >= slot.shortest) break;
    if (clause[end] === 1 && end > at) break;
    end++;
  }
  return end - at >= slot.shortest ? end : undefined;
}
