import type { VoiceEvent } from '../port.ts';

export type LegEnding = Omit<Extract<VoiceEvent, { kind: 'leg-ended' }>, 'at' | 'kind' | 'leg'>;

const BUSY = 17;
const TEMPORARY_FAILURE = 41;
/** Asterisk's for a channel whose audio stopped (`rtp_timeout`) */
const NO_AUDIO = 44;

/** What Asterisk makes of a cause when it refuses an INVITE: the nearest status that chan_pjsip can send. */
const causeOfStatus: ReadonlyMap<number, number> = new Map([
  [404, 1],
  [408, 18],
  [480, 19],
  [403, 21],
  [603, 21],
  [410, 22],
  [484, 28],
  [486, BUSY],
  [600, BUSY],
  [488, 58],
  [503, 34],
]);

/** Q.850 → the status that a telephone network gives for it (RFC 3398 §8.2.6.1), for a dial that failed without one. */
const statusOfCause: ReadonlyMap<number, number> = new Map([
  [1, 404],
  [2, 404],
  [3, 404],
  [16, 480],
  [BUSY, 486],
  [18, 408],
  [19, 480],
  [20, 480],
  [21, 603],
  [22, 410],
  [27, 502],
  [28, 484],
  [34, 503],
  [38, 503],
  [TEMPORARY_FAILURE, 503],
  [42, 503],
  [58, 488],
]);

/** The Q.850 cause by which a call is refused with (about) this SIP status. */
export function causeOfRefusal(status: number): number {
  return causeOfStatus.get(status) ?? (status >= 500 ? TEMPORARY_FAILURE : 21);
}

/** How a leg ended that this controller did not end. `cause`: Q.850; `techCause`: the SIP status, where Asterisk tells it. */
export function farEnding(answered: boolean, dialled: boolean, cause: number | undefined, techCause: number | undefined): LegEnding {
  if (answered) return cause === NO_AUDIO ? { side: 'failure', cause: 'media-timeout' } : { side: 'far', cause: 'bye' };
  if (!dialled) return { side: 'far', cause: 'cancelled', status: 487 };
  const status = techCause !== undefined && techCause >= 400 && techCause <= 699 ? techCause : (statusOfCause.get(cause ?? 0) ?? 503);
  return { side: 'far', cause: 'refused', status };
}
