/** Candidates do not trickle over our wire: an answer waits for its own at most this long. */
const gatherMs = 2000;
/** An answer that nobody took within this time is worth nothing. */
const takenMs = 10_000;
/** `disconnected` often heals by itself within this time. */
const healMs = 3000;

export interface PeerHandlers {
  readonly onSound: (stream: MediaStream) => void;
  readonly onConnected: () => void;
  /** the connection is gone and will not come back: ask for a new one */
  readonly onLost: () => void;
}

/**
 * A WebRTC connection that the server offers and the browser answers; one connection at a time, a new offer replaces the old. It
 * looks for a path to the server only when its answer was taken: a server that hears it earlier may begin the handshake before
 * it knows the fingerprint, and lose the connection.
 */
export class AnsweringPeer {
  readonly #handlers: PeerHandlers;
  #peer: RTCPeerConnection | undefined;
  #healing: ReturnType<typeof setTimeout> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** what was offered last, and its candidates until the answer was taken */
  #offered: { readonly connection: string; readonly candidates: readonly RTCIceCandidateInit[] } | undefined;

  constructor(handlers: PeerHandlers) {
    this.#handlers = handlers;
  }

  get connected(): boolean {
    return this.#peer?.connectionState === 'connected';
  }

  /** Answers an offer with the given voice. Returns the SDP with all its candidates; throws on an SDP that cannot be used. */
  async answer(connection: string, offer: string, voice: MediaStream): Promise<string> {
    this.close();
    const peer = new RTCPeerConnection();
    this.#peer = peer;
    peer.ontrack = ({ streams, track }) => this.#handlers.onSound(streams[0] ?? new MediaStream([track]));
    peer.onconnectionstatechange = () => this.#follow(peer);
    const { sdp, candidates } = withoutCandidates(offer);
    this.#offered = { connection, candidates };
    await peer.setRemoteDescription({ type: 'offer', sdp });
    for (const track of voice.getAudioTracks()) peer.addTrack(track, voice);
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer);
    if (this.#peer === peer) this.#waiting = setTimeout(() => this.#handlers.onLost(), takenMs);
    return peer.localDescription?.sdp ?? '';
  }

  /** The server took the answer for this connection; an older one is none of ours. */
  accepted(connection: string): void {
    if (this.#offered?.connection !== connection) return;
    clearTimeout(this.#waiting);
    for (const candidate of this.#offered.candidates) void this.#peer?.addIceCandidate(candidate).catch(() => undefined);
    this.#offered = undefined;
  }

  close(): void {
    clearTimeout(this.#healing);
    clearTimeout(this.#waiting);
    const peer = this.#peer;
    this.#peer = undefined;
    if (peer === undefined) return;
    peer.onconnectionstatechange = null;
    peer.ontrack = null;
    peer.close();
  }

  #follow(peer: RTCPeerConnection): void {
    if (this.#peer !== peer) return;
    clearTimeout(this.#healing);
    if (peer.connectionState === 'connected') this.#handlers.onConnected();
    else if (peer.connectionState === 'failed' || peer.connectionState === 'closed') this.#handlers.onLost();
    else if (peer.connectionState === 'disconnected') this.#healing = setTimeout(() => this.#handlers.onLost(), healMs);
  }
}

function withoutCandidates(offer: string): { readonly sdp: string; readonly candidates: readonly RTCIceCandidateInit[] } {
  const lines = offer.split(/\r?\n/);
  return {
    sdp: lines.filter((line) => !/^a=(?:candidate:|end-of-candidates)/.test(line)).join('\r\n'),
    candidates: lines
      .filter((line) => line.startsWith('a=candidate:'))
      .map((line) => ({ candidate: line.slice('a='.length), sdpMLineIndex: 0 })),
  };
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, gatherMs);
    peer.onicegatheringstatechange = () => {
      if (peer.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    };
  });
}
