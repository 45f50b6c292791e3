import { fact } from '../timeline/decider.ts';
import { comesBack, greetCaller } from './call-flows.ts';
import type { PromptName, SoundName } from './effects.ts';
import type { HotlineInput } from './inputs.ts';
import { calleeTold } from './outbound.ts';
import { outsideTold } from './outside-transfer.ts';
import { type Call, withCall } from './state.ts';
import { otherParty } from './transfers.ts';
import type { Turn } from './turn.ts';
import { isLeavingWord, offerOf } from './voicemail.ts';

type Found = Extract<HotlineInput, { readonly kind: 'caller-found' }>;

/**
 * Takes up a call that a medium kept while this server was away. What was decided and not yet carried out when the last
 * server ended is wanted again, and what became true unseen is recorded; what stands already is left alone.
 */
export function takeUp(turn: Turn, call: Call, found: Found): void {
  // Somebody may have become free, or have gone, in the turn that was lost.
  turn.routingDue = true;
  const { interaction } = call;
  if (found.recording !== undefined && call.recording === undefined)
    turn.record(call, [fact('recording.started', found.recording.startedAt, { recording: found.recording.recording })]);
  turn.hotline = withCall(turn.hotline, { ...(turn.call(call.id) ?? call), playing: promptIn(found.playing) });
  if (interaction.phase === 'offered') takeUpArrival(turn, call, found);
  else if (interaction.phase === 'dialling') takeUpDial(turn, call, found);
  else if (interaction.phase === 'queued' && found.playing === undefined && !isLeavingWord(call))
    turn.effect({ interaction: call.id, kind: 'queue-music' });
  else if (interaction.phase === 'talking' && interaction.talk !== undefined) takeUpTalk(turn, call, interaction.talk.agent, found);
}

/** A notice whose end nobody heard is played again: without it the call would wait for ever, or be recorded untold. */
function takeUpArrival(turn: Turn, call: Call, found: Found): void {
  if (!found.connected) turn.effect({ interaction: call.id, kind: 'accept' });
  else if (found.playing !== undefined) return;
  else if (isLeavingWord(call)) return;
  else if (call.queueing.turnedAway !== undefined) turn.announce(call.id, offerOf(turn.hotline, call));
  else if (call.queueing.menu === undefined) greetCaller(turn, call);
}

/** Who was called may have answered unseen; a notice whose end nobody heard is played again. */
function takeUpDial(turn: Turn, call: Call, { connected, playing }: Found): void {
  if (!connected || playing !== undefined) return;
  if (call.interaction.dial?.answeredAt === undefined) calleeTold(turn, call, { kind: 'callee-answers' });
  else turn.announce(call.id, 'recording-notice');
}

function promptIn(playing: SoundName | undefined): PromptName | undefined {
  return playing === 'hold-music' || playing === 'queue-music' ? undefined : playing;
}

function takeUpTalk(turn: Turn, call: Call, agent: string, found: Found): void {
  if (call.transfers.open !== undefined) takeUpTransfer(turn, call, agent, found);
  else if (call.hold.open !== undefined) {
    if (found.playing !== 'hold-music' || found.bridged) turn.effect({ interaction: call.id, kind: 'hold', agent });
  } else if (!found.bridged) turn.effect({ interaction: call.id, kind: 'resume', agent });
  const { open } = call.monitoring;
  if (open !== undefined) turn.effect({ interaction: call.id, kind: 'monitor', leader: open.leader, agent, mode: open.mode });
  if (call.muted !== found.muted) turn.effect({ interaction: call.id, kind: 'mute', agent, on: call.muted });
  const paused = call.recordingPausedAt !== undefined;
  if (call.recording !== undefined && found.recording !== undefined && found.recording.paused !== paused)
    turn.effect({ interaction: call.id, kind: 'pause-recording', recording: call.recording, on: paused });
  if (call.noticePlayed && call.recording === undefined && found.recording === undefined)
    turn.effect({ interaction: call.id, kind: 'record', recording: `rec-${call.id}`, agent });
}

/** In a transfer the caller hears music, or both; a repeated bridge of the same people changes nothing. */
function takeUpTransfer(turn: Turn, call: Call, agent: string, found: Found): void {
  const { id: interaction } = call;
  takeUpLine(turn, call, found.lines ?? []);
  const { consulted, joined, kind } = turn.call(interaction)?.transfers.open ?? {};
  // What was keyed in is in no event: the caller comes back instead of beginning anew.
  if (kind === 'ivr') {
    comesBack(turn, call);
    return;
  }
  if (kind === undefined) return;
  if (joined && consulted !== undefined) turn.effect({ interaction, kind: 'conference', agent, ...otherParty(consulted) });
  else if (found.playing !== 'hold-music' || found.bridged) turn.effect({ interaction, kind: 'hold', agent });
  if (!joined && consulted?.answeredAt !== undefined) turn.effect({ interaction, kind: 'consult', agent, ...otherParty(consulted) });
}

/** Whom it rang outside may have answered unseen, or be gone. */
function takeUpLine(turn: Turn, call: Call, lines: NonNullable<Found['lines']>): void {
  const { kind, consulted } = call.transfers.open ?? {};
  if (kind !== 'outside' || consulted === undefined) return;
  const line = lines.find((each) => each.line === consulted.consult);
  if (line === undefined) outsideTold(turn, call, { kind: 'outside-left', line: consulted.consult, outcome: 'failed' });
  else if (line.answered) outsideTold(turn, call, { kind: 'outside-answers', line: line.line });
}
