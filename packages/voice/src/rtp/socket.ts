import type dgram from 'node:dgram';
import { isIP } from 'node:net';
import { type Endpoint, Latch } from './latch.ts';
import { emptyRtpHeader, isRtcp, type RtpHeader, readRtp } from './packet.ts';

export type RtpReceiver = (packet: Buffer, header: RtpHeader, now: number) => void;

/**
 * The UDP side of one SIP leg. The receiver owns the packet it is given; the header is reused for the next one.
 * As soon as only one source may be admitted, the socket is connected to it: a fifth less CPU for each packet, and the
 * kernel drops what strangers send. While the source is silent it is not, because its stream may come from elsewhere.
 */
export class RtpSocket {
  readonly port: number;
  private readonly socket: dgram.Socket;
  private readonly latch = new Latch();
  private readonly header = emptyRtpHeader();
  private readonly windowMs: number;
  private readonly family: 4 | 6;
  private receiver: RtpReceiver | undefined;
  private reports: ((packet: Buffer) => void) | undefined;
  private destination: Endpoint | undefined;
  private connected = false;
  private mayConnect = true;
  private closed = false;

  /** `windowMs`: how long after each announcement an unexpected source may still be taken as the far end. */
  constructor(socket: dgram.Socket, windowMs: number) {
    this.socket = socket;
    this.windowMs = windowMs;
    const bound = socket.address();
    this.port = bound.port;
    this.family = isIP(bound.address) === 6 ? 6 : 4;
    socket.on('message', (packet, source) => this.take(packet, source.address, source.port));
    // An ICMP refusal of a far end that is gone must not end the process; the media timeout tells it.
    socket.on('error', () => {});
  }

  /** The far end's address from its SDP. False, and nothing changes, for what this socket cannot reach (another IP version). */
  announce(remote: Endpoint): boolean {
    if (isIP(remote.address) !== this.family || !(remote.port > 0 && remote.port < 65536)) return false;
    this.disconnect();
    this.mayConnect = true;
    this.latch.announce(remote, performance.now(), this.windowMs);
    this.destination = remote;
    return true;
  }

  /** Call on every tick, `now` in ms of `performance.now()`: hears other sources again once the far end has fallen silent. */
  tick(now: number): void {
    if (this.connected && this.latch.mayBeElsewhere(now)) this.disconnect();
  }

  onPacket(receiver: RtpReceiver): void {
    this.receiver = receiver;
  }

  /** Reports that come on the audio's port (RFC 5761), from where the audio comes. */
  onReport(receiver: (packet: Buffer) => void): void {
    this.reports = receiver;
  }

  /** Where audio is sent: the source that was taken, else what SDP announced. */
  get remote(): Endpoint | undefined {
    return this.destination;
  }

  /** The caller must not touch the packet again. */
  send(packet: Buffer): void {
    if (this.closed) return;
    // Without a callback, which would cost a turn of the loop: a packet that cannot be sent is a lost one.
    if (this.connected) this.socket.send(packet);
    else if (this.destination !== undefined) this.socket.send(packet, this.destination.port, this.destination.address);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.receiver = undefined;
    this.reports = undefined;
    this.socket.close();
  }

  private take(packet: Buffer, address: string, port: number): void {
    const header = this.header;
    if (this.receiver === undefined) return;
    if (!readRtp(packet, header)) {
      const from = this.destination;
      if (isRtcp(packet) && from?.port === port && from.address === address) this.reports?.(packet);
      return;
    }
    const now = performance.now();
    if (!this.latch.admit(address, port, header.ssrc, header.sequence, now)) return;
    const to = this.destination;
    if (to === undefined || to.port !== port || to.address !== address) this.destination = { address, port };
    if (!this.connected && this.mayConnect && this.latch.isSettled(now)) this.connect(port, address);
    this.receiver(packet, header, now);
  }

  private connect(port: number, address: string): void {
    try {
      // Done when it returns, because the pool's sockets look nothing up.
      this.socket.connect(port, address);
      this.socket.remoteAddress();
      this.connected = true;
    } catch {
      this.mayConnect = false;
    }
  }

  private disconnect(): void {
    if (!this.connected) return;
    this.connected = false;
    this.socket.disconnect();
  }
}
