import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact, type Happened, textOf } from '../timeline/decider.ts';
import type { PersonalValue } from '../timeline/event.ts';
import type { AppealGround } from './grounds.ts';

/** What an agent says to a broken verdict: 说明 tells why, 申诉 asks that it does not count. A person decides either. */
export interface Appeal {
  readonly state: 'none' | 'open' | 'upheld' | 'rejected';
  readonly form: string;
  readonly verdict: string;
  readonly norm: string;
  readonly agent: string;
  readonly ground: string;
  readonly filedAt: Instant;
  readonly decidedAt?: Instant | undefined;
  readonly decidedBy?: string | undefined;
  readonly reason?: string | undefined;
}

export type AppealCommand = { readonly at: Instant } & (
  | {
      readonly kind: 'file';
      readonly form: 'explanation' | 'appeal';
      /** norm and key of the verdict */
      readonly verdict: string;
      readonly norm: string;
      readonly agent: string;
      readonly ground: AppealGround;
      readonly words: PersonalValue;
    }
  /** upheld: the agent is right, and the verdict does not count */
  | { readonly kind: 'decide'; readonly upheld: boolean; readonly reason: string; readonly reviewer: string }
);

export const noAppeal: Appeal = { state: 'none', form: '', verdict: '', norm: '', agent: '', ground: '', filedAt: 0 };

export function decideAppeal(command: AppealCommand, state: Appeal): Decision {
  const { at } = command;
  if (command.kind === 'file') {
    if (state.state !== 'none') return refuse('appeal.filed-before');
    const { form, verdict, norm, agent, ground, words } = command;
    if (words.value.trim() === '') return refuse('appeal.no-words');
    return [fact('appeal.filed', at, { verdict, form, norm, agent, ground }, { personal: { words } })];
  }
  const { upheld, reason, reviewer } = command;
  if (state.state === 'none') return refuse('appeal.unknown');
  if (state.state !== 'open') return (state.state === 'upheld') === upheld ? [] : refuse('appeal.decided');
  if (reviewer === state.agent) return refuse('appeal.own');
  if (reason.trim() === '') return refuse('appeal.no-reason');
  return [fact('appeal.decided', at, { verdict: state.verdict, upheld, reason, agent: reviewer })];
}

export function evolveAppeal(state: Appeal, event: Happened): Appeal {
  if (event.type === 'appeal.filed') {
    const [form = 'appeal', verdict = '', norm = ''] = ['form', 'verdict', 'norm'].map((name) => textOf(event, name));
    const [agent = '', ground = ''] = ['agent', 'ground'].map((name) => textOf(event, name));
    return { ...noAppeal, state: 'open', form, verdict, norm, agent, ground, filedAt: event.occurredAt };
  }
  if (event.type !== 'appeal.decided') return state;
  const decided = { decidedAt: event.occurredAt, decidedBy: textOf(event, 'agent'), reason: textOf(event, 'reason') };
  return { ...state, state: event.fields['upheld'] === true ? 'upheld' : 'rejected', ...decided };
}
