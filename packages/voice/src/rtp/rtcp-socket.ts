import type dgram from 'node:dgram';
import type { Endpoint } from './latch.ts';

export type RtcpReceiver = (packet: Buffer) => void;

/**
 * The second port of a leg, for reports. Symmetric like its audio: what comes from the far end's address is taken, and
 * answered where it came from.
 */
export class RtcpSocket {
  private readonly socket: dgram.Socket;
  private readonly farAddress: () => string | undefined;
  private remote: Endpoint | undefined;

  /** `farAddress`: where the audio of the far end comes from; nobody else is believed. */
  constructor(socket: dgram.Socket, farAddress: () => string | undefined, receiver: RtcpReceiver) {
    this.socket = socket;
    this.farAddress = farAddress;
    socket.on('message', (packet, { address, port }) => {
      if (this.remote === undefined || address !== this.farAddress()) return;
      this.remote = { address, port };
      receiver(packet);
    });
    // The port of a far end that takes no reports answers by ICMP.
    socket.on('error', () => {});
  }

  /** The far end's port for reports from its SDP. */
  announce(remote: Endpoint): void {
    this.remote = remote;
  }

  send(packet: Buffer): void {
    if (this.remote !== undefined) this.socket.send(packet, this.remote.port, this.remote.address);
  }

  close(): void {
    this.remote = undefined;
    this.socket.close();
  }
}
