/**
 * Offer and answer (RFC 3264) for one G.711 audio stream with telephone-event. Whatever else a peer offers is refused
 * medium by medium (port 0); a peer without any audio that we speak is refused whole with `media.unsupported` (488).
 */

import { isIP } from 'node:net';
import type { Direction, MediaDescription, RtpMap, SdpRefusal, SessionDescription } from './description.ts';
import { parseSdp } from './parse.ts';
import { printSdp } from './print.ts';

export type Codec = 'PCMA' | 'PCMU';

/** Our side of the stream. */
export interface LocalMedia {
  /** IPv4 or IPv6 address that the peer sends RTP to */
  readonly address: string;
  readonly port: number;
  /** o= line: digits; `sessionId` stays for the whole call, `version` grows by one with each description that differs. */
  readonly sessionId: string;
  readonly version: number;
  /** What we want; default `sendrecv`. An answer never takes more than the offer leaves. */
  readonly direction?: Direction;
  /** In the order of preference of our offers; default PCMA before PCMU. An answer follows the order of the offer. */
  readonly codecs?: readonly Codec[];
}

/** What both sides agreed on. */
export interface NegotiatedMedia {
  readonly remote: { readonly address: string; readonly port: number; readonly rtcpPort: number };
  readonly codec: Codec;
  readonly payloadType: number;
  /** Payload type of telephone-event/8000; absent: the peer does not take RFC 4733 digits. */
  readonly eventPayloadType?: number;
  /** What the peer wants to receive in one packet; 20 where it said nothing. */
  readonly ptimeMs: number;
  /** Our direction: `recvonly` = the peer sends and does not listen. */
  readonly direction: Direction;
  /** Reports travel on the port of the audio (RFC 5761): the peer offered it, or took our offer. */
  readonly rtcpMux: boolean;
  /** The peer has put us on hold: it does not listen (sendonly, inactive, or the address 0.0.0.0 of older phones). */
  readonly farHold: boolean;
}

const STATIC_TYPES: ReadonlyMap<number, RtpMap> = new Map([
  [0, { encoding: 'PCMU', clockRate: 8000, channels: 1 }],
  [8, { encoding: 'PCMA', clockRate: 8000, channels: 1 }],
]);
const EVENT_TYPE = 101;
const PROTOCOLS: ReadonlySet<string> = new Set(['RTP/AVP', 'RTP/AVPF']);
const DEFAULT_CODECS: readonly Codec[] = ['PCMA', 'PCMU'];
const MIRROR: Readonly<Record<Direction, Direction>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

/** Our offer: all codecs of ours and telephone-event on payload type 101. */
export function makeOffer(local: LocalMedia): string {
  const types = (local.codecs ?? DEFAULT_CODECS).map((codec) => (codec === 'PCMA' ? 8 : 0));
  return printSdp(describe(local, [audio(local, 'RTP/AVP', typeMaps(types, EVENT_TYPE), local.direction ?? 'sendrecv')]));
}

/** The answer to `offer`, and what was agreed; the answer has one m= line for each of the offer's. */
export function answerOffer(offer: string, local: LocalMedia): { readonly sdp: string; readonly media: NegotiatedMedia } | SdpRefusal {
  const session = parseSdp(offer);
  if ('refused' in session) return session;
  const chosen = choose(session, local);
  if ('refused' in chosen) return chosen;
  const { medium, media } = chosen;
  const maps = new Map<number, RtpMap>([[media.payloadType, { encoding: media.codec, clockRate: 8000, channels: 1 }]]);
  if (media.eventPayloadType !== undefined) maps.set(media.eventPayloadType, eventMap());
  const answers = session.media.map((each) =>
    each === medium ? { ...audio(local, each.protocol, maps, media.direction), rtcpMux: media.rtcpMux } : refusedMedium(each),
  );
  return { sdp: printSdp(describe(local, answers)), media };
}

/** What was agreed when `answer` came to our offer of `local`. */
export function settleAnswer(answer: string, local: LocalMedia): NegotiatedMedia | SdpRefusal {
  const session = parseSdp(answer);
  if ('refused' in session) return session;
  const chosen = choose(session, local);
  return 'refused' in chosen ? chosen : chosen.media;
}

function describe(local: LocalMedia, media: readonly MediaDescription[]): SessionDescription {
  return {
    origin: { username: '-', id: local.sessionId, version: String(local.version), address: local.address },
    media,
  };
}

function audio(local: LocalMedia, protocol: string, maps: ReadonlyMap<number, RtpMap>, direction: Direction): MediaDescription {
  const formats = [...maps.keys()].map(String);
  return { kind: 'audio', port: local.port, protocol, formats, address: local.address, direction, ptimeMs: 20, maps, rtcpMux: false };
}

function typeMaps(types: readonly number[], eventType: number): ReadonlyMap<number, RtpMap> {
  const maps = new Map(types.flatMap((type) => mapEntry(type)));
  return maps.set(eventType, eventMap());
}

function mapEntry(type: number): [number, RtpMap][] {
  const map = STATIC_TYPES.get(type);
  return map === undefined ? [] : [[type, map]];
}

function eventMap(): RtpMap {
  return { encoding: 'TELEPHONE-EVENT', clockRate: 8000, channels: 1 };
}

function isEventMap(map: RtpMap | undefined): boolean {
  return map?.encoding === 'TELEPHONE-EVENT' && map.clockRate === 8000;
}

function refusedMedium(medium: MediaDescription): MediaDescription {
  return { ...medium, port: 0, formats: medium.formats.slice(0, 1), maps: new Map() };
}

function choose(
  session: SessionDescription,
  local: LocalMedia,
): { readonly medium: MediaDescription; readonly media: NegotiatedMedia } | SdpRefusal {
  let reason = 'no audio medium is offered; PCMA or PCMU over RTP/AVP is needed';
  for (const medium of session.media) {
    if (medium.kind !== 'audio' || medium.port === 0) continue;
    const media = agree(medium, local);
    if (typeof media !== 'string') return { medium, media };
    reason = media;
  }
  return { refused: 'media.unsupported', status: 488, message: reason };
}

/** What this medium can carry between both sides, or why it cannot. */
function agree(medium: MediaDescription, local: LocalMedia): NegotiatedMedia | string {
  if (!PROTOCOLS.has(medium.protocol)) return `audio over ${medium.protocol} is offered; RTP/AVP is needed`;
  const codec = codecOf(medium, local.codecs ?? DEFAULT_CODECS);
  if (codec === undefined) return `none of the formats ${medium.formats.join(' ')} is PCMA or PCMU at 8000 Hz`;
  const address = medium.address;
  if (address === undefined || isIP(address) === 0) return 'the audio medium has no c= line with an IP address';
  if (isGroupAddress(address)) return `audio to the group address ${address} is not sent`;
  const muted = address === '0.0.0.0' || address === '::';
  const offered = muted ? without(medium.direction, 'recv') : medium.direction;
  const eventType = medium.formats.map(Number).find((type) => isEventMap(medium.maps.get(type)));
  return {
    remote: { address, port: medium.port, rtcpPort: medium.rtcpPort ?? medium.port + 1 },
    codec: codec.codec,
    payloadType: codec.type,
    ...(eventType === undefined ? {} : { eventPayloadType: eventType }),
    ptimeMs: medium.ptimeMs ?? 20,
    direction: intersect(MIRROR[offered], local.direction ?? 'sendrecv'),
    rtcpMux: medium.rtcpMux,
    farHold: !receives(offered),
  };
}

function codecOf(medium: MediaDescription, ours: readonly Codec[]): { codec: Codec; type: number } | undefined {
  for (const format of medium.formats) {
    const type = Number(format);
    const map = medium.maps.get(type) ?? STATIC_TYPES.get(type);
    const codec = ours.find((each) => each === map?.encoding);
    if (codec !== undefined && map?.clockRate === 8000 && map.channels === 1) return { codec, type };
  }
  return undefined;
}

/** Multicast or broadcast: an offer must not turn us into a sender to a whole network (RFC 4475 §3.3.10 for Via). */
function isGroupAddress(address: string): boolean {
  if (isIP(address) === 6) return /^ff/i.test(address);
  const first = Number.parseInt(address, 10);
  return first >= 224;
}

function without(direction: Direction, half: 'send' | 'recv'): Direction {
  return intersect(direction, half === 'recv' ? 'sendonly' : 'recvonly');
}

function intersect(a: Direction, b: Direction): Direction {
  const send = sends(a) && sends(b);
  const receive = receives(a) && receives(b);
  if (send) return receive ? 'sendrecv' : 'sendonly';
  return receive ? 'recvonly' : 'inactive';
}

function sends(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly';
}

function receives(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly';
}
