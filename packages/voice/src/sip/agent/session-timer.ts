/** Session timers (RFC 4028): we never ask for one, we honour what the far end asks. */

import { type Header, header, headerWords, type SipMessage } from '../message.ts';

/** The shortest interval that RFC 4028 §4 lets a server insist on, in seconds. */
export const MIN_INTERVAL_S = 90;
const MAX_INTERVAL_S = 86_400;

export interface SessionTimer {
  readonly intervalS: number;
  readonly refresher: 'us' | 'them';
}

/** What a request for a session asks: a timer, none, or one too short (422). */
export function timerAsked(request: SipMessage): SessionTimer | undefined | 'too-short' {
  if (!headerWords(request, 'supported').includes('timer') && !headerWords(request, 'require').includes('timer')) return undefined;
  const asked = read(request);
  if (asked === undefined) return undefined;
  if (asked.intervalS < MIN_INTERVAL_S) return 'too-short';
  return { intervalS: asked.intervalS, refresher: asked.refresher === 'uas' ? 'us' : 'them' };
}

/** What the 2xx to a request of ours decided. Nobody named = the server of the request refreshes (§7.2). */
export function timerDecided(response: SipMessage): SessionTimer | undefined {
  const decided = read(response);
  if (decided === undefined) return undefined;
  return { intervalS: decided.intervalS, refresher: decided.refresher === 'uac' ? 'us' : 'them' };
}

/** The fields of our 2xx to the request that asked for `timer`. */
export function timerFields(timer: SessionTimer | undefined): Header[] {
  if (timer === undefined) return [];
  const expires = { name: 'session-expires', value: `${timer.intervalS};refresher=${timer.refresher === 'us' ? 'uas' : 'uac'}` };
  return timer.refresher === 'them' ? [expires, { name: 'require', value: 'timer' }] : [expires];
}

/** When, in ms after the last refresh, an unrefreshed session is ended (§10): a third of the interval early, at most 32 s. */
export function expiryMs(timer: SessionTimer): number {
  return (timer.intervalS - Math.min(32, timer.intervalS / 3)) * 1000;
}

function read(message: SipMessage): { readonly intervalS: number; readonly refresher?: string } | undefined {
  const parts = /^(\d{1,9})\s*(?:;(.*))?$/.exec(header(message, 'session-expires') ?? '');
  if (!parts) return undefined;
  const refresher = /(?:^|;)\s*refresher\s*=\s*(uac|uas)/i.exec(parts[2] ?? '')?.[1]?.toLowerCase();
  const intervalS = Math.min(Number(parts[1]), MAX_INTERVAL_S);
  return refresher === undefined ? { intervalS } : { intervalS, refresher };
}
