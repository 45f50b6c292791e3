import { slotMaximum } from '../phrases.ts';

/** A length of time as people say it: 半小时, 两分钟, 1个半小时, 一刻钟, 三个工作日 (digits are normalised already). */
export interface SpokenDuration {
  /** position after the last character, “内” included */
  readonly end: number;
  /** position after the unit, if 内, 之内 or 以内 follows it */
  readonly unitEnd?: number | undefined;
  /** undefined when it is longer than a slot may bind */
  readonly ms: number | undefined;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Longest name first: 分钟 before 分. A working day counts as a day here; the ledger works out the real due time. */
const units: readonly (readonly [name: string, ms: number])[] = [
  ['工作日', day],
  ['星期', 7 * day],
  ['礼拜', 7 * day],
  ['小时', hour],
  ['钟头', hour],
  ['分钟', minute],
  ['刻钟', 15 * minute],
  ['秒钟', second],
  ['周', 7 * day],
  ['天', day],
  ['分', minute],
  ['秒', second],
];

const within = ['之内', '以内', '内'];

/** Characters with which a spoken duration can end. */
export const durationEnds: string = [...units.map(([name]) => name), ...within].map((name) => name.charAt(name.length - 1)).join('');

const isDigit = (character: string) => character >= '0' && character <= '9' && character.length === 1;

/** 12 · 10以内 written 十 · 2十5 · 1百2十. Undefined when no number begins here. */
export function spokenNumber(text: string, at: number): { readonly end: number; readonly value: number } | undefined {
  let end = at;
  let total = 0;
  let group: number | undefined;
  for (; end < text.length; end++) {
    const character = text.charAt(end);
    const power = character === '十' ? 10 : character === '百' ? 100 : undefined;
    if (power !== undefined) {
      total += (group ?? 1) * power;
      group = undefined;
    } else if (isDigit(character) && (group ?? 0) < 1e9) group = (group ?? 0) * 10 + Number(character);
    else break;
  }
  return end === at ? undefined : { end, value: total + (group ?? 0) };
}

function unitAt(text: string, at: number): { readonly end: number; readonly ms: number } | undefined {
  const found = units.find(([name]) => text.startsWith(name, at));
  return found === undefined ? undefined : { end: at + found[0].length, ms: found[1] };
}

/** The duration that begins at this position, as long as possible, or undefined. */
export function spokenDuration(text: string, at: number): SpokenDuration | undefined {
  let position = at;
  let amount = 0;
  if (text.startsWith('半', at)) {
    amount = 0.5;
    position = at + 1;
  } else {
    const number = spokenNumber(text, at);
    if (number === undefined) return undefined;
    amount = number.value;
    position = number.end;
  }
  if (text.startsWith('个', position)) position++;
  if (amount >= 1 && text.startsWith('半', position)) {
    amount += 0.5;
    position++;
  }
  const unit = unitAt(text, position);
  if (unit === undefined) return undefined;
  const suffix = within.find((word) => text.startsWith(word, unit.end)) ?? '';
  const ms = Math.round(amount * unit.ms);
  return {
    end: unit.end + suffix.length,
    ...(suffix === '' ? {} : { unitEnd: unit.end }),
    ms: ms <= (slotMaximum['limit'] ?? ms) ? ms : undefined,
  };
}
