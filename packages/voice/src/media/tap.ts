import { connect, type Socket } from 'node:net';
import { FRAME_SAMPLES } from './g711.ts';
import type { Inbound } from './inbound.ts';
import { JitterBuffer } from './jitter-buffer.ts';
import { pcmBytes } from './pcm.ts';

/** 10 s of audio: a reader that is further behind is not live any more. */
const MAX_BEHIND_BYTES = 160_000;

/**
 * What one leg says, live, as 16-bit little-endian PCM on a Unix socket: 320 bytes every 20 ms, silence where there is none.
 * The socket is closed when the reader is 10 s behind; a reader that goes away ends the tap.
 */
export class Tap {
  private readonly socket: Socket;
  private readonly inbound: Inbound;
  private readonly buffer = new JitterBuffer();
  private readonly samples = new Int16Array(FRAME_SAMPLES);
  private open = true;

  private constructor(socket: Socket, inbound: Inbound) {
    this.socket = socket;
    this.inbound = inbound;
    inbound.listen(this.buffer);
    socket.on('error', () => {});
    socket.once('close', () => this.close());
  }

  /** Undefined when nobody listens at `path`. */
  static open(path: string, inbound: Inbound): Promise<Tap | undefined> {
    return new Promise((resolve) => {
      const socket = connect(path);
      socket.once('error', () => resolve(undefined));
      socket.once('connect', () => {
        socket.removeAllListeners('error');
        resolve(new Tap(socket, inbound));
      });
    });
  }

  tick(): void {
    if (!this.open) return;
    if (this.socket.writableLength > MAX_BEHIND_BYTES) {
      this.close();
      return;
    }
    this.buffer.pull(this.samples);
    this.socket.write(pcmBytes(this.samples));
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.inbound.unlisten(this.buffer);
    this.socket.end();
    // A reader that reads nothing more would keep the socket for ever.
    setTimeout(() => this.socket.destroy(), 1000).unref();
  }
}
