/** Cuts a byte stream into messages by their Content-Length (RFC 3261 §18.3), in bounded memory and linear time. */

import { MAX_MESSAGE_BYTES } from './parse.ts';

export interface Frames {
  /** Whole messages, each in memory of its own. */
  readonly messages: readonly Buffer[];
  /** The peer sent the double line end of RFC 5626 §3.5.1 and waits for a single one. */
  readonly ping: boolean;
  /**
   * Where the next message begins cannot be known any more: the connection must be closed. A head that can still be
   * answered is the last of `messages`.
   */
  readonly broken?: string;
}

const BLANK_LINE = Buffer.from('\r\n\r\n');
const CR = 13;
const LF = 10;

export class StreamFramer {
  #buffer = Buffer.allocUnsafe(4_096);
  #length = 0;
  /** Bytes that were searched for the blank line already. */
  #scanned = 0;
  #broken = false;

  /** A message was begun and is not complete. */
  get pending(): boolean {
    return this.#length > 0;
  }

  push(chunk: Buffer): Frames {
    const messages: Buffer[] = [];
    let ping = false;
    let rest = chunk;
    // In pieces, so that a chunk of many messages does not make the buffer grow beyond one message.
    while (rest.length > 0 && !this.#broken) {
      const room = MAX_MESSAGE_BYTES - this.#length;
      this.#append(rest.subarray(0, room));
      rest = rest.subarray(room);
      const taken = this.#take();
      messages.push(...taken.messages);
      ping ||= taken.ping;
      if (taken.broken !== undefined) {
        this.#broken = true;
        return { messages, ping, broken: taken.broken };
      }
    }
    return { messages, ping };
  }

  #append(bytes: Buffer): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.min(MAX_MESSAGE_BYTES, Math.max(needed, this.#buffer.length * 2)));
      this.#buffer.copy(grown, 0, 0, this.#length);
      this.#buffer = grown;
    }
    bytes.copy(this.#buffer, this.#length);
    this.#length = needed;
  }

  #take(): Frames {
    const messages: Buffer[] = [];
    let start = 0;
    let ping = false;
    let broken: string | undefined;
    for (;;) {
      const begin = this.#skipLineEnds(start);
      ping ||= begin - start >= 4;
      if (begin !== start) this.#scanned = begin;
      start = begin;
      const next = this.#nextMessage(start);
      if (next === undefined) break;
      messages.push(Buffer.from(this.#buffer.subarray(start, next.end)));
      start = next.end;
      this.#scanned = start;
      broken = next.broken;
      if (broken !== undefined) break;
    }
    this.#drop(start);
    if (broken === undefined && this.#length >= MAX_MESSAGE_BYTES) broken = 'message too large';
    return { messages, ping, ...(broken === undefined ? {} : { broken }) };
  }

  #skipLineEnds(start: number): number {
    let at = start;
    while (at < this.#length && (this.#buffer[at] === CR || this.#buffer[at] === LF)) at += 1;
    return at;
  }

  /** Undefined while the message is not complete. */
  #nextMessage(start: number): { readonly end: number; readonly broken?: string } | undefined {
    const present = this.#buffer.subarray(0, this.#length);
    const blank = present.indexOf(BLANK_LINE, Math.max(start, this.#scanned - BLANK_LINE.length));
    if (blank < 0) {
      this.#scanned = Math.max(start, this.#length);
      return undefined;
    }
    const bodyStart = blank + BLANK_LINE.length;
    const head = present.toString('latin1', start, blank);
    if (!/^[^\r\n]*SIP\/2/i.test(head)) return { end: bodyStart, broken: 'not SIP' };
    const length = contentLength(head);
    if (length === undefined || bodyStart - start + length > MAX_MESSAGE_BYTES) return { end: bodyStart, broken: 'bad Content-Length' };
    if (bodyStart + length <= this.#length) return { end: bodyStart + length };
    this.#scanned = blank;
    return undefined;
  }

  #drop(count: number): void {
    this.#buffer.copy(this.#buffer, 0, count, this.#length);
    this.#length -= count;
    this.#scanned = Math.max(0, this.#scanned - count);
  }
}

/** 0 where the field is missing: peers omit it for messages without a body. Undefined when it is no number or said twice. */
function contentLength(head: string): number | undefined {
  const lines = head.match(/\r\n(?:content-length|l)[ \t]*:[^\r\n]*/gi) ?? [];
  const value = (lines[0] ?? ':0').split(':')[1]?.trim() ?? '';
  return lines.length <= 1 && /^\d{1,7}$/.test(value) ? Number(value) : undefined;
}
