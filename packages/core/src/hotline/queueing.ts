import type { Instant } from '@threerings/norms/trace';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { admit, chosenQueue, overflowOf } from '../routing/admission.ts';
import { agentIn, expectedWait, isStaffedQueue, placeInQueue } from '../routing/choose.ts';
import { mainQueueOf, queueNamed } from '../routing/plan.ts';
import { fact } from '../timeline/decider.ts';
import { blockedWaitMs, endBlocked, isBlocked } from './blocked.ts';
import type { PromptName } from './effects.ts';
import { joinCallee } from './outbound.ts';
import type { Queueing } from './queueing-state.ts';
import { type Call, type Hotline, withCall } from './state.ts';
import type { Turn } from './turn.ts';
import { endMessage, messageEnds, offerOf, recordMessage } from './voicemail.ts';

/** The only menu that a hotline has. */
const menuName = 'main';
/** A menu whose prompt never ended is over so long after it began, ms. */
const longestMenuMs = 60_000;

/** Brings a caller who was offered into a queue, or into the menu first; without effect when the caller is there or beyond. */
export function queueCall(turn: Turn, call: Call): void {
  if (call.interaction.phase !== 'offered' || call.queueing.menu !== undefined || call.queueing.turnedAway !== undefined) return;
  const { plan } = turn.hotline;
  const { called, language, asksFor } = call.queueing;
  const chosen = chosenQueue(plan, { queue: call.interaction.queue, called, language });
  if (plan.menu === undefined || chosen !== undefined || asksFor !== undefined) enterQueue(turn, call, chosen);
  else {
    turn.record(call, [fact('call.menu-entered', turn.at, { menu: menuName })]);
    turn.announce(call.id, 'menu');
  }
}

/** A key pressed while the menu is open; other keys than those of the menu change nothing. */
export function choosesInMenu(turn: Turn, call: Call, key: string): void {
  const keys = turn.hotline.plan.menu?.keys ?? {};
  const option = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (option === undefined || call.queueing.menu === undefined) return;
  const left = turn.record(call, [fact('call.menu-left', turn.at, { menu: menuName, outcome: 'option', option })]);
  enterQueue(turn, left, option);
}

/** Brings the caller into this queue, or where it sends its callers now; `priority` absent = that of the queue. */
export function enterQueue(turn: Turn, call: Call, wanted: string | undefined, given?: number): void {
  const { queue, via, treatment } = admit({ ...turn.hotline, at: turn.at }, wanted);
  if (treatment === 'closed') {
    turnsAway(turn, call, 'closed');
    return;
  }
  const [first = queue, ...rest] = [...via, queue];
  let current = call;
  const enter = (
    kind: 'queue' | 'divert',
    entry: { readonly queue: string; readonly reason?: string | undefined; readonly prefers?: string | undefined },
  ) => {
    const priority = given ?? (queueNamed(turn.hotline.plan, entry.queue)?.priority || undefined);
    turn.decide(current, decideInteraction({ kind, ...entry, priority, at: turn.at }, current.interaction, turn.hotline.settings));
    current = turn.call(call.id) ?? current;
  };
  const preference = rest.length === 0 ? preferenceOf(turn.hotline, call.queueing) : {};
  const night = first === (wanted ?? mainQueueOf(turn.hotline.plan)) ? {} : { reason: 'night' };
  enter('queue', { queue: first, ...night, ...preference });
  for (const next of rest) enter('divert', { queue: next, reason: 'overflow' });
  if (treatment === 'full') turnsAway(turn, current, 'full');
}

function turnsAway(turn: Turn, call: Call, turnedAway: 'full' | 'closed'): void {
  turn.hotline = withCall(turn.hotline, { ...call, queueing: { ...call.queueing, turnedAway } });
  turn.announce(call.id, turnedAway === 'full' ? 'queue-full' : 'closed');
}

/** The agent asked for, who must be in the shift; else the first receiver of a caller who calls again. */
function preferenceOf({ router, settings }: Hotline, { asksFor, firstReceiver }: Queueing) {
  const asked = asksFor === undefined ? undefined : agentIn(router, asksFor);
  if (asked !== undefined && asked.state !== 'offline' && settings.namedWaitMs > 0) return { prefers: asked.agent, reason: 'named' };
  if (firstReceiver !== undefined && agentIn(router, firstReceiver) !== undefined)
    return { prefers: firstReceiver, reason: 'first-receiver' };
  return {};
}

/** What time alone brings about for a caller who is not yet answered. */
type QueueDue = 'message-over' | 'blocked-over' | 'menu-over' | 'named-over' | 'overflow' | 'place' | 'callback-offer';

/** The next of these, or undefined; what plays is listened to first. */
export function nextInQueue({ settings, plan }: Hotline, call: Call): { readonly at: Instant; readonly due: QueueDue } | undefined {
  const { interaction, queueing, playing } = call;
  const coming: { readonly at: Instant; readonly due: QueueDue }[] = [];
  const wordEnds = messageEnds({ plan }, call);
  if (wordEnds !== undefined) return { at: wordEnds, due: 'message-over' };
  const { blocked } = queueing;
  if (isBlocked(call)) {
    const over = blocked?.heard === undefined || playing !== undefined ? undefined : blocked.heard + blockedWaitMs;
    return over === undefined ? undefined : { at: over, due: 'blocked-over' };
  }
  const { menu, enteredAt, overflowTriedAt, placeToldAt, offersBegun } = queueing;
  if (interaction.phase === 'offered' && menu !== undefined) {
    const waitMs = plan.menu?.waitMs ?? 0;
    coming.push({ at: menu.heard === undefined ? menu.since + longestMenuMs : menu.heard + waitMs, due: 'menu-over' });
  }
  if (interaction.phase === 'queued' && interaction.offer === undefined && queueing.turnedAway === undefined) {
    const queuedAt = interaction.queuedAt ?? interaction.offeredAt;
    const after = queueNamed(plan, interaction.queue)?.overflow?.afterMs;
    if (queueing.named) coming.push({ at: (enteredAt ?? queuedAt) + settings.namedWaitMs, due: 'named-over' });
    if (after !== undefined) coming.push({ at: Math.max(enteredAt ?? queuedAt, overflowTriedAt ?? 0) + after, due: 'overflow' });
    if (playing === undefined) {
      const place = placeToldAt === undefined ? queuedAt + settings.positionFirstMs : placeToldAt + settings.positionEveryMs;
      coming.push({ at: place, due: 'place' });
      const offers = [settings.queueCallbackFirstMs, settings.queueCallbackSecondMs];
      const next = offers[offersBegun];
      if (next !== undefined) coming.push({ at: queuedAt + next, due: 'callback-offer' });
    }
  }
  return coming.reduce<(typeof coming)[number] | undefined>(
    (first, one) => (first === undefined || one.at < first.at ? one : first),
    undefined,
  );
}

/** Does what is due. INVARIANT (time goes on): afterwards the same is not due at this instant any more. */
export function queueDue(turn: Turn, call: Call, due: QueueDue): void {
  switch (due) {
    case 'menu-over': {
      const left = turn.record(call, [fact('call.menu-left', turn.at, { menu: menuName, outcome: 'timeout' })]);
      enterQueue(turn, left, undefined);
      break;
    }
    case 'message-over':
      endMessage(turn, call);
      break;
    case 'blocked-over':
      endBlocked(turn, call);
      break;
    case 'named-over':
      divert(turn, call, call.interaction.queue ?? '', undefined);
      break;
    case 'overflow':
      if (!overflows(turn, call))
        turn.hotline = withCall(turn.hotline, { ...call, queueing: { ...call.queueing, overflowTriedAt: turn.at } });
      break;
    case 'place':
      tellPlace(turn, call);
      break;
    case 'callback-offer': {
      const offersBegun = call.queueing.offersBegun + 1;
      turn.hotline = withCall(turn.hotline, { ...call, queueing: { ...call.queueing, offersBegun } });
      // Where nobody is signed in the caller has had this offer already.
      if (!call.nobody) turn.announce(call.id, 'callback-offer');
    }
  }
}

/** Sends a caller on where the queue overflows to, if that is better now. */
export function overflows(turn: Turn, call: Call): boolean {
  const queue = queueNamed(turn.hotline.plan, call.interaction.queue);
  const to = queue === undefined ? undefined : overflowOf(queue, { ...turn.hotline, at: turn.at });
  if (to === undefined) return false;
  divert(turn, call, to.queue, 'overflow');
  return true;
}

function divert(turn: Turn, call: Call, queue: string, reason: string | undefined): void {
  const priority = queueNamed(turn.hotline.plan, queue)?.priority || undefined;
  turn.decide(call, decideInteraction({ kind: 'divert', queue, priority, reason, at: turn.at }, call.interaction, turn.hotline.settings));
}

/** Where the caller stands, and for how long where enough calls were answered lately to tell. */
function tellPlace(turn: Turn, call: Call): void {
  const { router, settings } = turn.hotline;
  const place = placeInQueue(router, call.id, settings.positionMany + 1);
  const queue = call.interaction.queue ?? '';
  const estimateMs =
    place === undefined ? undefined : expectedWait(router, queue, place, { at: turn.at, least: settings.waitingTimeAnswers });
  const queueing = { ...call.queueing, placeToldAt: turn.at, estimateMs };
  turn.hotline = withCall(turn.hotline, { ...call, queueing });
  if (place === undefined || call.nobody || !isStaffedQueue(router, queue)) return;
  turn.announce(call.id, place > settings.positionMany ? 'position-many' : `position-${place}`);
}

/** What follows a prompt that was heard to its end, or that nobody recorded. What was interrupted leads to nothing: the caller hung up during it, or talks by now. */
export function afterPrompt(turn: Turn, call: Call, prompt: PromptName): void {
  const { phase } = call.interaction;
  const away = call.queueing.turnedAway;
  if (phase === 'dialling') joinCallee(turn, call);
  else if (prompt === 'recording-notice') queueCall(turn, call);
  else if (phase !== 'offered' && phase !== 'queued') return;
  else if (prompt === 'message-greeting') recordMessage(turn, call);
  else if (prompt === 'nobody' || prompt === 'queue-full' || prompt === 'closed') turn.announce(call.id, offerOf(turn.hotline, call));
  else if (prompt === 'callback-promised') dismiss(turn, call, 'callback');
  else if ((prompt === 'callback-offer' || prompt === 'message-offer') && away !== undefined)
    dismiss(turn, call, away === 'full' ? 'overflow' : 'nobody');
  else if (phase === 'queued' && prompt.startsWith('position-') && call.queueing.estimateMs !== undefined)
    turn.announce(call.id, `wait-${spokenMinutes(call.queueing.estimateMs)}`);
  else if (phase === 'queued') turn.effect({ interaction: call.id, kind: 'queue-music' });
}

/** Minutes that can be spoken; a wait is never told shorter than it is expected to be, but for one beyond them all. */
const minutesSpoken = [1, 2, 3, 5, 10, 15, 20, 30];

export function spokenMinutes(ms: number): number {
  return minutesSpoken.find((minutes) => ms <= minutes * 60_000) ?? 30;
}

function dismiss(turn: Turn, call: Call, because: 'callback' | 'overflow' | 'nobody'): void {
  turn.decide(call, decideInteraction({ kind: 'dismiss', because, at: turn.at }, call.interaction, turn.hotline.settings));
}
