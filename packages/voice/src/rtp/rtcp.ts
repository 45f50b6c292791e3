/** RTCP (RFC 3550 §6): sender and receiver reports, read and written. Other packets of a compound are passed over. */

const SENDER_REPORT = 200;
const RECEIVER_REPORT = 201;
const SOURCE_DESCRIPTION = 202;
const CNAME = 1;
const BLOCK_BYTES = 24;
const SENDER_BYTES = 20;
/** Seconds from 1900, where NTP counts from, to 1970. */
const NTP_EPOCH_S = 2_208_988_800;
/** Compounds of telephones have some hundred bytes; what is longer is not read. */
const MAX_RTCP_BYTES = 1500;

/** What somebody received of one source. */
export interface ReceptionReport {
  readonly ssrc: number;
  /** 0 to 1, since the last report */
  readonly lossRatio: number;
  /** packets, since the beginning; negative where duplicates outnumber losses */
  readonly lost: number;
  /** extended highest sequence number, 32 bit */
  readonly highest: number;
  /** in samples of 8 kHz */
  readonly jitter: number;
  /** middle 32 bits of the NTP time of the last sender report received; 0 = none */
  readonly lastReport: number;
  /** since then, in 1/65536 s */
  readonly delay: number;
}

/** What a source sent so far. */
export interface SenderInfo {
  /** instant of the report, ms since 1970 */
  readonly at: number;
  /** RTP timestamp that belongs to this instant */
  readonly timestamp: number;
  readonly packets: number;
  /** payload only */
  readonly octets: number;
}

export interface RtcpReport {
  readonly ssrc: number;
  /** middle 32 bits of the NTP time of a sender report */
  readonly sentAt?: number;
  readonly received: readonly ReceptionReport[];
}

/** Milliseconds since 1970 → the middle 32 bits of an NTP timestamp, in 1/65536 s; wraps after 18 hours. */
export function ntpMiddle(ms: number): number {
  const [seconds, fraction] = ntpOf(ms);
  return (((seconds & 0xffff) << 16) | (fraction >>> 16)) >>> 0;
}

/** The reports of a compound packet; empty for anything that is none. Never throws. */
export function readRtcp(packet: Buffer): RtcpReport[] {
  const reports: RtcpReport[] = [];
  if (packet.length > MAX_RTCP_BYTES) return reports;
  for (let at = 0; at + 8 <= packet.length; ) {
    const first = packet[at] as number;
    const end = at + 4 + packet.readUInt16BE(at + 2) * 4;
    if (first >> 6 !== 2 || end > packet.length) return reports;
    const type = packet[at + 1];
    if (type === SENDER_REPORT || type === RECEIVER_REPORT) {
      const report = readReport(packet.subarray(at, end), type === SENDER_REPORT, first & 31);
      if (report !== undefined) reports.push(report);
    }
    at = end;
  }
  return reports;
}

function readReport(packet: Buffer, isSender: boolean, count: number): RtcpReport | undefined {
  const blocks = 8 + (isSender ? SENDER_BYTES : 0);
  if (blocks + count * BLOCK_BYTES > packet.length) return undefined;
  const received = Array.from({ length: count }, (_, i) => readBlock(packet, blocks + i * BLOCK_BYTES));
  const ssrc = packet.readUInt32BE(4);
  return isSender ? { ssrc, received, sentAt: packet.readUInt32BE(10) } : { ssrc, received };
}

function readBlock(packet: Buffer, at: number): ReceptionReport {
  return {
    ssrc: packet.readUInt32BE(at),
    lossRatio: packet.readUInt8(at + 4) / 256,
    lost: packet.readIntBE(at + 5, 3),
    highest: packet.readUInt32BE(at + 8),
    jitter: packet.readUInt32BE(at + 12),
    lastReport: packet.readUInt32BE(at + 16),
    delay: packet.readUInt32BE(at + 20),
  };
}

/** A compound packet as RFC 3550 §6.1 demands: a report, then the canonical name. `sender` absent: nothing was sent. */
export function writeRtcp(ssrc: number, name: string, sender: SenderInfo | undefined, received: readonly ReceptionReport[]): Buffer {
  const bytes = 8 + (sender === undefined ? 0 : SENDER_BYTES) + received.length * BLOCK_BYTES;
  const report = Buffer.alloc(bytes);
  report[0] = 0x80 | received.length;
  report[1] = sender === undefined ? RECEIVER_REPORT : SENDER_REPORT;
  report.writeUInt16BE(bytes / 4 - 1, 2);
  report.writeUInt32BE(ssrc, 4);
  if (sender !== undefined) writeSender(report, sender);
  received.forEach((block, i) => {
    writeBlock(report, bytes - (received.length - i) * BLOCK_BYTES, block);
  });
  return Buffer.concat([report, description(ssrc, name)]);
}

function writeSender(report: Buffer, { at, timestamp, packets, octets }: SenderInfo): void {
  const [seconds, fraction] = ntpOf(at);
  report.writeUInt32BE(seconds, 8);
  report.writeUInt32BE(fraction, 12);
  report.writeUInt32BE(timestamp >>> 0, 16);
  report.writeUInt32BE(packets >>> 0, 20);
  report.writeUInt32BE(octets >>> 0, 24);
}

function writeBlock(report: Buffer, at: number, block: ReceptionReport): void {
  report.writeUInt32BE(block.ssrc >>> 0, at);
  report.writeUInt8(Math.min(255, Math.floor(block.lossRatio * 256)), at + 4);
  report.writeIntBE(Math.max(-0x800000, Math.min(0x7fffff, block.lost)), at + 5, 3);
  report.writeUInt32BE(block.highest >>> 0, at + 8);
  report.writeUInt32BE(Math.round(block.jitter) >>> 0, at + 12);
  report.writeUInt32BE(block.lastReport >>> 0, at + 16);
  report.writeUInt32BE(block.delay >>> 0, at + 20);
}

function description(ssrc: number, name: string): Buffer {
  const text = Buffer.from(name, 'utf8').subarray(0, 255);
  // The list of items ends with a zero octet and is filled up to whole words.
  const bytes = Math.ceil((8 + 2 + text.length + 1) / 4) * 4;
  const packet = Buffer.alloc(bytes);
  packet[0] = 0x81;
  packet[1] = SOURCE_DESCRIPTION;
  packet.writeUInt16BE(bytes / 4 - 1, 2);
  packet.writeUInt32BE(ssrc, 4);
  packet[8] = CNAME;
  packet[9] = text.length;
  text.copy(packet, 10);
  return packet;
}

function ntpOf(ms: number): readonly [seconds: number, fraction: number] {
  const seconds = Math.floor(ms / 1000);
  return [(seconds + NTP_EPOCH_S) >>> 0, Math.floor(((ms - seconds * 1000) / 1000) * 2 ** 32) >>> 0];
}
