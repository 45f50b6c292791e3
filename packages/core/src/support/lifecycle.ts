import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { maskedKeywords } from '../knowledge/use.ts';
import type { Settings } from '../settings/defaults.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import type { Support } from './state.ts';

export const supportOutcomes = ['answered', 'callback', 'none'] as const;
export type SupportOutcome = (typeof supportOutcomes)[number];

export type SupportCommand = { readonly at: Instant } & (
  | { readonly kind: 'request'; readonly support: string; readonly agent: string; readonly topic: string }
  /** somebody comes, or says that nobody can now */
  | { readonly kind: 'come'; readonly helper: string }
  | { readonly kind: 'busy' }
  | { readonly kind: 'close'; readonly agent: string; readonly outcome: SupportOutcome }
  /** time has passed */
  | { readonly kind: 'wake' }
);

type Do<Kind extends SupportCommand['kind']> = Extract<SupportCommand, { readonly kind: Kind }>;
type Clocks = Pick<Settings, 'supportBusyMs' | 'supportLimitMs'>;

/**
 * What follows from a command about a request for support (S4-18, S4-21, S4-22). Refuses `support.open`, `support.no-topic`, `support.none`,
 * `support.own`, `support.taken`, `support.not-yours`, `support.nobody-came`.
 */
export function decideSupport(command: SupportCommand, state: Support | undefined, clocks: Clocks): Decision {
  if (command.kind === 'request') return request(command, state, clocks);
  if (command.kind === 'wake') return state === undefined ? [] : wake(command, state, clocks);
  if (state === undefined) return refuse('support.none');
  switch (command.kind) {
    case 'come':
      return come(command, state);
    case 'busy':
      return state.busy || state.helper !== undefined ? [] : [fact('support.busy', command.at, { support: state.support })];
    case 'close':
      return close(command, state);
  }
}

function request({ at, support, agent, topic }: Do<'request'>, state: Support | undefined, { supportLimitMs }: Clocks): Decision {
  if (state !== undefined) return refuse('support.open');
  const asked = maskedKeywords(topic.trim());
  if (asked === '') return refuse('support.no-topic');
  return [fact('support.requested', at, { support, topic: asked, agent, due: at + supportLimitMs })];
}

function come({ at, helper }: Do<'come'>, { support, agent, helper: known }: Support): Decision {
  if (helper === agent) return refuse('support.own');
  if (known !== undefined) return known.agent === helper ? [] : refuse('support.taken', { agent: known.agent });
  return [fact('support.offered', at, { support, agent: helper }, { by: 'support' })];
}

function close({ at, agent, outcome }: Do<'close'>, state: Support): Decision {
  if (state.agent !== agent) return refuse('support.not-yours');
  if (outcome !== 'none' && state.helper === undefined) return refuse('support.nobody-came');
  return [fact('support.closed', at, { support: state.support, outcome })];
}

/** What time alone brings about next; undefined = somebody came, or everything was said. */
export function nextInSupport(
  state: Support,
  { supportBusyMs }: Clocks,
): { readonly at: Instant; readonly due: 'busy' | 'late' } | undefined {
  if (state.helper !== undefined) return undefined;
  const busyAt = Math.min(state.requestedAt + supportBusyMs, state.dueAt);
  if (!state.busy) return { at: busyAt, due: 'busy' };
  return state.late ? undefined : { at: state.dueAt, due: 'late' };
}

/** Each once. */
function wake({ at }: Do<'wake'>, state: Support, clocks: Clocks): Decision {
  const next = nextInSupport(state, clocks);
  if (next === undefined || next.at > at) return [];
  const { support, topic, agent } = state;
  if (next.due === 'busy') return [fact('support.busy', at, { support })];
  return [fact('alert.raised', at, { alert: `support-late-${support}`, kind: 'support-late', to: 'leader', agent, about: topic })];
}
