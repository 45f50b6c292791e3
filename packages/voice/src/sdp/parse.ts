/**
 * Reads a session description (RFC 8866). Tolerant where peers are known to be careless (order of lines, missing s= and
 * t=, bare LF), strict where a wrong guess would send audio to the wrong place (m= and c= lines).
 */

import { isIP } from 'node:net';
import type { Direction, MediaDescription, RtpMap, SdpRefusal, SessionDescription } from './description.ts';

/** No telephone needs more; a longer text is refused unread. */
const MAX_CHARACTERS = 32_768;
const MAX_LINES = 1_000;
const MAX_MEDIA = 16;
const MAX_FORMATS = 64;
const DIRECTIONS: ReadonlySet<string> = new Set(['sendrecv', 'sendonly', 'recvonly', 'inactive']);
const NO_ORIGIN = { username: '-', id: '0', version: '0', address: '' };

interface Line {
  readonly type: string;
  readonly value: string;
  readonly number: number;
}

/** What a block (the session, or one medium) says about address and direction. */
interface Block {
  address?: string;
  direction?: Direction;
}

interface MediumBlock extends Block {
  readonly kind: string;
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  readonly maps: Map<number, RtpMap>;
  ptimeMs?: number;
  rtcpPort?: number;
  rtcpMux: boolean;
}

/** Refuses text that is no SDP with `sdp.invalid`, naming the line; never throws. */
export function parseSdp(text: string): SessionDescription | SdpRefusal {
  if (text.length > MAX_CHARACTERS) return invalid(`SDP of ${text.length} characters; at most ${MAX_CHARACTERS} are read`);
  const lines = linesOf(text);
  if (lines.length > MAX_LINES) return invalid(`SDP of ${lines.length} lines; at most ${MAX_LINES} are read`);
  const first = lines[0];
  if (first?.type !== 'v' || first.value !== '0') return invalid('an SDP begins with v=0');
  let origin = NO_ORIGIN;
  const session: Block = {};
  const media: MediumBlock[] = [];
  for (const line of lines) {
    if (line.type === 'o') origin = originOf(line.value);
    if (line.type === 'm') {
      const medium = mediumOf(line.value);
      if (medium === undefined) return invalid(`line ${line.number}: an m= line is "kind port protocol formats"`);
      if (media.push(medium) > MAX_MEDIA) return invalid(`more than ${MAX_MEDIA} m= lines`);
    }
    if (line.type === 'c') {
      const address = addressOf(line.value);
      if (address === undefined) return invalid(`line ${line.number}: a c= line is "IN IP4 address" or "IN IP6 address"`);
      (media.at(-1) ?? session).address = address;
    }
    if (line.type === 'a') readAttribute(line.value, media.at(-1), session);
  }
  return Object.freeze({ origin: Object.freeze(origin), media: Object.freeze(media.map((medium) => finish(medium, session))) });
}

function invalid(message: string): SdpRefusal {
  return { refused: 'sdp.invalid', status: 400, message };
}

function linesOf(text: string): Line[] {
  return text
    .split(/\r?\n|\r/)
    .map((line, index) => ({ type: line.slice(0, 1), value: line.slice(2).trimEnd(), mark: line.slice(1, 2), number: index + 1 }))
    .filter((line) => line.mark === '=');
}

function originOf(value: string): SessionDescription['origin'] {
  const [username = '-', id = '0', version = '0', , , address = ''] = value.split(' ');
  return { username, id, version, address };
}

function mediumOf(value: string): MediumBlock | undefined {
  const parts = /^([A-Za-z0-9.+-]+) +(\d{1,5})(?:\/\d{1,5})? +([A-Za-z0-9/.+-]+) +(\S.*)$/.exec(value);
  if (!parts) return undefined;
  const [, kind = '', portText = '', protocol = '', formatText = ''] = parts;
  const port = Number(portText);
  const formats = formatText.split(/ +/);
  if (port > 65_535 || formats.length > MAX_FORMATS) return undefined;
  return { kind: kind.toLowerCase(), port, protocol, formats, maps: new Map(), rtcpMux: false };
}

/** A TTL or a count after a slash belongs to multicast and is dropped. Names are kept: whoever needs an address refuses them. */
function addressOf(value: string): string | undefined {
  const parts = /^IN +(IP4|IP6) +([^\s/]+)/.exec(value);
  const [, family, address] = parts ?? [];
  if (address === undefined) return undefined;
  const version = isIP(address);
  if (version === 0) return /^[A-Za-z0-9.-]+$/.test(address) ? address : undefined;
  return version === (family === 'IP6' ? 6 : 4) ? address : undefined;
}

function readAttribute(value: string, medium: MediumBlock | undefined, session: Block): void {
  const colon = value.indexOf(':');
  const name = colon < 0 ? value : value.slice(0, colon);
  const rest = colon < 0 ? '' : value.slice(colon + 1).trim();
  if (isDirection(name)) (medium ?? session).direction = name;
  if (medium === undefined) return;
  switch (name) {
    case 'rtpmap':
      readMap(rest, medium.maps);
      return;
    case 'ptime': {
      const ptime = Number.parseInt(rest, 10);
      if (ptime >= 1 && ptime <= 1000) medium.ptimeMs = ptime;
      return;
    }
    case 'rtcp': {
      const port = Number.parseInt(rest, 10);
      if (port >= 1 && port <= 65_535) medium.rtcpPort = port;
      return;
    }
    case 'rtcp-mux':
      medium.rtcpMux = true;
      return;
    default: // attributes of ICE, DTLS, fmtp and whatever comes: not needed to talk G.711
  }
}

function isDirection(name: string): name is Direction {
  return DIRECTIONS.has(name);
}

function readMap(value: string, maps: Map<number, RtpMap>): void {
  const parts = /^(\d{1,3}) +([A-Za-z0-9._-]+)\/(\d{1,6})(?:\/(\d{1,2}))?/.exec(value);
  if (!parts) return;
  const [, type = '', encoding = '', clockRate = '', channels = '1'] = parts;
  maps.set(Number(type), { encoding: encoding.toUpperCase(), clockRate: Number(clockRate), channels: Number(channels) });
}

function finish(medium: MediumBlock, session: Block): MediaDescription {
  const address = medium.address ?? session.address;
  return Object.freeze({
    kind: medium.kind,
    port: medium.port,
    protocol: medium.protocol,
    formats: Object.freeze(medium.formats),
    direction: medium.direction ?? session.direction ?? 'sendrecv',
    maps: medium.maps,
    rtcpMux: medium.rtcpMux,
    ...(address === undefined ? {} : { address }),
    ...(medium.ptimeMs === undefined ? {} : { ptimeMs: medium.ptimeMs }),
    ...(medium.rtcpPort === undefined ? {} : { rtcpPort: medium.rtcpPort }),
  });
}
