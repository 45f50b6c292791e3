/**
 * What the engine itself must know of a hotline's events, beyond what norms say of them. Everything else of the vocabulary
 * is injected.
 */

/** Events that put a member of staff in charge of the caller. An answer counts only when a staff leg answers. */
export const chargeEvents: ReadonlySet<string> = new Set(['call.answered', 'chat.accepted', 'transfer.completed', 'chat.transferred']);

/** Events by which somebody takes a conversation over. */
export const takeoverEvents: ReadonlySet<string> = new Set(['transfer.accepted', 'transfer.completed', 'chat.transferred']);

/** What counts as an utterance: “within n utterances”, turns. */
export const utteranceEvents: ReadonlySet<string> = new Set(['speech.said', 'chat.sent', 'chat.received']);

export const said = 'speech.said';
export const levelReading = 'speech.level';
export const activityStarted = 'speech.activity-started';
export const activityEnded = 'speech.activity-ended';

export const gapStarted = 'source.gap-started';
export const gapEnded = 'source.gap-ended';

/** An agent's claim to have done a duty: `norm`, and `part` where only one part is claimed. Never evidence. */
export const ticked = 'duty.ticked';

/** A call is offered to a device, the device acknowledges by ringing, and the offer ends. Each names its `leg`. */
export const offeredToAgent = 'call.agent-offered';
export const rings = 'call.ringing';
export const offerEnds: ReadonlySet<string> = new Set(['call.no-answer', 'call.ring-stopped', 'call.declined', 'call.answered']);

/** Utterances older than this are not compared by 重复 (“repeats own words”), ms. */
export const repetitionReach = 60_000;
