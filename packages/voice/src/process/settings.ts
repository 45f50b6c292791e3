import type { PortRange } from '../rtp/ports.ts';
import type { PhoneSettings, TrunkSettings } from '../switch/telephony.ts';
import type { WebRtcSettings } from '../webrtc/connection.ts';

/** How a voice process is started. Written by the supervisor into a file of mode 0600, because trunks have passwords. */
export interface VoiceSettings {
  /** Unix socket of the control connection; its directory is made with mode 0700. At most 107 bytes. */
  readonly socket: string;
  /** How long calls outlive their last controller, ms. */
  readonly graceMs: number;
  readonly rtp: PortRange & { readonly announced?: string; readonly latchWindowMs?: number; readonly mediaTimeoutMs?: number };
  readonly webrtc: WebRtcSettings;
  /** Absent: no telephones, browsers only. */
  readonly sip?: SipSettings;
}

export interface SipSettings {
  readonly address: string;
  /** UDP and TCP; 0 = the system chooses. */
  readonly port: number;
  /** The address in Via and Contact, where peers know this machine by another one. */
  readonly announced?: string;
  readonly trunks: readonly TrunkSettings[];
  /** Telephones that may register; absent: none. */
  readonly phones?: PhoneSettings;
}

export const DEFAULT_LATCH_WINDOW_MS = 5000;
export const DEFAULT_MEDIA_TIMEOUT_MS = 60_000;
