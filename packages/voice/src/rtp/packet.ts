/**
 * RTP packets (RFC 3550 §5.1), read without copying: one `RtpHeader` per leg is filled again for every packet, because
 * a relay handles a hundred packets per call and second.
 */

export const RTP_HEADER_BYTES = 12;
/** Larger than any 8 kHz packet with extension headers; what is longer is not telephone audio. */
export const MAX_RTP_BYTES = 1500;

export interface RtpHeader {
  payloadType: number;
  marker: boolean;
  /** 16 bit */
  sequence: number;
  /** 32 bit, 8 kHz samples */
  timestamp: number;
  ssrc: number;
  /** the payload is `packet[payloadStart … payloadEnd)` */
  payloadStart: number;
  payloadEnd: number;
}

export function emptyRtpHeader(): RtpHeader {
  return { payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0, payloadStart: 0, payloadEnd: 0 };
}

/** RTP and RTCP on one port are told apart by the second byte (RFC 5761 §4). */
export function isRtcp(packet: Uint8Array): boolean {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
}

/** Fills `header` and returns true, or returns false for anything that is no RTP packet with a payload. */
export function readRtp(packet: Buffer, header: RtpHeader): boolean {
  const length = packet.length;
  if (length <= RTP_HEADER_BYTES || length > MAX_RTP_BYTES) return false;
  const first = packet[0] as number;
  if (first >> 6 !== 2 || isRtcp(packet)) return false;
  let start = RTP_HEADER_BYTES + (first & 15) * 4;
  if (first & 0x10) {
    if (start + 4 > length) return false;
    start += 4 + packet.readUInt16BE(start + 2) * 4;
  }
  const end = first & 0x20 ? length - (packet[length - 1] as number) : length;
  if (start >= end) return false;
  const second = packet[1] as number;
  header.payloadType = second & 127;
  header.marker = second > 127;
  header.sequence = ((packet[2] as number) << 8) | (packet[3] as number);
  header.timestamp = packet.readUInt32BE(4);
  header.ssrc = packet.readUInt32BE(8);
  header.payloadStart = start;
  header.payloadEnd = end;
  return true;
}

/** Writes the fixed header at the start of `packet`: version 2, no padding, no extension, no contributing sources. */
export function writeRtpHeader(
  packet: Buffer,
  payloadType: number,
  marker: boolean,
  sequence: number,
  timestamp: number,
  ssrc: number,
): void {
  packet[0] = 0x80;
  packet[1] = marker ? payloadType | 0x80 : payloadType;
  packet[2] = (sequence >> 8) & 255;
  packet[3] = sequence & 255;
  packet.writeUInt32BE(timestamp >>> 0, 4);
  packet.writeUInt32BE(ssrc >>> 0, 8);
}
