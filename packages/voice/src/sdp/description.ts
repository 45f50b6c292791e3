/** What of a session description (RFC 8866) a telephone needs. Frozen data; text is parsed in `parse.ts`, written in `print.ts`. */

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

export interface SessionDescription {
  readonly origin: { readonly username: string; readonly id: string; readonly version: string; readonly address: string };
  /** One entry per m= line, in order: an answer must have the same number. */
  readonly media: readonly MediaDescription[];
}

export interface MediaDescription {
  /** `audio`, `video`, `image`, … */
  readonly kind: string;
  /** 0 = refused or switched off */
  readonly port: number;
  /** `RTP/AVP`, `RTP/SAVP`, `udptl`, … */
  readonly protocol: string;
  /** Payload types or other formats, in the order of preference. */
  readonly formats: readonly string[];
  /** From the c= line of the medium, else of the session; IPv4 or IPv6; absent = none was given. */
  readonly address?: string;
  readonly direction: Direction;
  readonly ptimeMs?: number;
  /** From a=rtpmap, by payload type. */
  readonly maps: ReadonlyMap<number, RtpMap>;
  /** a=rtcp: port, where it is not the next one. */
  readonly rtcpPort?: number;
  readonly rtcpMux: boolean;
}

export interface RtpMap {
  /** Upper case, e.g. `PCMA`, `TELEPHONE-EVENT` */
  readonly encoding: string;
  readonly clockRate: number;
  readonly channels: number;
}

export interface SdpRefusal {
  readonly refused: 'sdp.invalid' | 'media.unsupported';
  /** 400 for text that is no SDP, 488 for media that we cannot speak */
  readonly status: 400 | 488;
  readonly message: string;
}
