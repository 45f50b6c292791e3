/**
 * The contract of the voice process: what a controller may ask of it and what it tells. Plain JSON, one message a line.
 *
 * The process owns signalling and media together. It knows legs, bridges, players and recordings; it knows nothing of
 * agents, queues or norms. The controller chooses every id that it creates, so that a command repeated after a reconnect
 * is recognised (INVARIANT same id, same thing: the second time it is acknowledged and does nothing).
 * A controller that connects is first told a `snapshot`, then every event after it. When the last controller is gone the
 * process keeps its calls for `graceMs`, then ends them and itself.
 */

/** `id` is the controller's; the answer carries it back. */
export interface CommandEnvelope {
  readonly id: string;
  readonly command: VoiceCommand;
}

export type VoiceCommand =
  /** SIP: 180 to an arrived leg */
  | { readonly kind: 'ring'; readonly leg: string }
  /** SIP: 183 with SDP: prompts before the answer, where the trunk wants it; `leg-early` follows */
  | { readonly kind: 'early-media'; readonly leg: string }
  /** SIP: 200 OK to an arrived leg */
  | { readonly kind: 'answer'; readonly leg: string }
  /** SIP: a final refusal, 400–699 */
  | { readonly kind: 'reject'; readonly leg: string; readonly status: number }
  /** SIP: INVITE to `uri` */
  | { readonly kind: 'dial'; readonly leg: string; readonly uri: string; readonly from?: string; readonly timeoutMs?: number }
  /** makes the leg of a browser, or gives an existing one a new connection (page reload); answered by an `offered` event */
  | { readonly kind: 'offer'; readonly leg: string }
  /** the browser's SDP answer to the newest offer of this leg; the browser uses the offer's candidates only when it was taken */
  | { readonly kind: 'accept-answer'; readonly leg: string; readonly connection: string; readonly sdp: string }
  | { readonly kind: 'hang-up'; readonly leg: string; readonly cause?: string }
  /**
   * exactly these legs hear each other; legs leave any bridge they were in. `aside` hears them all and is heard by those of
   * `heardBy` alone: by none to listen, by the agent to whisper
   */
  | { readonly kind: 'bridge'; readonly bridge: string; readonly legs: readonly string[]; readonly aside?: Aside }
  | { readonly kind: 'unbridge'; readonly bridge: string }
  /**
   * plays a sound to one leg, replacing what it hears from its bridge. `duck` = the leg's bridge stays audible in front
   * and the sound drops by 18 dB while somebody speaks (回应 over hold music)
   */
  | { readonly kind: 'play'; readonly player: string; readonly leg: string; readonly sound: string; readonly loop?: boolean }
  | { readonly kind: 'stop-player'; readonly player: string }
  /** while on, `from` is heard by `to` over the music that `to` hears, which ducks by 18 dB; `from` does not hear `to` */
  | { readonly kind: 'speak-over'; readonly from: string; readonly to: string; readonly on: boolean }
  /** the leg is not heard by anybody and not recorded (silence stands in the recording) */
  | { readonly kind: 'mute'; readonly leg: string; readonly on: boolean }
  | { readonly kind: 'send-digits'; readonly leg: string; readonly digits: string }
  /** stereo WAV, 8 kHz, 16 bit: `left` the caller, `right` the agent; `right` may be set later by `record-side` */
  | { readonly kind: 'record'; readonly recording: string; readonly left: string; readonly right?: string; readonly file: string }
  | { readonly kind: 'record-side'; readonly recording: string; readonly side: 'left' | 'right'; readonly leg?: string }
  | { readonly kind: 'pause-recording'; readonly recording: string; readonly on: boolean }
  | { readonly kind: 'stop-recording'; readonly recording: string }
  /** 16-bit little-endian PCM of one leg, 8 kHz, in 20 ms frames, to a Unix socket the controller listens on */
  | { readonly kind: 'tap'; readonly tap: string; readonly leg: string; readonly socket: string }
  | { readonly kind: 'untap'; readonly tap: string }
  /** sounds whose files cannot be read are named in a refusal; everything else of the command is taken */
  | { readonly kind: 'configure'; readonly graceMs?: number; readonly sounds?: Readonly<Record<string, string>> };

/** A leg that listens to a bridge, and whom it may speak to. */
export interface Aside {
  readonly leg: string;
  readonly heardBy: readonly string[];
}

export type CommandAnswer =
  | { readonly id: string; readonly ok: true }
  | { readonly id: string; readonly ok: false; readonly refused: VoiceRefusal; readonly message: string };

export type VoiceRefusal =
  | 'leg.unknown'
  | 'leg.state'
  | 'bridge.unknown'
  | 'player.unknown'
  | 'recording.unknown'
  | 'sound.unknown'
  | 'file.unwritable'
  | 'uri.invalid'
  | 'sdp.invalid'
  | 'media.unsupported'
  | 'no-ports'
  | 'command.invalid'
  /** the process ended, or was not to be reached, before it answered: nobody knows whether the command was carried out */
  | 'process.gone';

/** Every event says when it became true (`at`, ms since the epoch by the voice process's clock). */
export type VoiceEvent = { readonly at: number } & (
  | { readonly kind: 'snapshot'; readonly snapshot: VoiceSnapshot }
  /** INVITE received; 100 sent; nothing else until the controller says so */
  | {
      readonly kind: 'leg-arrived';
      readonly leg: string;
      /** user part of From / P-Asserted-Identity, as received; absent = hidden */
      readonly from?: string;
      readonly to: string;
      readonly trunk: string;
    }
  | { readonly kind: 'leg-ringing'; readonly leg: string }
  /** SIP: 183 with SDP was sent: the caller can hear, and is answered later */
  | { readonly kind: 'leg-early'; readonly leg: string }
  /** SIP: 200 and ACK; browser: first connection established */
  | { readonly kind: 'leg-answered'; readonly leg: string }
  /** browser legs: media path up or lost; the leg stays */
  | { readonly kind: 'leg-connected'; readonly leg: string; readonly connection: string }
  | { readonly kind: 'leg-disconnected'; readonly leg: string; readonly connection: string; readonly cause: string }
  | { readonly kind: 'offered'; readonly leg: string; readonly connection: string; readonly sdp: string }
  | {
      readonly kind: 'leg-ended';
      readonly leg: string;
      /** who ended it: the far end, this process on command, or a failure (media timeout, transport error, 408/503 in dialog) */
      readonly side: 'far' | 'near' | 'failure';
      readonly cause: string;
      /** SIP status of a failed dial */
      readonly status?: number;
    }
  | { readonly kind: 'digit'; readonly leg: string; readonly digit: string; readonly durationMs: number }
  /** the far end put us on hold (re-INVITE sendonly/inactive) or came back */
  | { readonly kind: 'far-hold'; readonly leg: string; readonly on: boolean }
  | {
      readonly kind: 'player-ended';
      readonly player: string;
      readonly leg: string;
      readonly playedMs: number;
      readonly interrupted: boolean;
    }
  | { readonly kind: 'recording-started'; readonly recording: string }
  | { readonly kind: 'recording-stopped'; readonly recording: string; readonly file: string; readonly durationMs: number }
  | { readonly kind: 'line-degraded'; readonly leg: string; readonly lossRatio: number; readonly jitterMs: number }
  | { readonly kind: 'line-restored'; readonly leg: string }
  /** at least every 500 ms while a leg is up: no event with a smaller `at` follows (the telephony watermark) */
  | { readonly kind: 'heartbeat' }
);

export interface LegSnapshot {
  readonly leg: string;
  readonly kind: 'sip-in' | 'sip-out' | 'browser';
  readonly state: 'arrived' | 'ringing' | 'answered';
  readonly from?: string;
  readonly to?: string;
  readonly since: number;
  readonly connected: boolean;
  /** SIP: early media was sent and the leg is not answered yet */
  readonly early?: true;
  readonly muted: boolean;
}

export interface VoiceSnapshot {
  readonly process: { readonly pid: number; readonly startedAt: number };
  readonly legs: readonly LegSnapshot[];
  readonly bridges: readonly { readonly bridge: string; readonly legs: readonly string[] }[];
  readonly players: readonly { readonly player: string; readonly leg: string; readonly sound: string }[];
  readonly recordings: readonly {
    readonly recording: string;
    readonly file: string;
    readonly startedAt: number;
    readonly paused: boolean;
  }[];
}

/** Implemented by the process client and by the fake of the tests; both pass the contract suite in `port-contract.ts`. */
export interface Voice {
  send(command: VoiceCommand): Promise<CommandAnswer>;
  /** Called for every event in order; the first one after each (re)connect is a snapshot. Returns how to stop listening. */
  listen(onEvent: (event: VoiceEvent) => void): () => void;
  close(): Promise<void>;
}
