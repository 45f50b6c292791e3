import { isRefusal } from '../errors/refusal.ts';
import { decideProposal, noProposal, type ProposalOrigin } from '../proposals/lifecycle.ts';
import { type Happened, textOf } from '../timeline/decider.ts';
import { meetsCaller } from './agent-number.ts';
import { goOnAfterPrompt } from './call-flows.ts';
import type { PromptName } from './effects.ts';
import { followMonitoring } from './leader.ts';
import { lostCall } from './lost-calls.ts';
import { followOutbound } from './outbound.ts';
import { resumeRecording } from './recording-pause.ts';
import type { Call } from './state.ts';
import { partForSurvey } from './surveys.ts';
import { followTransfer } from './transfers.ts';
import type { Turn } from './turn.ts';

/** Policies: what the hotline does because something happened in a call. `before` and `call` are the states around the event. */
export function followCall(turn: Turn, before: Call, call: Call, event: Happened): void {
  const { id: interaction } = call;
  followOutbound(turn, call, event);
  switch (event.type) {
    case 'call.offered':
      if (textOf(event, 'channel') === 'phone' && textOf(event, 'direction') !== 'out') turn.effect({ interaction, kind: 'accept' });
      break;
    case 'prompt.played':
      if (event.fields['interrupted'] !== true) goOnAfterPrompt(turn, call, promptOf(event));
      break;
    case 'call.queued':
      if (before.interaction.phase !== 'queued') turn.effect({ interaction, kind: 'queue-music' });
      turn.routingDue = true;
      break;
    case 'call.ring-stopped':
      turn.routingDue = true;
      break;
    case 'call.answered':
      afterAnswer(turn, call, textOf(event, 'agent'));
      break;
    case 'hold.started':
    case 'hold.resumed':
      afterHold(turn, call, event);
      break;
    case 'hold.speak-started':
    case 'hold.speak-ended':
      speakOver(turn, call, event.type === 'hold.speak-started');
      break;
    case 'consent.marked':
      if (textOf(event, 'about') === 'hold' && event.fields['given'] === false)
        proposeCallback(turn, call, 'hold-declined', 'consent', event);
      break;
    case 'alert.raised':
      if (textOf(event, 'kind') === 'hold-limit') proposeCallback(turn, call, 'hold-long', 'alert', event);
      if (textOf(event, 'kind') === 'transfer-long') proposeCallback(turn, call, 'transfer-long', 'alert', event);
      break;
    case 'transfer.refused':
      proposeCallback(turn, call, 'transfer-long', 'transfer', event);
      break;
    case 'call.abandoned':
    case 'call.dropped':
      lostCall(turn, before, event);
      break;
    case 'transfer.completed':
      // Who takes over does not know of the pause.
      resumeRecording(turn, call, 'system');
      followHandOver(turn, before, call, event);
      break;
    case 'call.ended':
      afterEnd(turn, before, event);
      break;
    default:
      followHandOver(turn, before, call, event);
  }
}

function followHandOver(turn: Turn, before: Call, call: Call, event: Happened): void {
  followTransfer(turn, before, call, event);
  followMonitoring(turn, before, call, event);
}

function promptOf(event: Happened): PromptName {
  return (textOf(event, 'prompt') ?? '') as PromptName;
}

/** Who will not wait, or waited too long, is offered a callback: proposed to the agent, who confirms it with a due time or declines. */
function proposeCallback(turn: Turn, call: Call, origin: ProposalOrigin, cause: string, event: Happened): void {
  const agent = call.interaction.talk?.agent;
  if (agent === undefined) return;
  const proposal = `${origin}-${textOf(event, cause) ?? call.id}`;
  const made = decideProposal({ kind: 'make', proposal, what: 'callback', origin, agent, at: event.occurredAt }, noProposal);
  if (isRefusal(made)) return;
  for (const each of made) turn.planned.push({ stream: `proposal-${proposal}`, interaction: call.id, event: each });
}

function afterAnswer(turn: Turn, call: Call, agent: string | undefined): void {
  if (agent !== undefined) meetsCaller(turn, call, agent);
}

function afterHold(turn: Turn, call: Call, event: Happened): void {
  const agent = call.interaction.talk?.agent;
  if (agent === undefined) return;
  if (event.type === 'hold.started') turn.effect({ interaction: call.id, kind: 'hold', agent });
  else if (textOf(event, 'outcome') === 'agent') turn.effect({ interaction: call.id, kind: 'resume', agent });
}

function speakOver(turn: Turn, call: Call, on: boolean): void {
  const agent = call.interaction.talk?.agent;
  if (agent !== undefined) turn.effect({ interaction: call.id, kind: 'speak-over', agent, on });
}

function afterEnd(turn: Turn, before: Call, event: Happened): void {
  const agent = before.interaction.talk?.agent ?? before.interaction.dial?.agent;
  if (before.recording !== undefined) turn.effect({ interaction: before.id, kind: 'stop-recording', recording: before.recording });
  if (turn.hotline.surveys.has(before.id)) partForSurvey(turn, before.id, agent);
  else if (before.transfers.handedOut !== undefined)
    turn.effect({ interaction: before.id, kind: 'hand-out', agent, line: before.transfers.handedOut });
  else turn.effect({ interaction: before.id, kind: 'end', cause: textOf(event, 'outcome') ?? 'normal', agent });
}
