import { createHash } from 'node:crypto';
import { decideProposal, noProposal, type ProposalWhat } from '@threerings/core/proposals/lifecycle';
import { fact } from '@threerings/core/timeline/decider';
import type { Verdict } from '@threerings/norms/trace';
import type { ResolvedNorm } from '@threerings/norms/tree';
import type { AppendRequest } from '../store/append-request.ts';

/** What the norms in force want done when one of them settles. */
export type ActionsOf = (norm: string) => Pick<ResolvedNorm, 'actions' | 'severity' | 'title'> | undefined;

/** Whom a proposal goes to where the verdict names nobody, and where the agent must not judge the own call. */
const reviewers = 'reviewer';
const leaders = 'leader';

const loudness = { critical: 'urgent', major: 'warn', minor: 'info', advice: 'info' } as const;

/**
 * 通知 and 拟建: what a settled verdict asks for beside its record. An alert stands on the board until somebody acknowledges it; a
 * proposal lies on a desk until a person confirms or declines it. Ids derive from the verdict, so that a call which is judged again
 * after a restart asks for nothing twice. Nothing here changes a record of a person.
 */
export function actionRequests(interaction: string, settled: readonly Verdict[], actionsOf: ActionsOf): AppendRequest[] {
  return settled.flatMap((verdict) => {
    const norm = actionsOf(verdict.norm);
    if (norm === undefined || (verdict.value !== 'broken' && verdict.value !== 'kept')) return [];
    return norm.actions.flatMap((action, index): AppendRequest[] => {
      if (action.on !== verdict.value) return [];
      const id = idOf(interaction, verdict, index);
      const title = norm.title ?? verdict.norm;
      const { norm: name, key, who: agent, at } = verdict;
      if (action.kind === 'alert') {
        const fields = {
          alert: id,
          kind: (action.message ?? title).slice(0, 200),
          to: action.to,
          norm: name,
          agent,
          severity: loudness[norm.severity],
        };
        return [request('alert', id, interaction, fact('alert.raised', at, fields))];
      }
      if (action.kind !== 'propose') return [];
      const made = decideProposal(
        {
          kind: 'make',
          proposal: id,
          what: action.what,
          origin: 'norm',
          agent: deskOf(action.what, agent),
          norm: name,
          key,
          message: action.message,
          at,
        },
        noProposal,
      );
      return 'refused' in made ? [] : made.map((event) => request('proposal', id, interaction, event));
    });
  });
}

function deskOf(what: ProposalWhat, agent: string | undefined): string {
  return what === 'review' || what === 'ledger' ? reviewers : (agent ?? leaders);
}

function request(stream: 'alert' | 'proposal', id: string, interaction: string, event: AppendRequest['events'][number]): AppendRequest {
  return { stream: `${stream}-${id}`, interaction, events: [{ ...event, id: `${stream}-${id}` }] };
}

function idOf(interaction: string, { norm, key, value }: Verdict, index: number): string {
  return createHash('sha256')
    .update(JSON.stringify([interaction, norm, key, value, index]))
    .digest('hex')
    .slice(0, 32);
}
