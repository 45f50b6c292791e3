/** Candidates do not trickle over our wire: an answer waits for its own at most this long. */
const gatherMs = 2000;
/** `disconnected` often heals by itself within this time. */
const healMs = 3000;

export interface PeerHandlers {
  readonly onSound: (stream: MediaStream) => void;
  readonly onConnected: () => void;
  /** the connection is gone and will not come back: ask for a new one */
  readonly onLost: () => void;
}

/** A WebRTC connection that the server offers and the browser answers; one connection at a time, a new offer replaces the old. */
export class AnsweringPeer {
  readonly #handlers: PeerHandlers;
  #peer: RTCPeerConnection | undefined;
  #healing: ReturnType<typeof setTimeout> | undefined;

  constructor(handlers: PeerHandlers) {
    this.#handlers = handlers;
  }

  get connected(): boolean {
    return this.#peer?.connectionState === 'connected';
  }

  /** Answers an offer with the given voice. Returns the SDP with all its candidates; throws on an SDP that cannot be used. */
  async answer(offer: string, voice: MediaStream): Promise<string> {
    this.close();
    const peer = new RTCPeerConnection();
    this.#peer = peer;
    peer.ontrack = ({ streams, track }) => this.#handlers.onSound(streams[0] ?? new MediaStream([track]));
    peer.onconnectionstatechange = () => this.#follow(peer);
    await peer.setRemoteDescription({ type: 'offer', sdp: offer });
    for (const track of voice.getAudioTracks()) peer.addTrack(track, voice);
    await peer.setLocalDescription(await peer.createAnswer());
    await gathered(peer);
    return peer.localDescription?.sdp ?? '';
  }

  close(): void {
    clearTimeout(this.#healing);
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
