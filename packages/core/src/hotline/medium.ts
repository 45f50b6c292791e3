import type { InteractionCommand } from '../interactions/commands.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { isStaffedQueue } from '../routing/choose.ts';
import { fact } from '../timeline/decider.ts';
import { afterAgentNumber, heardNumber, isAgentNumber } from './agent-number.ts';
import { blockCall, isBlocked, keyOfBlocked } from './blocked.ts';
import { flowTold, goOnAfterPrompt, greetCaller, leavesFlowFor } from './call-flows.ts';
import { promiseCallback } from './callbacks.ts';
import type { PromptName } from './effects.ts';
import { callerNumber, callerSubject, type HotlineInput } from './inputs.ts';
import { endsMonitoring } from './leader.ts';
import { missingSources } from './missing-sources.ts';
import { calleeTold } from './outbound.ts';
import { outsideTold } from './outside-transfer.ts';
import { choosesInMenu } from './queueing.ts';
import { type Call, callOf, consultedIn, newCall, newPerson, withCall, withPerson } from './state.ts';
import { surveyFailed, surveyTold } from './surveys.ts';
import { takeUp } from './take-up.ts';
import { endsTransfer, passesOver } from './transfers.ts';
import type { Turn } from './turn.ts';
import { beginMessage, endMessage, isLeavingWord, keyInMessage, messageKey } from './voicemail.ts';

type Input<Kind extends HotlineInput['kind']> = Extract<HotlineInput, { readonly kind: Kind }>;

/** What the medium and the caller tell. Facts about calls that are over are dropped: a late BYE is no news. */
export function mediumTold(turn: Turn, input: HotlineInput): void {
  if (input.kind === 'caller-arrived') arrive(turn, input);
  else if (input.kind === 'agent-phone') agentPhone(turn, input);
  else if (input.kind === 'effect-failed') effectFailed(turn, input);
  else if (!surveyTold(turn, input)) {
    const call = 'interaction' in input ? turn.call(input.interaction) : undefined;
    if (call !== undefined) callTold(turn, call, input);
  }
}

function callTold(turn: Turn, call: Call, input: HotlineInput): void {
  const { at } = input;
  switch (input.kind) {
    case 'caller-connected':
      if (input.early) turn.record(call, [fact('line.early-media', at, { leg: 'caller' })]);
      greetCaller(turn, turn.call(call.id) ?? call);
      break;
    case 'caller-line-answered':
      turn.record(call, [fact('line.connected', at, { leg: 'caller' })]);
      break;
    case 'callee-rings':
    case 'callee-answers':
    case 'callee-failed':
      calleeTold(turn, call, input);
      break;
    case 'caller-found':
      takeUp(turn, call, input);
      break;
    case 'caller-left':
      if (isLeavingWord(call)) {
        endMessage(turn, call);
        break;
      }
      decide(turn, leavesFlow(turn, endsTransfer(turn, call)), { kind: 'caller-left', leg: 'caller', cause: input.cause, at });
      break;
    case 'caller-lost':
      if (isLeavingWord(call)) {
        endMessage(turn, call);
        break;
      }
      decide(turn, leavesFlow(turn, endsTransfer(turn, call)), { kind: 'drop', leg: 'caller', side: 'unknown', cause: input.cause, at });
      break;
    case 'prompt-ended':
      promptEnded(turn, call, input);
      break;
    case 'outside-answers':
    case 'outside-left':
      outsideTold(turn, call, input);
      break;
    case 'caller-digit':
      digit(turn, call, input);
      break;
    case 'looked-up':
      flowTold(turn, call, { kind: 'looked-up', step: input.step, result: input.result });
      break;
    case 'caller-asks-callback':
      promiseCallback(turn, leavesFlowFor(turn, call, 'callback'), input.number);
      break;
    case 'recording-started':
      if (call.recording !== input.recording) turn.record(call, [fact('recording.started', at, { recording: input.recording })]);
      break;
    case 'recording-stopped':
      if (call.recording === input.recording)
        turn.record(call, [fact('recording.stopped', at, { recording: input.recording, duration: input.durationMs })]);
      break;
    case 'line-degraded':
      turn.record(call, [fact('line.degraded', at, { leg: 'caller', loss: input.loss, jitter: input.jitterMs })]);
      break;
    case 'line-restored':
      turn.record(call, [fact('line.restored', at, { leg: 'caller' })]);
      break;
  }
}

function decide(turn: Turn, call: Call, command: InteractionCommand): void {
  turn.decide(call, decideInteraction(command, call.interaction, turn.hotline.settings));
}

function leavesFlow(turn: Turn, call: Call): Call {
  flowTold(turn, call, { kind: 'caller-left' });
  return turn.call(call.id) ?? call;
}

function arrive(turn: Turn, input: Input<'caller-arrived'>): void {
  const { interaction, channel, called, trunk, language, queue, number, asksFor, firstReceiver, blocked } = input;
  const test = number !== undefined && turn.hotline.plan.testNumbers.includes(number) ? true : undefined;
  if (turn.call(interaction) !== undefined) return;
  const caller = number === undefined ? {} : { number: callerNumber(interaction, number) };
  const command = {
    kind: 'arrive',
    direction: 'in',
    channel,
    called,
    trunk,
    language,
    queue,
    asksFor,
    test,
    at: input.at,
    ...caller,
  } as const;
  const call = newCall(interaction);
  decide(turn, call, command);
  const arrived = turn.call(interaction);
  if (arrived && firstReceiver !== undefined)
    turn.hotline = withCall(turn.hotline, { ...arrived, queueing: { ...arrived.queueing, firstReceiver } });
  keepForFlow(turn, interaction, number);
  if (arrived) turn.record(arrived, missingSources(turn.world, input.at));
  const held = turn.call(interaction);
  if (held && blocked !== undefined) blockCall(turn, held, blocked);
}

/** Only where a flow may ask by it. */
function keepForFlow(turn: Turn, interaction: string, number: string | undefined): void {
  const call = turn.call(interaction);
  if (call !== undefined && number !== undefined && turn.hotline.flows.length > 0)
    turn.hotline = withCall(turn.hotline, { ...call, number });
}

/** Without a phone nothing can ring: an agent who was ready is paused until the phone is back and the agent returns. */
function agentPhone(turn: Turn, { agent, connected, at }: Input<'agent-phone'>): void {
  const person = turn.hotline.people.get(agent) ?? newPerson(agent);
  if (person.phone === connected) return;
  turn.hotline = withPerson(turn.hotline, agent, { ...person, phone: connected });
  if (connected) return;
  for (const each of turn.hotline.calls.values()) if (each.monitoring.open?.leader === agent) endsMonitoring(turn, each);
  if (person.presence.state === 'ready') turn.presence(agent, { kind: 'pause', reason: 'no-phone', at });
  const call = callOf(turn.hotline, agent);
  if (call !== undefined && consultedIn(call, agent)) passesOver(turn, call, 'failed');
}

/** A prompt that cannot be played must not hold the caller up; without the notice the call is not recorded. */
function effectFailed(turn: Turn, { effect }: Input<'effect-failed'>): void {
  const call = turn.call(effect.interaction);
  surveyFailed(turn, effect);
  if (call === undefined) return;
  if (effect.kind === 'dial') calleeTold(turn, call, { kind: 'callee-failed', outcome: 'failed' });
  if (effect.kind === 'dial-outside') outsideTold(turn, call, { kind: 'outside-left', line: effect.line, outcome: 'failed' });
  if (effect.kind === 'look-up') flowTold(turn, call, { kind: 'looked-up', step: effect.step });
  if (effect.kind !== 'announce') return;
  const silent = noLongerPlaying(turn, call, effect.prompt);
  if (isAgentNumber(effect.prompt)) {
    afterAgentNumber(turn, silent, false);
    return;
  }
  if (silent.interaction.ended === undefined) goOnAfterPrompt(turn, silent, effect.prompt);
}

function noLongerPlaying(turn: Turn, call: Call, prompt: PromptName): Call {
  if (call.playing !== prompt) return call;
  const silent = { ...call, playing: undefined };
  turn.hotline = withCall(turn.hotline, silent);
  return silent;
}

function promptEnded(turn: Turn, call: Call, input: Input<'prompt-ended'>): void {
  if (call.interaction.ended !== undefined) return;
  const { prompt, playedMs: duration, interrupted, at } = input;
  const silent = noLongerPlaying(turn, call, prompt);
  if (isAgentNumber(prompt)) {
    const told = turn.record(silent, [heardNumber(at, duration, interrupted)]);
    afterAgentNumber(turn, told, interrupted);
    return;
  }
  const about = subjectOf(prompt);
  const played = fact('prompt.played', at, { prompt, leg: 'caller', duration, interrupted, about });
  const place = /^position-(\d+)$/.exec(prompt)?.[1];
  const isPlace = about === 'position' && !interrupted && !prompt.startsWith('wait-');
  const told = isPlace
    ? [
        fact('call.announced', at, {
          prompt,
          position: place === undefined ? undefined : Number(place),
          estimate: call.queueing.estimateMs,
        }),
      ]
    : [];
  turn.record(silent, [...told, played]);
}

/** What a prompt is about, in the words of the timeline; its name says the rest. */
function subjectOf(prompt: PromptName): string | undefined {
  if (prompt === 'callback-promised' || prompt === 'message-offer') return 'callback-offer';
  if (prompt.startsWith('position-') || prompt.startsWith('wait-')) return 'position';
  if (prompt === 'outage-notice') return 'outage';
  return ownSubjects.has(prompt) ? prompt : undefined;
}

/** Prompts whose names are words of the timeline. */
const ownSubjects: ReadonlySet<string> = new Set(['recording-notice', 'nobody', 'callback-offer', 'closed']);

/** Keys matter only where one was offered: those of the menu, 1 = call me back, 2 = leave word. Doing nothing keeps the place. */
function digit(turn: Turn, call: Call, input: Input<'caller-digit'>): void {
  const personal = { key: { subject: callerSubject(call.id), value: input.digit } };
  const after = turn.record(call, [fact('dtmf.pressed', input.at, { leg: 'caller' }, { by: 'customer', personal })]);
  if (isLeavingWord(after)) keyInMessage(turn, after, input.digit);
  else if (isBlocked(after)) {
    if (keyOfBlocked(turn, after, input.digit)) goOnAfterPrompt(turn, turn.call(after.id) ?? after, 'recording-notice');
  } else if (after.flow !== undefined) flowTold(turn, after, { kind: 'digit', digit: input.digit });
  else if (after.queueing.menu !== undefined) choosesInMenu(turn, after, input.digit);
  else if (input.digit === '1' && mayAskCallback(turn, after)) promiseCallback(turn, after, undefined);
  else if (input.digit === messageKey && mayAskCallback(turn, after)) beginMessage(turn, after);
}

/** Offered once, offered now, or nobody is there: then also while the caller is still being told so. */
function mayAskCallback({ hotline }: Turn, call: Call): boolean {
  const { interaction, queueing, nobody, playing } = call;
  if (queueing.turnedAway !== undefined || playing === 'closed' || playing === 'queue-full') return true;
  if (interaction.phase !== 'queued') return false;
  return nobody || queueing.offersBegun > 0 || !isStaffedQueue(hotline.router, interaction.queue ?? '');
}
