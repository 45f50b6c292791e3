import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import type { NormCard } from '@threerings/core/observance/norm-card';
import { decideProposal, evolveProposal, noProposal, type Proposal, type ProposalCommand } from '@threerings/core/proposals/lifecycle';
import { textOf } from '@threerings/core/timeline/decider';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { ProposalView } from '@threerings/core/wire/desk';
import { handle, type Lifecycle } from '../runtime/handle.ts';
import type { EventStore } from '../store/event-store.ts';
import type { ProposalRow } from '../store/proposal-rows.ts';

export interface ProposalDeskParts {
  readonly store: Pick<EventStore, 'append' | 'load'>;
  /** title and clauses of a norm */
  card(norm: string): Pick<NormCard, 'title' | 'cites'>;
  readonly now: () => number;
  /** what lies on somebody's desk has changed: 工号 or role */
  changed(agent: string): void;
  onError(error: unknown): void;
}

const lifecycle: Lifecycle<Proposal, ProposalCommand> = { initial: noProposal, evolve: evolveProposal, decide: decideProposal };
const streamOf = (proposal: string) => `proposal-${proposal}`;

/** What norms and refused holds suggest, until a person confirms or declines it. */
export class ProposalDesk {
  readonly #parts: ProposalDeskParts;
  readonly #open = new Map<string, Omit<ProposalView, 'proposal' | 'title' | 'cites'>>();

  constructor(parts: ProposalDeskParts) {
    this.#parts = parts;
  }

  /** What lies on these desks (工号 and roles), oldest first. */
  open(...desks: readonly string[]): ProposalView[] {
    return [...this.#open].filter(([, { agent }]) => desks.includes(agent)).map(([proposal, known]) => this.#view(proposal, known));
  }

  deskOf(proposal: string): string | undefined {
    return this.#open.get(proposal)?.agent;
  }

  restore(rows: readonly ProposalRow[]): void {
    for (const { proposal, what, origin, agent, interaction, norm, message, at } of rows) {
      const some = { interaction, norm, message };
      const known = Object.fromEntries(Object.entries(some).filter(([, value]) => value !== null));
      this.#open.set(proposal, { what: what as ProposalView['what'], origin: origin as ProposalView['origin'], agent, at, ...known });
    }
  }

  /** A subscriber of the dispatch. A promise or ticket that was made from a proposal confirms it. */
  readonly take = (events: readonly TimelineEvent[]): void => {
    for (const event of events) {
      if (event.type.startsWith('proposal.')) this.#happened(event);
      const proposal = event.type === 'promise.made' || event.type === 'ticket.created' ? textOf(event, 'proposal') : undefined;
      if (proposal !== undefined) this.#confirmBy(proposal, event);
    }
  };

  async settle(command: ProposalCommand): Promise<'stored' | 'not-stored' | Refusal> {
    const answer = await handle(this.#parts.store, lifecycle, { stream: streamOf(command.proposal) }, command);
    if ('events' in answer) return 'stored';
    return isRefusal(answer) && answer.refused.startsWith('proposal.') ? (answer as Refusal) : 'not-stored';
  }

  #confirmBy(proposal: string, event: TimelineEvent): void {
    const agent = textOf(event, 'agent') ?? textOf(event, 'owner') ?? 'leader';
    const result = textOf(event, 'promise') ?? textOf(event, 'ticket');
    this.settle({ kind: 'confirm', proposal, agent, by: 'agent', result, at: this.#parts.now() }).catch(this.#parts.onError);
  }

  #happened(event: TimelineEvent): void {
    const proposal = textOf(event, 'proposal') ?? '';
    const agent = this.#open.get(proposal)?.agent ?? textOf(event, 'agent') ?? '';
    if (event.type === 'proposal.made') {
      const { what, origin, at, norm, message } = evolveProposal(noProposal, event);
      const some = { interaction: event.interaction, norm, message };
      const known = Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined));
      this.#open.set(proposal, { what: what as ProposalView['what'], origin: origin as ProposalView['origin'], agent, at, ...known });
    } else this.#open.delete(proposal);
    this.#parts.changed(agent);
  }

  #view(proposal: string, known: Omit<ProposalView, 'proposal' | 'title' | 'cites'>): ProposalView {
    if (known.norm === undefined) return { proposal, ...known };
    const { title, cites } = this.#parts.card(known.norm);
    return { proposal, ...known, title, cites: [...cites] };
  }
}
