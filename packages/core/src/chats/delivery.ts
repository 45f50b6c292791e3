import type { Instant } from '@threerings/norms/trace';
import type { ChatChannel } from './lifecycle.ts';
import type { Chat } from './state.ts';

/** What somebody else's channel lets a house send. */
export interface DeliveryRules {
  /** after the customer's newest message the house may write for so long, ms */
  readonly windowMs: number;
  /** and at most so many messages, each of at most so many bytes of UTF-8 */
  readonly mostMessages: number;
  readonly mostBytes: number;
  /** what it brings besides words, in the order in which it is tried: as what, by the type of its content, and how large, bytes */
  readonly files: readonly FileRule[];
}

interface FileRule {
  readonly as: 'image' | 'file';
  /** absent = any */
  readonly types?: readonly string[] | undefined;
  readonly mostBytes: number;
}

const hourMs = 3_600_000;
const megabyte = 1_048_576;
const photographs = ['image/png', 'image/jpeg'];

/**
 * The channels that are not the house's own. WeCom's `kf/send_msg` and the customer-service messages of WeChat service accounts:
 * 5 messages within 48 hours, 2048 bytes each; QQ bots: 5 replies to a message within 60 minutes, no length is stated. Files: WeCom's
 * 上传临时素材 (pictures 10 MB, others 20 MB), WeChat's customer-service messages know pictures alone, QQ's rich media are opened for pictures.
 */
const rules: Readonly<Partial<Record<ChatChannel, DeliveryRules>>> = {
  wecom: {
    ...{ windowMs: 48 * hourMs, mostMessages: 5, mostBytes: 2048 },
    files: [
      { as: 'image', types: photographs, mostBytes: 10 * megabyte },
      { as: 'file', mostBytes: 20 * megabyte },
    ],
  },
  wechat: {
    ...{ windowMs: 48 * hourMs, mostMessages: 5, mostBytes: 2048 },
    files: [{ as: 'image', types: [...photographs, 'image/gif'], mostBytes: 10 * megabyte }],
  },
  qq: {
    ...{ windowMs: hourMs, mostMessages: 5, mostBytes: 8192 },
    files: [{ as: 'image', types: photographs, mostBytes: 10 * megabyte }],
  },
};

/** The rules of a channel; undefined: the house delivers by itself and may write whenever it wants. */
export function deliveryRules(channel: string): DeliveryRules | undefined {
  return rules[channel as ChatChannel];
}

/** As what a channel brings a file of this content; undefined = not at all. The house's own pages take what is kept. */
export function fileKindOn(
  channel: string,
  { type, bytes }: { readonly type: string; readonly bytes: number },
): 'image' | 'file' | undefined {
  const rule = deliveryRules(channel);
  if (rule === undefined) return type.startsWith('image/') ? 'image' : 'file';
  return rule.files.find(({ types, mostBytes }) => bytes <= mostBytes && (types?.includes(type) ?? true))?.as;
}

/** Until when, and how many messages, the house may still write in this chat; undefined = without limit. */
export function windowOf(chat: Pick<Chat, 'channel' | 'customerAt' | 'partsSince'>): { until: Instant; left: number } | undefined {
  const rule = deliveryRules(chat.channel);
  if (rule === undefined) return undefined;
  return { until: chat.customerAt + rule.windowMs, left: Math.max(0, rule.mostMessages - chat.partsSince) };
}

/** Where a text is best cut, best first: after a line, a sentence, a clause, a word. */
const cuts = [/\n/g, /[。！？!?；;]/g, /[，,、：:]/g, /\s/g];
/** A part is at least this share of the longest one, or it is cut in mid-word. */
const shortest = 0.5;

/**
 * The text in parts of at most `mostBytes` bytes of UTF-8 (at least 16), cut where reading pauses and never inside a character as people
 * see it. Put together again they are the text.
 */
export function partsOf(text: string, mostBytes: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (bytesOf(rest) > mostBytes) {
    const head = headOf(rest, mostBytes);
    const cut = cutIn(head);
    parts.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...parts, rest];
}

function cutIn(head: string): number {
  for (const after of cuts) {
    const places = [...head.matchAll(after)].map(({ index }) => index + 1).filter((at) => at >= head.length * shortest);
    const last = places.at(-1);
    if (last !== undefined) return last;
  }
  return head.length;
}

/** Characters as people see them: flags, and what joiners, modifiers and marks hold together. */
const seen = /\p{RI}\p{RI}|[^\p{M}](?:\p{M}|\p{EMod}|\u200d[^\p{M}])*|\p{M}/gsu;

/** As much of the beginning as fits: whole characters, or code points where one character alone is too long. */
function headOf(text: string, mostBytes: number): string {
  const fitting = (pieces: Iterable<string>) => {
    let head = '';
    let bytes = 0;
    for (const piece of pieces) {
      bytes += bytesOf(piece);
      if (bytes > mostBytes) break;
      head += piece;
    }
    return head;
  };
  const pieces = function* () {
    for (const [piece] of text.matchAll(seen)) yield piece;
  };
  return fitting(pieces()) || fitting(text);
}

/** Bytes of UTF-8; a lone surrogate counts as its replacement does. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const point of text) {
    const code = point.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
