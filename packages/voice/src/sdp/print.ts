import { isIPv6 } from 'node:net';
import type { MediaDescription, RtpMap, SessionDescription } from './description.ts';

/** Writes a session description in the order that RFC 8866 §5 demands, CRLF after each line. */
export function printSdp(session: SessionDescription): string {
  const { origin } = session;
  const lines = [
    'v=0',
    `o=${origin.username} ${origin.id} ${origin.version} ${typed(origin.address)}`,
    's=-',
    `c=${typed(origin.address)}`,
    't=0 0',
    ...session.media.flatMap((medium) => linesOf(medium, origin.address)),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function typed(address: string): string {
  return `IN ${isIPv6(address) ? 'IP6' : 'IP4'} ${address}`;
}

function linesOf(medium: MediaDescription, sessionAddress: string): string[] {
  const head = `m=${medium.kind} ${medium.port} ${medium.protocol} ${medium.formats.join(' ')}`;
  if (medium.port === 0) return [head];
  return [
    head,
    ...(medium.address === undefined || medium.address === sessionAddress ? [] : [`c=${typed(medium.address)}`]),
    ...[...medium.maps].flatMap(([type, map]) => mapLines(type, map)),
    ...(medium.ptimeMs === undefined ? [] : [`a=ptime:${medium.ptimeMs}`]),
    ...(medium.rtcpPort === undefined ? [] : [`a=rtcp:${medium.rtcpPort}`]),
    ...(medium.rtcpMux ? ['a=rtcp-mux'] : []),
    `a=${medium.direction}`,
  ];
}

function mapLines(type: number, map: RtpMap): string[] {
  const isEvent = map.encoding === 'TELEPHONE-EVENT';
  const name = isEvent ? 'telephone-event' : map.encoding;
  const line = `a=rtpmap:${type} ${name}/${map.clockRate}${map.channels > 1 ? `/${map.channels}` : ''}`;
  // RFC 4733 §2.4.1: 0–15 are the sixteen DTMF digits; flash (16) is accepted because desk phones send it.
  return isEvent ? [line, `a=fmtp:${type} 0-16`] : [line];
}
