import native from 'node-datachannel';
import { AudioPeer } from '../fake/audio-peer.ts';
import { withoutCandidates } from './session.ts';

/** A browser for tests: a WebRTC connection that answers our offers, says a tone and hears. */
export class LoopbackBrowser {
  readonly audio: AudioPeer;
  private readonly peer: native.PeerConnection;
  private track: native.Track | undefined;
  private held: readonly string[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly startedAt = performance.now();
  private spoken = 0;

  constructor(says: number) {
    this.audio = new AudioPeer({ says, ssrc: 0x2000 + says });
    this.peer = new native.PeerConnection('browser', { iceServers: [], bindAddress: '127.0.0.1', disableAutoNegotiation: true });
    this.peer.onTrack((track) => {
      this.track = track;
      track.onMessage((packet) => this.audio.hear(packet));
    });
    this.timer = setInterval(() => this.speak(), 5);
  }

  /** The whole answer to an offer, candidates included. Like a page it looks for no path before `accepted`. */
  async answer(offer: string): Promise<string> {
    const gathered = new Promise<void>((resolve) => {
      this.peer.onGatheringStateChange((state) => {
        if (state === 'complete') resolve();
      });
    });
    const { description: bare, candidates } = withoutCandidates(offer);
    this.held = candidates;
    this.peer.setRemoteDescription(bare, 'offer');
    this.peer.setLocalDescription('answer');
    await gathered;
    const description = this.peer.localDescription();
    if (description === null) throw new Error('the browser made no answer');
    return description.sdp;
  }

  /** The answer was taken. */
  accepted(): void {
    for (const candidate of this.held) this.peer.addRemoteCandidate(candidate, '0');
    this.held = [];
  }

  press(digit: string): void {
    for (const packet of this.audio.digitPackets(digit)) this.send(packet);
  }

  close(): void {
    clearInterval(this.timer);
    this.track = undefined;
    this.peer.close();
  }

  private speak(): void {
    const due = Math.floor((performance.now() - this.startedAt) / 20);
    for (; this.spoken < due; this.spoken++) this.send(this.audio.nextPacket());
  }

  private send(packet: Buffer): void {
    if (this.track?.isOpen()) this.track.sendMessageBinary(packet);
  }
}
