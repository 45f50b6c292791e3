import { bodyType, type SipRequest } from '../message.ts';

const DIGITS = '0123456789*#ABCD';
const DEFAULT_MS = 160;

/**
 * The digit of an INFO: `application/dtmf-relay` ("Signal=5", "Duration=160") or `application/dtmf` ("5"). `unsupported` for
 * another type (415); `none` for an empty body or a signal that is no digit (hook flash), which is answered 200.
 */
export function digitOf(info: SipRequest): { readonly digit: string; readonly durationMs: number } | 'none' | 'unsupported' {
  const type = bodyType(info);
  if (type === undefined) return 'none';
  const text = info.body.toString('utf8', 0, 256);
  if (type === 'application/dtmf') return known(text.trim(), DEFAULT_MS);
  if (type !== 'application/dtmf-relay') return 'unsupported';
  const signal = /^signal[ \t]*=[ \t]*(\S+)/im.exec(text)?.[1] ?? '';
  const duration = Number(/^duration[ \t]*=[ \t]*(\d{1,5})/im.exec(text)?.[1] ?? DEFAULT_MS);
  return known(signal, duration);
}

/** Some gateways write the event number of RFC 4733: 10 for the star, 11 for the pound sign. */
function known(signal: string, durationMs: number): { readonly digit: string; readonly durationMs: number } | 'none' {
  const digit = /^1[0-5]$/.test(signal) ? DIGITS.charAt(Number(signal)) : signal.toUpperCase();
  return digit.length === 1 && DIGITS.includes(digit) ? { digit, durationMs } : 'none';
}
