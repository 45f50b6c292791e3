import { closeSync, fdatasync, openSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { WAV_HEADER_BYTES, wavHeader } from './wav.ts';

const writeAt = promisify(write);
const sync = promisify(fdatasync);
const FORMAT = { channels: 2, sampleRate: 8000 };
/** 30 s of stereo: what may wait for a slow disk before the recording gives up. */
const MAX_WAITING_BYTES = 960_000;

/** 10 s of stereo: how far the header may run ahead of the samples. Writing it with every piece would double the writes. */
const AHEAD_BYTES = 320_000;

/**
 * A stereo WAV file that grows. INVARIANT always a WAV: the header never claims less than there is, so that a process
 * killed at any instant leaves a playable file, and nothing that was flushed is lost. It may claim up to 10 s more, which
 * whoever plays it finds at the end of the file; the header of a closed file is exact.
 */
export class RecordingFile {
  private readonly fd: number;
  private bytes = 0;
  private claimed = 0;
  private waiting = 0;
  private writing: Promise<void> = Promise.resolve();
  /** Set when the disk failed or fell behind; nothing is written from then on. */
  failure: Error | undefined;

  /** Creates the file, mode 0600. Throws the system's error when it exists already or cannot be made. */
  constructor(file: string) {
    this.fd = openSync(file, 'wx', 0o600);
    this.enqueue(() => this.claim(AHEAD_BYTES));
  }

  /** Adds interleaved samples (left, right, …); the buffer is the file's from then on. */
  append(piece: Buffer): void {
    this.waiting += piece.length;
    if (this.waiting > MAX_WAITING_BYTES) this.failure ??= new Error(`the disk is ${MAX_WAITING_BYTES} bytes behind`);
    this.enqueue(async () => {
      if (this.bytes + piece.length > this.claimed) await this.claim(this.bytes + piece.length + AHEAD_BYTES);
      await writeAt(this.fd, piece, 0, piece.length, WAV_HEADER_BYTES + this.bytes);
      this.bytes += piece.length;
      this.waiting -= piece.length;
    });
  }

  /** Resolves when everything is on the disk and the file is closed. */
  async close(): Promise<void> {
    this.enqueue(() => this.claim(this.bytes));
    this.enqueue(() => sync(this.fd));
    await this.writing;
    closeSync(this.fd);
  }

  private async claim(bytes: number): Promise<void> {
    await writeAt(this.fd, wavHeader(FORMAT, bytes), 0, WAV_HEADER_BYTES, 0);
    this.claimed = bytes;
  }

  private enqueue(step: () => Promise<void>): void {
    this.writing = this.writing.then(async () => {
      if (this.failure !== undefined) return;
      try {
        await step();
      } catch (error) {
        this.failure = error instanceof Error ? error : new Error(String(error));
      }
    });
  }
}
