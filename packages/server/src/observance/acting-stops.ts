import type { NormAsk } from '@threerings/core/hotline/inputs';
import { fact } from '@threerings/core/timeline/decider';
import type { NewEvent, TimelineEvent } from '@threerings/core/timeline/event';
import type { ActingAct } from '@threerings/core/wire/acting';
import { preflight } from '@threerings/norms/preflight';
import type { Program } from '@threerings/norms/program';
import type { Instant } from '@threerings/norms/trace';
import type { NormWords } from '../norm-packs/norm-words.ts';
import { CallWatch } from './call-watch.ts';
import { asTrace } from './desk-asks.ts';

/** What is about to happen for a customer, and all that is stored of the conversation. */
export interface AboutToAct {
  readonly act: Extract<ActingAct, { readonly kind: 'consent' | 'execute' }>;
  readonly interaction: string;
  /** of the plan that was agreed to; of a consent the act names it */
  readonly agreed?: string | undefined;
  readonly events: readonly TimelineEvent[];
  readonly at: Instant;
}

/**
 * The pack's own 拦截 before a customer's yes is bound to a plan, and before anything is carried out: the act is judged as if it had
 * happened. What cannot be told stops nothing; norms that only ask for a reason or warn do not speak here.
 */
export function actingStops(program: Program, words: NormWords, about: AboutToAct): readonly NormAsk[] {
  const watch = new CallWatch(program);
  watch.take(about.events);
  const { event, by } = becoming(about);
  return preflight(program, watch.state, asTrace(event, 1, by))
    .filter(({ kind }) => kind === 'stop')
    .map(({ norm, cites, message, missing }) => ({
      norm,
      cites,
      message: message === undefined ? words.title(norm) : words.message(norm, message),
      missing: missing.map((label) => words.label(norm, label)),
    }));
}

function becoming({ act, interaction, agreed = '', at }: AboutToAct): { readonly event: NewEvent; readonly by: 'agent' | 'customer' } {
  const { proxy } = act;
  if (act.kind === 'consent')
    return { event: fact('proxy.consented', at, { proxy, consent: 'preview', digest: act.digest, interaction }), by: 'customer' };
  return { event: fact('proxy.executed', at, { proxy, consent: act.consent, digest: agreed, interaction }), by: 'agent' };
}
