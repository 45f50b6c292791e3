import { closeSync, fdatasync, openSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { WAV_HEADER_BYTES, wavHeader } from './wav.ts';

const writeAt = promisify(write);
const sync = promisify(fdatasync);
const FORMAT = { channels: 2, sampleRate: 8000 };
/** 30 s of stereo: what may wait for a slow disk before the recording gives up. */
const MAX_WAITING_BYTES = 960_000;

/**
 * A stereo WAV file that grows. INVARIANT always a WAV: the header is written anew after each piece, so that a process
 * killed at any instant leaves a playable file; nothing that was flushed is lost.
 */
export class RecordingFile {
  private readonly fd: number;
  private bytes = 0;
  private waiting = 0;
  private writing: Promise<void> = Promise.resolve();
  /** Set when the disk failed or fell behind; nothing is written from then on. */
  failure: Error | undefined;

  /** Creates the file, mode 0600. Throws the system's error when it exists already or cannot be made. */
  constructor(file: string) {
    this.fd = openSync(file, 'wx', 0o600);
    this.enqueue(async () => this.writeHeader());
  }

  /** Adds interleaved samples (left, right, …); the buffer is the file's from then on. */
  append(piece: Buffer): void {
    this.waiting += piece.length;
    if (this.waiting > MAX_WAITING_BYTES) this.failure ??= new Error(`the disk is ${MAX_WAITING_BYTES} bytes behind`);
    this.enqueue(async () => {
      await writeAt(this.fd, piece, 0, piece.length, WAV_HEADER_BYTES + this.bytes);
      this.bytes += piece.length;
      this.waiting -= piece.length;
      await this.writeHeader();
    });
  }

  /** Resolves when everything is on the disk and the file is closed. */
  async close(): Promise<void> {
    this.enqueue(() => sync(this.fd));
    await this.writing;
    closeSync(this.fd);
  }

  private async writeHeader(): Promise<void> {
    await writeAt(this.fd, wavHeader(FORMAT, this.bytes), 0, WAV_HEADER_BYTES, 0);
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
