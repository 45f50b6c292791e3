import { afterEach, expect, it, vi } from 'vitest';
import { AnsweringPeer } from './answering-peer.ts';

/** What a connection of the browser is told. */
class TellingPeer {
  static readonly told: string[] = [];
  readonly iceGatheringState = 'complete';
  readonly localDescription = { sdp: 'v=0' };
  async setRemoteDescription({ sdp }: { sdp: string }) {
    TellingPeer.told.push(sdp);
  }
  addTrack() {}
  async createAnswer() {
    return {};
  }
  async setLocalDescription() {}
  async addIceCandidate({ candidate }: { candidate: string }) {
    TellingPeer.told.push(candidate);
  }
  close() {}
}

afterEach(() => void vi.unstubAllGlobals());

it('looks for a path to the server only when the answer to the newest offer was taken', async () => {
  vi.stubGlobal('RTCPeerConnection', TellingPeer);
  const peer = new AnsweringPeer({ onSound() {}, onConnected() {}, onLost() {} });
  const voice = { getAudioTracks: () => [] } as unknown as MediaStream;
  const offer = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 8\r\na=candidate:1 1 UDP 1 192.0.2.1 9 typ host\r\na=end-of-candidates\r\na=mid:0\r\n';
  const bare = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 8\r\na=mid:0\r\n';
  await peer.answer('a#1', offer, voice);
  await peer.answer('a#2', offer, voice);
  peer.accepted('a#1');
  expect(TellingPeer.told).toEqual([bare, bare]);
  peer.accepted('a#2');
  peer.accepted('a#2');
  expect(TellingPeer.told).toEqual([bare, bare, 'candidate:1 1 UDP 1 192.0.2.1 9 typ host']);
  peer.close();
});
