import { setTimeout as sleep } from 'node:timers/promises';
import native from 'node-datachannel';

const gatheringMs = 3000;
const connectingMs = 10_000;

/** The WebRTC end of a call: answers offers as a browser does. */
export class TrafficBrowser {
  readonly #peer: native.PeerConnection;
  #track: native.Track | undefined;

  constructor(name: string, heard: (packet: Buffer) => void) {
    this.#peer = new native.PeerConnection(name, { iceServers: [], bindAddress: '127.0.0.1', disableAutoNegotiation: true });
    this.#peer.onTrack((track) => {
      this.#track = track;
      track.onMessage(heard);
    });
  }

  /** The whole answer, candidates included. */
  async answer(offer: string): Promise<string> {
    const gathered = new Promise<void>((resolve) =>
      this.#peer.onGatheringStateChange((state) => {
        if (state === 'complete') resolve();
      }),
    );
    this.#peer.setRemoteDescription(offer, 'offer');
    this.#peer.setLocalDescription('answer');
    await Promise.race([gathered, sleep(gatheringMs)]);
    const description = this.#peer.localDescription();
    if (description === null) throw new Error('the browser made no answer');
    return description.sdp;
  }

  async connected(): Promise<void> {
    const deadline = performance.now() + connectingMs;
    while (!this.#track?.isOpen()) {
      if (performance.now() > deadline) throw new Error(`a browser was not connected within ${connectingMs} ms`);
      await sleep(20);
    }
  }

  send(packet: Buffer): void {
    if (this.#track?.isOpen()) this.#track.sendMessageBinary(packet);
  }
}
