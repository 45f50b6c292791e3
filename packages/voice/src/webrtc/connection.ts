import native from 'node-datachannel';
import { BROWSER_EVENT_PAYLOAD_TYPE, BROWSER_PAYLOAD_TYPE, offerForBrowser, withoutCandidates } from './session.ts';

export interface WebRtcSettings {
  /** Local address to listen on; absent = all interfaces. */
  readonly bindAddress?: string;
  /** The one UDP port that all browsers share; 0 = a port of its own for each connection. */
  readonly port: number;
  /** The address that browsers reach this machine at, where it is another one (port forwarding). */
  readonly announced?: string;
}

export type ConnectionState = 'connected' | 'lost';

/** What a browser leg needs of a connection; `openConnection` makes real ones. */
export interface BrowserConnection {
  /** Gathers addresses and gives the whole offer, candidates included. Rejects when the library refuses (port in use). */
  offer(): Promise<string>;
  /** Takes the answer. Returns what is wrong with it, or undefined; a connection that is lost meanwhile says so by its state. */
  accept(answer: string): string | undefined;
  send(packet: Buffer): void;
  /** No callback comes after this. */
  close(): void;
}

export interface ConnectionHandlers {
  /** A packet as it came off SRTP: RTP, or RTCP where the browser sends it on the same port. The receiver owns it. */
  packet(packet: Buffer): void;
  state(state: ConnectionState): void;
}

/** Host addresses are gathered in milliseconds; whoever waits longer waits for nothing. */
const GATHERING_MS = 3000;

/** The one medium of our offer. */
const AUDIO_MID = '0';

export type OpenConnection = (name: string, ssrc: number, handlers: ConnectionHandlers) => BrowserConnection;

/** Media by libdatachannel. INVARIANT callbacks never throw: the native layer ends the process over an exception. */
export function connectionOpener(settings: WebRtcSettings, bug: (error: unknown) => void): OpenConnection {
  return (name, ssrc, handlers) => new NativeConnection(settings, name, ssrc, handlers, bug);
}

class NativeConnection implements BrowserConnection {
  private readonly peer: native.PeerConnection;
  private readonly track: native.Track;
  private readonly announced: string | undefined;
  private readonly bug: (error: unknown) => void;
  private open = false;
  private closed = false;

  constructor(settings: WebRtcSettings, name: string, ssrc: number, handlers: ConnectionHandlers, bug: (error: unknown) => void) {
    this.announced = settings.announced;
    this.bug = bug;
    this.peer = new native.PeerConnection(name, {
      iceServers: [],
      disableAutoNegotiation: true,
      ...(settings.bindAddress === undefined ? {} : { bindAddress: settings.bindAddress }),
      ...(settings.port === 0 ? {} : { enableIceUdpMux: true, portRangeBegin: settings.port, portRangeEnd: settings.port }),
    });
    const audio = new native.Audio(AUDIO_MID, 'SendRecv');
    audio.addAudioCodec(BROWSER_PAYLOAD_TYPE, 'PCMA');
    audio.addAudioCodec(BROWSER_EVENT_PAYLOAD_TYPE, 'telephone-event');
    audio.addSSRC(ssrc, 'threerings', 'hotline', 'audio');
    this.track = this.peer.addTrack(audio);
    this.track.onMessage((packet) => this.guarded(() => handlers.packet(packet)));
    this.track.onOpen(() =>
      this.guarded(() => {
        this.open = true;
        handlers.state('connected');
      }),
    );
    this.peer.onStateChange((state) =>
      this.guarded(() => {
        // ICE may lose its path and find it again; the track opens only once.
        if (state === 'connected') this.open = this.track.isOpen();
        if (state !== 'disconnected' && state !== 'failed' && state !== 'closed') return;
        this.open = false;
        handlers.state('lost');
      }),
    );
  }

  offer(): Promise<string> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no addresses were gathered within ${GATHERING_MS} ms`)), GATHERING_MS);
      const finish = () => {
        clearTimeout(timer);
        const description = this.peer.localDescription();
        if (description === null) reject(new Error('no local description was made'));
        else resolve(offerForBrowser(description.sdp, this.announced));
      };
      this.peer.onGatheringStateChange((state) => this.guarded(() => state === 'complete' && finish()));
      try {
        this.peer.setLocalDescription('offer');
      } catch (error) {
        clearTimeout(timer);
        reject(error);
      }
    });
  }

  /**
   * Candidates follow the description: the library hands ICE the credentials before it notes the fingerprint, and with a path to
   * the browser its thread may finish the handshake in between and fail it for the missing fingerprint. The browser keeps its
   * side of this (`AnsweringPeer`); one that does not may lose the connection here, which is no fault of its answer.
   */
  accept(answer: string): string | undefined {
    const { description, candidates } = withoutCandidates(answer);
    try {
      this.peer.setRemoteDescription(description, 'answer');
    } catch (error) {
      return wordsOf(error);
    }
    try {
      for (const candidate of candidates) this.peer.addRemoteCandidate(candidate, AUDIO_MID);
      return undefined;
    } catch (error) {
      return ['failed', 'closed'].includes(this.peer.state()) ? undefined : wordsOf(error);
    }
  }

  send(packet: Buffer): void {
    if (this.open && !this.closed) this.guarded(() => this.track.sendMessageBinary(packet));
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.open = false;
    this.peer.close();
  }

  private guarded(action: () => void): void {
    if (this.closed) return;
    try {
      action();
    } catch (error) {
      this.bug(error);
    }
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
