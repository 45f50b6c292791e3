import type { Source } from '@threerings/norms/trace';
import { policyOfBulletin } from '../briefings/required.ts';
import { holdAlertEvent } from '../hold/policies.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { withLayout } from '../routing/router.ts';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import type { LeaderCommand } from '../wire/monitoring.ts';
import { actedFor } from './acting.ts';
import { flowTold } from './call-flows.ts';
import { chatAsked } from './chat-desk.ts';
import { chatDue, chatTold, recordInChat, seatWaiting } from './chats.ts';
import { deskAsked } from './desk.ts';
import type { Effect } from './effects.ts';
import type { HotlineAnswer, HotlineInput, HotlineWorld, Planned } from './inputs.ts';
import { knowledgeUsed } from './knowledge.ts';
import { leaderAsked } from './leader.ts';
import { answersLeaderRequest, leaderRequestDue } from './leader-request.ts';
import { mediumTold } from './medium.ts';
import { placeCall } from './outbound.ts';
import { queueDue } from './queueing.ts';
import { resumeRecording } from './recording-pause.ts';
import { routeWaiting } from './routing.ts';
import type { Hotline } from './state.ts';
import { supportDue } from './support.ts';
import { surveyDue } from './surveys.ts';
import { transferDue } from './transfers.ts';
import { Turn } from './turn.ts';
import { comingOf } from './wake-ups.ts';

export interface Reaction {
  readonly hotline: Hotline;
  /** to be stored together; nothing is told and no effect is carried out before they are */
  readonly planned: readonly Planned[];
  readonly effects: readonly Effect[];
  readonly answer: HotlineAnswer;
}

/**
 * What one input makes of a hotline. Pure: the same hotline, input and world give the same reaction. The caller owes:
 * inputs of one hotline one after the other; `planned` stored before `effects` begin; a failed effect comes back as
 * `effect-failed`; `wakeUpOf` of each call asked after every turn.
 */
export function react(hotline: Hotline, input: HotlineInput, world: HotlineWorld): Reaction {
  const turn = new Turn(hotline, world, input.at);
  const answer = take(turn, input);
  if (turn.routingDue) {
    routeWaiting(turn);
    seatWaiting(turn);
  }
  return { hotline: turn.hotline, planned: turn.planned, effects: turn.effects, answer };
}

function take(turn: Turn, input: HotlineInput): HotlineAnswer {
  if (input.kind === 'desk') return deskAsked(turn, input.agent, input.command, input.asks);
  if (input.kind === 'chat') return chatTold(turn, input.interaction, input.told);
  if (input.kind === 'chat-desk') return chatAsked(turn, input.agent, input.act);
  if (input.kind === 'place-call') return placeCall(turn, input.agent, input.order);
  if (input.kind === 'knowledge') return knowledgeUsed(turn, input.agent, input.interaction, input.act);
  if (input.kind === 'acting') return actedFor(turn, input.agent, input.interaction, input.act, input.stops);
  if (input.kind === 'bulletin-read') return bulletinRead(turn, input);
  if (input.kind === 'leader') return ledBy(turn, input.leader, input.command);
  if (input.kind === 'wake') wake(turn, input.interaction);
  else if (input.kind === 'unwatched') unwatched(turn, input.interaction, input.since);
  else if (input.kind === 'configured') {
    turn.hotline = {
      ...turn.hotline,
      ...{ plan: input.plan, settings: input.settings, flows: input.flows ?? turn.hotline.flows },
      router: withLayout(turn.hotline.router, input.plan.queues, input.staff, (agent) => turn.hotline.people.get(agent)?.presence),
    };
    turn.routingDue = true;
  } else if (input.kind === 'outages') turn.hotline = { ...turn.hotline, outages: input.outages };
  else if (input.kind === 'briefings') turn.hotline = { ...turn.hotline, briefings: input.briefings };
  else mediumTold(turn, input);
  return { ok: true };
}

function ledBy(turn: Turn, leader: string, command: LeaderCommand): HotlineAnswer {
  if (command.kind === 'answer-request') return answersLeaderRequest(turn, command.interaction, leader, command.takes);
  return leaderAsked(turn, leader, command);
}

function bulletinRead(turn: Turn, { agent, bulletin, version }: Extract<HotlineInput, { kind: 'bulletin-read' }>): HotlineAnswer {
  return turn.presence(agent, { kind: 'acknowledge', policy: policyOfBulletin(bulletin), version, at: turn.at }) ?? { ok: true };
}

/**
 * Everything of this call that is due by now, in the order in which it became due. Once somebody can be rung the rest waits
 * for the next wake-up: nothing is told to a caller whom an agent could answer.
 */
function wake(turn: Turn, interaction: string): void {
  chatDue(turn, interaction);
  surveyDue(turn, interaction);
  supportDue(turn, interaction);
  for (let call = turn.call(interaction); call !== undefined && !turn.routingDue; call = turn.call(interaction)) {
    const due = comingOf(turn.hotline, call);
    if (due === undefined || due.at > turn.at) return;
    if (due.is === 'alert') turn.record(call, [holdAlertEvent(call.hold, due.alert)]);
    else if (due.is === 'queue') queueDue(turn, call, due.queue);
    else if (due.is === 'flow') flowTold(turn, call, { kind: 'timeout' });
    else if (due.is === 'transfer') transferDue(turn, call, due.transfer);
    else if (due.is === 'recording') resumeRecording(turn, call, 'system');
    else if (due.is === 'leader') leaderRequestDue(turn, call);
    else if (turn.decide(call, decideInteraction(due.command, call.interaction, turn.hotline.settings))) return;
  }
}

function unwatched(turn: Turn, interaction: string, since: number): void {
  const call = turn.call(interaction);
  const chat = turn.hotline.chats.get(interaction);
  if (chat !== undefined) recordInChat(turn, interaction, gapsOf(['chat', 'desk'], since, turn.at));
  if (call !== undefined) turn.record(call, gapsOf(['telephony', 'desk'], since, turn.at));
}

/** Nobody watched these from `since` until `at`. */
function gapsOf(sources: readonly Source[], since: number, at: number): readonly NewEvent[] {
  return sources.flatMap((source) => [
    { ...fact('source.gap-started', since, { source, reason: 'engine-down' }), source },
    { ...fact('source.gap-ended', at, { source }), source },
  ]);
}
