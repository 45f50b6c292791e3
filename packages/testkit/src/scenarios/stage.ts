import type { CallFlow } from '@threerings/core/call-flow/flow';
import type { PromptName } from '@threerings/core/hotline/effects';
import type { LiveFlow } from '@threerings/core/hotline/in-flow';
import type { Hotline } from '@threerings/core/hotline/state';
import type { NewEvent } from '@threerings/core/timeline/event';
import { ideographs } from '@threerings/core/timeline/ideographs';
import { type DeskCommand, type DeskView, deskCommand } from '@threerings/core/wire/desk';
import type { HotlinePlan } from '@threerings/core/wire/hotline-plan';
import { type LeaderCommand, leaderCommand } from '@threerings/core/wire/monitoring';
import type { Instant } from '@threerings/norms/trace';
import type { BlockedNumber } from '@threerings/server/blocklist/blocklist';
import { plainPlan } from '@threerings/server/hotline-plan/plan-read-model';
import type { Scenario } from './scenario.ts';
import type { SeenDesk } from './seen.ts';
import type { DeskAct, DeskAnswered, LeaderAct } from './steps.ts';

/** Where every simulated scenario begins: a Wednesday, ten o'clock in Beijing. */
export const opening: Instant = Date.UTC(2026, 8, 30, 2);

/** How long the simulated prompts are, ms. */
export const promptMs: ReadonlyMap<PromptName, number> = new Map<PromptName, number>([
  ...([
    ['recording-notice', 3000],
    ['nobody', 2500],
    ['callback-offer', 4000],
    ['callback-promised', 2000],
    ['message-offer', 5000],
    ['survey', 4000],
    ['survey-thanks', 1500],
    ['message-greeting', 3000],
  ] as const),
  ...([
    ['menu', 5000],
    ['blocked', 6000],
    ['queue-full', 2500],
    ['closed', 3500],
    ['position-many', 3000],
    ['agent-number-0217', 2000],
    ['outage-notice', 4000],
    ['outage-noted', 2000],
  ] as const),
  ...['morning', 'afternoon', 'menu', 'digits', 'tell', 'goodbye'].map((prompt) => [`flow-${prompt}`, 4000] as const),
  ...Array.from({ length: 10 }, (_, n) => [`position-${n + 1}`, 2000] as const),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((minutes) => [`wait-${minutes}`, 2000] as const),
]);

/** How a simulated caller reaches the hotline: each from a telephone of their own. */
export function dialledBy(caller: string, called = '12333') {
  const digits = [...caller].map((letter) => letter.charCodeAt(0) % 10).join('');
  return { called, number: `138${digits.padStart(8, '0').slice(-8)}`, trunk: 'trunk' } as const;
}

/** The numbers of callers who are on the blocklist, for longer than any scenario lasts. */
export function blockedNumbers(blocked: Scenario['blocked']): BlockedNumber[] {
  return Object.entries(blocked).map(([caller, offer]) => ({
    ...{ entry: `blocked-${caller}`, number: dialledBy(caller).number, offer, until: Number.MAX_SAFE_INTEGER },
  }));
}

/** The plan of a scenario that tells of none. */
export const planOf = (plan: HotlinePlan | undefined): HotlinePlan => plan ?? plainPlan;

/** The call flow of a scenario as it takes calls. */
export const flowsOf = (flow: CallFlow | undefined): LiveFlow[] => (flow === undefined ? [] : [{ flow, version: 1 }]);

/** What a desk act is done in: the agent's call, the instant, and the newest proposal on the desk. */
export interface DeskScene {
  readonly call: { readonly interaction: string; readonly leg: string } | undefined;
  readonly now: Instant;
  readonly proposal?: string | undefined;
  /** the interaction in which the agent asked for support */
  readonly support?: string | undefined;
}

/** The desk command of an act, in the call that the agent has now; without one the product itself refuses it. */
export function commandOf(act: DeskAct, { call, now, proposal, support }: DeskScene): DeskCommand {
  if (act.kind === 'close-support') return { ...act, interaction: support ?? 'none' };
  const place = { interaction: call?.interaction ?? 'none', leg: call?.leg ?? 'none' };
  if (act.kind !== 'promise-callback') return deskCommand.parse({ ...act, ...place });
  const { inMs, proposal: confirms, ...rest } = act;
  return deskCommand.parse({ ...rest, ...place, dueAt: now + inMs, ...(confirms === true ? { proposal } : {}) });
}

/** The interaction in which this agent asked for support. */
export function supportAskedBy({ supports }: Pick<Hotline, 'supports'>, agent: string): string | undefined {
  return [...supports].find(([, support]) => support.agent === agent)?.[0];
}

/** The command of a leader's act, in the call that the agent has now. */
export function leaderCommandOf(act: LeaderAct, agent: string, hotline: Hotline, call: string | undefined): LeaderCommand {
  const interaction = act.kind === 'answer-support' ? supportAskedBy(hotline, agent) : call;
  return leaderCommand.parse({ ...act, agent, interaction: interaction ?? 'none' });
}

/** The call that a desk shows, and the leg that its commands name. */
export function callShown(view: DeskView | undefined): { readonly interaction: string; readonly leg: string } | undefined {
  const shown = view?.ring ?? view?.consult ?? (view?.wrapUp === undefined ? view?.call : undefined);
  if (shown !== undefined) return { interaction: shown.interaction, leg: shown.leg };
  const without = view?.wrapUp ?? view?.dialling;
  return without && { interaction: without.interaction, leg: 'none' };
}

export function deskOf(view: DeskView | undefined): SeenDesk {
  const { ring, consult, wrapUp, call = view?.dialling } = view ?? {};
  if (ring !== undefined) return { shows: 'ring', interaction: ring.interaction };
  if (consult !== undefined) return { shows: 'consult', interaction: consult.interaction };
  if (wrapUp !== undefined) return { shows: 'wrap-up', interaction: wrapUp.interaction };
  return call === undefined ? { shows: 'nothing' } : { shows: 'call', interaction: call.interaction };
}

/** The desk's answer in the words of a scenario. */
export function answeredOf(answer: object): DeskAnswered {
  if ('refused' in answer) return { refuses: String(answer.refused) };
  if ('ask' in answer) return { asks: 'norm' in answer && answer.norm !== undefined ? String(answer.norm) : 'guard' };
  return 'done';
}

/** What a recogniser tells when somebody has said something. */
export function utterance(said: {
  readonly by: 'agent' | 'customer';
  readonly subject: string;
  readonly text: string;
  readonly start: Instant;
  readonly end: Instant;
}): NewEvent {
  const { by, subject, text, start, end } = said;
  return {
    type: 'speech.said',
    by,
    occurredAt: start,
    fields: { chars: ideographs(text), start, end, confidence: 1, engine: 'scenario' },
    personal: { text: { subject, value: text } },
  };
}
