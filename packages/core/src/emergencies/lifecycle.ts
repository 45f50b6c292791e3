import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact, type Happened, textOf } from '../timeline/decider.ts';
import type { NewEvent, PersonalValue } from '../timeline/event.ts';

/** How far it is with an emergency. Plain data; a fold of its events. */
export interface Emergency {
  readonly state: 'none' | 'raised' | 'acknowledged' | 'registered' | 'closed' | 'reviewed';
  /** somebody has it in hand */
  readonly acknowledged: boolean;
  /** nobody had it in hand in time: it went up */
  readonly escalated: boolean;
  /** of the plan by which it is worked */
  readonly steps: readonly string[];
  readonly done: readonly string[];
}

export const noEmergency: Emergency = { state: 'none', acknowledged: false, escalated: false, steps: [], done: [] };

/** `agent`: 工号 of who works on it. */
export type EmergencyCommand = { readonly at: Instant; readonly emergency: string } & (
  | { readonly kind: 'acknowledge'; readonly agent: string }
  | { readonly kind: 'plan'; readonly plan: string; readonly steps: readonly string[]; readonly agent: string }
  | { readonly kind: 'step'; readonly step: string; readonly agent: string }
  /** what happened, and who was told */
  | { readonly kind: 'register'; readonly account: PersonalValue; readonly told: string; readonly agent: string }
  | { readonly kind: 'close'; readonly outcome: string; readonly agent: string }
  | { readonly kind: 'review'; readonly finding: string; readonly agent: string }
  /** the time in which somebody must have it in hand is over */
  | { readonly kind: 'unanswered' }
);

/** The stream of what is done about an emergency; that it was raised stands in its interaction. */
export const streamOfEmergency = (emergency: string): string => `emergency-${emergency}`;

/**
 * Taken in hand once, worked by its plan, registered before it is closed, reviewed after it (S1b-21, S1b-24). Acknowledged and sent up
 * again, nothing happens.
 */
export function decideEmergency(command: EmergencyCommand, state: Emergency): Decision {
  const { at, emergency } = command;
  const over = state.state === 'closed' || state.state === 'reviewed';
  switch (command.kind) {
    case 'acknowledge':
      return state.acknowledged ? [] : [fact('alert.acknowledged', at, { alert: emergency, agent: command.agent }, byLeader)];
    case 'unanswered':
      return state.acknowledged || state.escalated ? [] : [fact('emergency.escalated', at, { emergency, to: 'operations' })];
    case 'review':
      if (!over) return refuse('emergency.not-closed');
      return [fact('emergency.reviewed', at, { emergency, finding: command.finding, agent: command.agent }, byLeader)];
    default:
      return over ? refuse('emergency.closed') : worked(command, state);
  }
}

const byLeader = { by: 'leader' } as const;

type Work = Extract<EmergencyCommand, { readonly kind: 'plan' | 'step' | 'register' | 'close' }>;

function worked(command: Work, { state, steps, done }: Emergency): Decision {
  const { at, emergency, agent } = command;
  switch (command.kind) {
    case 'plan': {
      const { plan, steps: planned } = command;
      return [fact('emergency.planned', at, { emergency, plan, steps: [...planned], agent }, byLeader)];
    }
    case 'step':
      if (!steps.includes(command.step) || done.includes(command.step)) return refuse('emergency.no-step');
      return [fact('emergency.step-done', at, { emergency, step: command.step, agent }, byLeader)];
    case 'register': {
      const { account, told } = command;
      return [fact('emergency.registered', at, { emergency, told, agent }, { ...byLeader, personal: { account } })];
    }
    case 'close':
      if (state !== 'registered') return refuse('emergency.register-first');
      return [fact('emergency.closed', at, { emergency, outcome: command.outcome, agent }, byLeader)];
  }
}

export function evolveEmergency(state: Emergency, event: Happened): Emergency {
  switch (event.type) {
    case 'emergency.raised':
      return { ...noEmergency, state: 'raised' };
    case 'alert.acknowledged':
      return { ...state, acknowledged: true, state: state.state === 'raised' ? 'acknowledged' : state.state };
    case 'emergency.escalated':
      return { ...state, escalated: true };
    case 'emergency.planned': {
      const steps = event.fields['steps'];
      return { ...state, steps: Array.isArray(steps) ? steps.map(String) : [], done: [] };
    }
    case 'emergency.step-done':
      return { ...state, done: [...state.done, textOf(event, 'step') ?? ''] };
    case 'emergency.registered':
      return { ...state, state: 'registered' };
    case 'emergency.closed':
      return { ...state, state: 'closed' };
    case 'emergency.reviewed':
      return { ...state, state: 'reviewed' };
    default:
      return state;
  }
}

/** The id of the alert that an emergency which nobody took in hand raises. */
export const alertOfUnanswered = (emergency: string): string => `${emergency}-up`;

/** It stands on the board of operations, with what it is about. */
export function unansweredAlert(emergency: string, about: string, at: Instant): NewEvent {
  const alert = alertOfUnanswered(emergency);
  return fact('alert.raised', at, { alert, kind: 'emergency-unanswered', to: 'operations', severity: 'urgent', about });
}
