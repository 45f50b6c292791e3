import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact, type Happened, textOf } from '../timeline/decider.ts';

export type ProposalWhat = 'promise' | 'callback' | 'ticket' | 'ledger' | 'review';
export type ProposalOrigin = 'norm' | 'hold-declined' | 'hold-long' | 'transfer-long';

/** Something that a norm, or a refused hold, suggests to a person. It binds nobody until that person confirms it. */
export interface Proposal {
  readonly state: 'none' | 'open' | 'confirmed' | 'declined';
  readonly what: string;
  readonly origin: string;
  /** 工号 of whose desk it is put on */
  readonly agent: string;
  readonly at: Instant;
  readonly norm?: string | undefined;
  readonly message?: string | undefined;
}

export type ProposalCommand = { readonly at: Instant; readonly proposal: string } & (
  | {
      readonly kind: 'make';
      readonly what: ProposalWhat;
      readonly origin: ProposalOrigin;
      readonly agent: string;
      readonly norm?: string | undefined;
      /** key of the verdict that it comes from */
      readonly key?: string | undefined;
      readonly message?: string | undefined;
    }
  /** `result`: what was made of it, for example a promise */
  | { readonly kind: 'confirm'; readonly agent: string; readonly by: string; readonly result?: string | undefined }
  | { readonly kind: 'decline'; readonly agent: string; readonly by: string; readonly reason: string }
);

export const noProposal: Proposal = { state: 'none', what: '', origin: '', agent: '', at: 0 };

export function decideProposal(command: ProposalCommand, state: Proposal): Decision {
  const { at, proposal } = command;
  if (command.kind === 'make') {
    const { what, origin, agent, norm, key, message } = command;
    const fields = { proposal, what, origin, agent, norm, key, message: message?.slice(0, 200) };
    return state.state === 'none' ? [fact('proposal.made', at, fields)] : [];
  }
  if (state.state === 'none') return refuse('proposal.unknown');
  const { agent, by } = command;
  if (command.kind === 'confirm') {
    if (state.state === 'declined') return refuse('proposal.settled');
    return state.state === 'confirmed' ? [] : [fact('proposal.confirmed', at, { proposal, agent, result: command.result }, { by })];
  }
  if (state.state === 'confirmed') return refuse('proposal.settled');
  if (state.state === 'declined') return [];
  if (command.reason.trim() === '') return refuse('proposal.no-reason');
  return [fact('proposal.declined', at, { proposal, agent, reason: command.reason }, { by })];
}

export function evolveProposal(state: Proposal, event: Happened): Proposal {
  switch (event.type) {
    case 'proposal.made': {
      const [what = '', origin = '', agent = ''] = ['what', 'origin', 'agent'].map((name) => textOf(event, name));
      return { state: 'open', what, origin, agent, at: event.occurredAt, norm: textOf(event, 'norm'), message: textOf(event, 'message') };
    }
    case 'proposal.confirmed':
      return { ...state, state: 'confirmed' };
    case 'proposal.declined':
      return { ...state, state: 'declined' };
    default:
      return state;
  }
}
