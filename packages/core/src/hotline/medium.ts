import type { InteractionCommand } from '../interactions/commands.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { decidePromise, noPromise } from '../promises/lifecycle.ts';
import { fact } from '../timeline/decider.ts';
import { queueCall } from './follow.ts';
import { callerNumber, callerSubject, type HotlineInput } from './inputs.ts';
import { type Call, newCall, newPerson, withPerson } from './state.ts';
import { takeUp } from './take-up.ts';
import type { Turn } from './turn.ts';

type Input<Kind extends HotlineInput['kind']> = Extract<HotlineInput, { readonly kind: Kind }>;

/** What the medium and the caller tell. Facts about calls that are over are dropped: a late BYE is no news. */
export function mediumTold(turn: Turn, input: HotlineInput): void {
  if (input.kind === 'caller-arrived') arrive(turn, input);
  else if (input.kind === 'agent-phone') agentPhone(turn, input);
  else if (input.kind === 'effect-failed') effectFailed(turn, input);
  else {
    const call = 'interaction' in input ? turn.call(input.interaction) : undefined;
    if (call !== undefined) callTold(turn, call, input);
  }
}

function callTold(turn: Turn, call: Call, input: HotlineInput): void {
  const { at } = input;
  switch (input.kind) {
    case 'caller-connected':
      if (input.early) turn.record(call, [fact('line.early-media', at, { leg: 'caller' })]);
      turn.effect({ interaction: call.id, kind: 'announce', prompt: 'recording-notice' });
      break;
    case 'caller-line-answered':
      turn.record(call, [fact('line.connected', at, { leg: 'caller' })]);
      break;
    case 'caller-found':
      takeUp(turn, call, input);
      break;
    case 'caller-left':
      decide(turn, call, { kind: 'caller-left', leg: 'caller', cause: input.cause, at });
      break;
    case 'caller-lost':
      decide(turn, call, { kind: 'drop', leg: 'caller', side: 'unknown', cause: input.cause, at });
      break;
    case 'prompt-ended':
      promptEnded(turn, call, input);
      break;
    case 'caller-digit':
      digit(turn, call, input);
      break;
    case 'caller-asks-callback':
      promiseCallback(turn, call, input.number);
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

function arrive(turn: Turn, input: Input<'caller-arrived'>): void {
  const { interaction, channel, called, trunk, language, queue, number } = input;
  if (turn.call(interaction) !== undefined) return;
  const caller = number === undefined ? {} : { number: callerNumber(interaction, number) };
  const command = { kind: 'arrive', direction: 'in', channel, called, trunk, language, queue, at: input.at, ...caller } as const;
  const call = newCall(interaction);
  decide(turn, call, command);
  const speech = turn.world.recogniser === true ? [] : (['speech.agent', 'speech.customer'] as const);
  const sound = turn.world.measures === true ? [] : (['audio'] as const);
  const arrived = turn.call(interaction);
  // No recogniser: phrase duties are unknown, visibly, instead of broken.
  if (arrived)
    turn.record(
      arrived,
      [...speech, ...sound].map((source) => ({
        ...fact('source.gap-started', input.at, { source, reason: 'no-engine' }),
        source,
      })),
    );
}

/** Without a phone nothing can ring: an agent who was ready is paused until the phone is back and the agent returns. */
function agentPhone(turn: Turn, { agent, connected, at }: Input<'agent-phone'>): void {
  const person = turn.hotline.people.get(agent) ?? newPerson(agent);
  if (person.phone === connected) return;
  turn.hotline = withPerson(turn.hotline, agent, { ...person, phone: connected });
  if (!connected && person.presence.state === 'ready') turn.presence(agent, { kind: 'pause', reason: 'no-phone', at });
}

/** A prompt that cannot be played must not hold the caller up; without the notice the call is not recorded. */
function effectFailed(turn: Turn, { effect }: Input<'effect-failed'>): void {
  const call = turn.call(effect.interaction);
  if (call === undefined) return;
  if (effect.kind === 'announce' && effect.prompt === 'recording-notice') queueCall(turn, call);
}

function promptEnded(turn: Turn, call: Call, input: Input<'prompt-ended'>): void {
  if (call.interaction.ended !== undefined) return;
  const { prompt, playedMs: duration, interrupted } = input;
  const about = prompt === 'callback-promised' ? 'callback-offer' : prompt;
  turn.record(call, [fact('prompt.played', input.at, { prompt, leg: 'caller', duration, interrupted, about })]);
  if (prompt !== 'callback-promised') return;
  const now = turn.call(call.id);
  if (now) decide(turn, now, { kind: 'dismiss', because: 'callback', at: input.at });
}

/** Keys matter only where one was offered: 1 = call me back. Doing nothing keeps the place. */
function digit(turn: Turn, call: Call, input: Input<'caller-digit'>): void {
  const personal = { key: { subject: callerSubject(call.id), value: input.digit } };
  const after = turn.record(call, [fact('dtmf.pressed', input.at, { leg: 'caller' }, { by: 'customer', personal })]);
  if (after.nobody && input.digit === '1' && after.interaction.phase === 'queued') promiseCallback(turn, after, undefined);
}

/** The hotline itself promises: owner and first receiver are the hotline's leaders. `number` absent = the calling number. */
function promiseCallback(turn: Turn, call: Call, number: string | undefined): void {
  if (call.interaction.phase !== 'queued') return;
  const promise = `callback-${call.id}`;
  const due = turn.at + turn.hotline.settings.nobodyCallbackMs;
  const personal = number === undefined ? {} : { number: callerNumber(call.id, number) };
  const make = { kind: 'make', what: 'callback', promise, due, owner: 'leader', by: 'system', at: turn.at, ...personal } as const;
  const decision = decidePromise(make, noPromise);
  if ('refused' in decision) return;
  for (const event of decision) turn.planned.push({ stream: `promise-${promise}`, interaction: call.id, event });
  turn.effect({ interaction: call.id, kind: 'announce', prompt: 'callback-promised' });
}
