/** Newline-delimited JSON between the voice process and its controllers, bounded on both sides. */

import type { CommandAnswer, CommandEnvelope, VoiceEvent } from '../port.ts';

/** Controller → process. `snapshot` asks for the state again, for a listener that came later. */
export type ControllerLine = CommandEnvelope | { readonly snapshot: true };

/** Process → controller. */
export type ProcessLine = { readonly event: VoiceEvent } | { readonly answer: CommandAnswer };

/** A command holds one SDP at most; a snapshot grows with the calls. */
export const MAX_COMMAND_BYTES = 256 * 1024;
export const MAX_EVENT_BYTES = 16 * 1024 * 1024;

export function writeLine(line: ControllerLine | ProcessLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** Cuts a byte stream into lines. A line beyond the limit is reported once and skipped to its end. */
export class LineReader {
  private readonly limit: number;
  private readonly onLine: (line: string) => void;
  private readonly onTooLong: () => void;
  private pieces: Buffer[] = [];
  private length = 0;
  private skipping = false;

  constructor(limit: number, onLine: (line: string) => void, onTooLong: () => void) {
    this.limit = limit;
    this.onLine = onLine;
    this.onTooLong = onTooLong;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.add(chunk.subarray(start, end));
      this.finish();
      start = end + 1;
    }
    this.add(chunk.subarray(start));
  }

  private add(piece: Buffer): void {
    if (this.skipping || piece.length === 0) return;
    this.length += piece.length;
    if (this.length > this.limit) {
      this.skipping = true;
      this.pieces = [];
      this.onTooLong();
    } else this.pieces.push(piece);
  }

  private finish(): void {
    if (!this.skipping && this.length > 0) this.onLine(Buffer.concat(this.pieces).toString('utf8'));
    this.pieces = [];
    this.length = 0;
    this.skipping = false;
  }
}
