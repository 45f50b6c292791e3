import { createHmac, timingSafeEqual } from 'node:crypto';

/** Longer than any call: a page that is reloaded, or a server that was restarted, finds its call again. */
const lifeMs = 4 * 3_600_000;

/** Says which call a web caller's page may speak for. Nothing is stored: it holds across a restart of the server. */
export function callerToken(key: Buffer, call: string, now: number): string {
  const claim = `${call}.${now + lifeMs}`;
  return `${claim}.${macOf(key, claim)}`;
}

/** The call that a token speaks for, or undefined if it is forged or expired. */
export function callOfToken(key: Buffer, token: string, now: number): string | undefined {
  const [, claim, call, until, mac] = /^(([0-9a-f-]{36})\.(\d{13}))\.([\w-]{43})$/.exec(token) ?? [];
  if (claim === undefined || mac === undefined || Number(until) <= now) return undefined;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(macOf(key, claim))) ? call : undefined;
}

function macOf(key: Buffer, claim: string): string {
  return createHmac('sha256', key).update(claim).digest('base64url');
}
