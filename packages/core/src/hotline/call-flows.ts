import { timeOfDay } from '@threerings/norms/match/calendar';
import { stepNamed } from '../call-flow/flow.ts';
import {
  beginFlow,
  type FlowAct,
  type FlowEvent,
  type FlowOutcome,
  type FlowScene,
  type FlowState,
  type FlowTold,
  type FlowTurn,
  stepFlow,
} from '../call-flow/interpret.ts';
import { decideInteraction } from '../interactions/lifecycle.ts';
import { chosenQueue, isOpen } from '../routing/admission.ts';
import { mainQueueOf, queueNamed } from '../routing/plan.ts';
import { fact } from '../timeline/decider.ts';
import type { NewEvent } from '../timeline/event.ts';
import { decideTransfer } from '../transfer/lifecycle.ts';
import { afterBlockedPrompt, isBlocked } from './blocked.ts';
import { promiseCallback } from './callbacks.ts';
import type { PromptName } from './effects.ts';
import type { InFlow, LiveFlow } from './in-flow.ts';
import { outageOfCall, promiseRestoration } from './outages.ts';
import { afterPrompt, enterQueue } from './queueing.ts';
import { type Call, type Hotline, withCall } from './state.ts';
import type { Turn } from './turn.ts';
import { beginMessage } from './voicemail.ts';

const notice = 'recording-notice';

/** The first thing that a caller hears: the notice, be it as a step of a call flow or by itself. */
export function greetCaller(turn: Turn, call: Call): void {
  const live = isBlocked(call) ? undefined : flowFor(turn.hotline, call);
  if (live === undefined) turn.announce(call.id, notice);
  else beginsFlow(turn, call, live);
}

/** What follows a prompt: in a flow the flow knows, else the hotline. */
export function goOnAfterPrompt(turn: Turn, call: Call, prompt: PromptName): void {
  if (call.flow !== undefined) flowTold(turn, call, { kind: 'prompt-ended', prompt });
  else if (isBlocked(call)) {
    if (afterBlockedPrompt(turn, call, prompt)) goOnAfterPrompt(turn, turn.call(call.id) ?? call, notice);
  } else {
    // A prompt of a flow that a restart interrupted: the caller must not be left in silence.
    const live = prompt === notice || call.queueing.inFlow ? flowFor(turn.hotline, call) : undefined;
    if (live === undefined) afterPrompt(turn, call, prompt === notice || !call.queueing.inFlow ? prompt : notice);
    else beginsFlow(turn, call, live);
  }
}

/** What becomes true for a caller in a flow; without effect for any other. */
export function flowTold(turn: Turn, call: Call, event: FlowEvent): void {
  const { flow: current } = call;
  if (current === undefined) return;
  if (call.interaction.phase === 'offered' || isInSelfService(call))
    takes(turn, call, current, stepFlow(current.flow, current.state, event, sceneOf(turn, call)));
  else turn.hotline = withCall(turn.hotline, { ...call, flow: undefined });
}

/** The caller goes another way than the flow’s: without effect for who is in none. */
export function leavesFlowFor(turn: Turn, call: Call, outcome: 'callback'): Call {
  if (call.flow === undefined) return call;
  const { flow, state } = call.flow;
  const out = { ...call, flow: undefined, number: undefined };
  turn.hotline = withCall(turn.hotline, out);
  return turn.record(out, [fact('call.flow-left', turn.at, { flow: flow.name, outcome, step: state.step })]);
}

/**
 * The flow of this caller: that of the dialled number, else the general one for who has chosen neither queue nor person.
 * Undefined = straight to a person.
 */
function flowFor({ flows, plan }: Hotline, { interaction, queueing }: Call): LiveFlow | undefined {
  const { called = '', language, asksFor, turnedAway } = queueing;
  if (interaction.phase !== 'offered' || turnedAway !== undefined || asksFor !== undefined) return undefined;
  const own = interaction.queue === undefined ? flows.find(({ flow }) => flow.numbers.includes(called)) : undefined;
  if (own !== undefined) return own;
  const chosen = chosenQueue(plan, { queue: interaction.queue, called, language });
  return chosen === undefined ? flows.find(({ flow }) => flow.numbers.length === 0) : undefined;
}

/** Who heard the notice already, before a restart, is not told again. */
function beginsFlow(turn: Turn, call: Call, { flow, version }: LiveFlow): void {
  const entered = turn.record(call, [fact('call.flow-entered', turn.at, { flow: flow.name, version })]);
  const scene = sceneOf(turn, call);
  const begun = beginFlow(flow, scene, call.number);
  const current = { flow, version, state: begun.state };
  if (call.noticePlayed) takes(turn, entered, current, stepFlow(flow, begun.state, { kind: 'prompt-ended', prompt: notice }, scene));
  else takes(turn, entered, current, begun);
}

function takes(turn: Turn, call: Call, { flow, version }: LiveFlow, { state, acts }: FlowTurn): void {
  // What is recorded is followed by policies: they see the caller where the flow has brought them.
  const inFlow: InFlow | undefined = state.outcome === undefined ? { flow, version, state } : undefined;
  turn.hotline = withCall(turn.hotline, { ...call, flow: inFlow, ...(inFlow === undefined ? { number: undefined } : {}) });
  for (const act of acts) carryOut(turn, call.id, act);
  const after = turn.call(call.id);
  if (state.outcome === undefined || after === undefined) return;
  if (!isInSelfService(after)) handsOn(turn, after, flow.name, state, state.outcome);
  else if (state.outcome.to !== 'left') comesBack(turn, after);
}

/** The agent sent the caller there, and waits for the caller. */
function isInSelfService({ interaction, transfers }: Call): boolean {
  return interaction.phase === 'talking' && transfers.open?.kind === 'ivr';
}

/** The flow of an item of self-service and the step at which it begins; undefined = it is not planned, or not in force. */
export function selfServiceFlow(
  { plan, flows }: Pick<Hotline, 'plan' | 'flows'>,
  item: string,
): (LiveFlow & { step?: string }) | undefined {
  const planned = plan.selfService?.items.find((one) => one.item === item);
  const live = planned && flows.find(({ flow }) => flow.name === planned.flow);
  if (planned === undefined || live === undefined) return undefined;
  if (planned.step === undefined) return live;
  return stepNamed(live.flow, planned.step) === undefined ? undefined : { ...live, step: planned.step };
}

/** A caller who talks goes into self-service; without a flow, back at once. */
export function beginsSelfService(turn: Turn, call: Call, item: string): void {
  const live = selfServiceFlow(turn.hotline, item);
  if (live === undefined) comesBack(turn, call);
  else takes(turn, call, live, beginFlow(live.flow, sceneOf(turn, call), call.number, live.step));
}

/** However self-service ends, but for the caller’s own hanging up: the caller is back with the agent who waits, past every queue. */
export function comesBack(turn: Turn, call: Call): void {
  turn.decide(call, decideTransfer({ kind: 'come-back', at: turn.at }, call.transfers, turn.hotline.settings.wrapUpMs));
}

/** What a flow in self-service leaves behind when the caller is brought back out of it. */
export function endsSelfService(turn: Turn, call: Call): void {
  const { flow, state } = call.flow ?? {};
  if (flow === undefined || state === undefined) return;
  turn.hotline = withCall(turn.hotline, { ...call, flow: undefined, playing: undefined });
  const out = turn.call(call.id) ?? call;
  if (stepNamed(flow, state.step)?.action.kind === 'self-service')
    turn.record(out, [fact('self-service.left', turn.at, { item: state.step, outcome: 'person' })]);
}

function carryOut(turn: Turn, interaction: string, act: FlowAct): void {
  if (act.do === 'play') turn.announce(interaction, act.prompt as PromptName);
  else if (act.do === 'look-up') {
    const { step, url, values, withinMs } = act;
    turn.effect({ interaction, kind: 'look-up', step, url, values, withinMs });
  } else {
    const call = turn.call(interaction);
    if (call !== undefined) tells(turn, call, act.what);
  }
}

function tells(turn: Turn, call: Call, what: FlowTold): void {
  if (what.told === 'outage-asked') {
    const told = turn.hotline.outages.find(({ outage }) => outage === what.outage);
    if (told !== undefined) promiseRestoration(turn, call, told);
  } else if (what.told !== 'rated') turn.record(call, [factOf(turn, call, what)]);
  else {
    const survey = `survey-${call.id}`;
    const event = fact('survey.answered', turn.at, { survey, score: what.score }, { by: 'customer' });
    turn.planned.push({ stream: survey, interaction: call.id, event });
  }
}

function factOf({ at }: Turn, call: Call, what: Exclude<FlowTold, { told: 'rated' | 'outage-asked' }>): NewEvent {
  switch (what.told) {
    case 'menu-entered':
      return fact('call.menu-entered', at, { menu: what.menu });
    case 'menu-left':
      return fact('call.menu-left', at, { menu: what.menu, outcome: what.outcome, option: what.option });
    case 'self-service-entered':
      return fact('self-service.entered', at, { item: what.item });
    case 'self-service-left':
      return fact('self-service.left', at, { item: what.item, outcome: what.outcome });
    case 'looked-up':
      return fact('call.looked-up', at, {
        step: what.step,
        outcome: what.result === undefined ? 'failed' : 'answered',
        result: what.result,
      });
    case 'survey-offered':
      return fact('survey.offered', at, { survey: `survey-${call.id}` }, { by: 'system' });
  }
}

const outcomes = { queue: 'queue', message: 'message', callback: 'callback', end: 'ended', left: 'hangup' } as const;

function handsOn(turn: Turn, call: Call, flow: string, { step }: FlowState, outcome: FlowOutcome): void {
  const told = outcome.to === 'queue' && outcome.because === 'lost' ? 'lost' : outcomes[outcome.to];
  const after = turn.record(call, [fact('call.flow-left', turn.at, { flow, outcome: told, step: step === '' ? undefined : step })]);
  switch (outcome.to) {
    case 'queue':
      enterQueue(turn, after, outcome.queue, outcome.priority);
      break;
    case 'message':
      if (turn.hotline.plan.voicemail !== undefined && after.noticePlayed) beginMessage(turn, after);
      else calledBack(turn, after, undefined);
      break;
    case 'callback':
      calledBack(turn, after, outcome.number);
      break;
    case 'end':
      turn.decide(after, decideInteraction({ kind: 'dismiss', because: 'nobody', at: turn.at }, after.interaction, turn.hotline.settings));
      break;
    case 'left':
      break;
  }
}

/** Who left no number that can be called waits for a person instead. */
function calledBack(turn: Turn, call: Call, number: string | undefined): void {
  if (number === undefined && call.interaction.channel !== 'phone') enterQueue(turn, call, undefined);
  else promiseCallback(turn, call, number);
}

function sceneOf({ hotline, at }: Turn, call: Call): FlowScene {
  const { calendar, plan } = hotline;
  const outage = outageOfCall(hotline, call)?.outage;
  return {
    at,
    minuteOfDay: Math.floor(timeOfDay(calendar, at) / 60_000),
    isOpen: (queue) => {
      const named = queueNamed(plan, queue) ?? queueNamed(plan, mainQueueOf(plan));
      return named === undefined || isOpen(named, { calendar, at });
    },
    outage: outage === undefined ? undefined : { outage, prompt: 'outage-notice' },
  };
}
