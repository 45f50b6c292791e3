/** The session description inside a message: alone, or a part of a multipart body (SIP-I trunks add an ISUP part). */

import { bodyType, header, type SipMessage } from './message.ts';

const MAX_PARTS = 16;

/** Undefined without a body; `unsupported` when there is one and no SDP in it. */
export function sdpIn(message: SipMessage): string | undefined | 'unsupported' {
  const type = bodyType(message);
  if (type === undefined) return undefined;
  const encoding = header(message, 'content-encoding')?.toLowerCase() ?? 'identity';
  if (encoding !== 'identity') return 'unsupported';
  // Without a Content-Type: RFC 3261 §7.4.1 demands one, INVITEs of old gateways lack it.
  if (type === 'application/sdp' || type === '') return message.body.toString('utf8');
  return type === 'multipart/mixed' || type === 'multipart/alternative' ? sdpPart(message) : 'unsupported';
}

function sdpPart(message: SipMessage): string | 'unsupported' {
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(header(message, 'content-type') ?? '');
  if (!boundary) return 'unsupported';
  const parts = `\r\n${message.body.toString('utf8')}`.split(`\r\n--${boundary[1] ?? boundary[2]}`, MAX_PARTS);
  for (const part of parts) {
    const blank = part.indexOf('\r\n\r\n');
    if (blank >= 0 && /^content-type[ \t]*:[ \t]*application\/sdp/im.test(part.slice(0, blank))) return part.slice(blank + 4);
  }
  return 'unsupported';
}
