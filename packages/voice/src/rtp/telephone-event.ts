/** The payload of a telephone event (RFC 4733 §2.3): event, end bit, volume, duration in samples of 8 kHz. */

export const EVENT_BYTES = 4;
const DIGITS = '0123456789*#ABCD';

export interface TelephoneEvent {
  readonly digit: string;
  readonly end: boolean;
  /** samples since the event's timestamp */
  readonly duration: number;
}

/** Undefined for events that are no DTMF digit (16 = flash and above) and for short payloads. */
export function readTelephoneEvent(packet: Buffer, start: number, end: number): TelephoneEvent | undefined {
  if (end - start < EVENT_BYTES) return undefined;
  const digit = DIGITS[packet[start] as number];
  if (digit === undefined) return undefined;
  return { digit, end: (packet[start + 1] as number) > 127, duration: packet.readUInt16BE(start + 2) };
}

/** `volume` is −10 dBm0, what hardware phones send. `digit` must be one of 0–9 * # A–D. */
export function writeTelephoneEvent(packet: Buffer, start: number, event: TelephoneEvent): void {
  packet[start] = DIGITS.indexOf(event.digit);
  packet[start + 1] = (event.end ? 0x80 : 0) | 10;
  packet.writeUInt16BE(Math.min(event.duration, 65535), start + 2);
}

/** True when every character is a DTMF digit and there are 1 to 64 of them. */
export function areDigits(text: string): boolean {
  return text.length >= 1 && text.length <= 64 && [...text].every((digit) => DIGITS.includes(digit));
}
