import { isRefusal } from '@threerings/core/errors/refusal';
import { permits } from '@threerings/core/people/permissions';
import { proposalChange, proposalView } from '@threerings/core/wire/desk';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseDomain, refuseFrom } from '../http/refusals.ts';
import type { Person } from '../session/sessions.ts';
import type { ProposalDesk } from './proposal-desk.ts';

export const proposalRouteRefusals = {
  'proposal.gone': {
    status: 404,
    zh: '没有这条待定的拟建',
    en: 'no such proposal lies on your desk',
    remedy: { zh: '可能已经处理，请刷新', en: 'it may be settled already: reload' },
  },
  'proposal.not-stored': {
    status: 503,
    zh: '没有保存成功，请重试',
    en: 'it was not stored: try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;

/** The desks whose proposals a person settles: the own one, and those of the roles. */
function desksOf({ agent, roles }: Person): readonly string[] {
  return [agent, ...(permits(roles, 'appeals.decide') ? ['reviewer'] : []), ...(permits(roles, 'promises.close') ? ['leader'] : [])];
}

/** `/api/proposals`: what norms propose. Nothing is made of it before a person says so. */
export function proposalFeature(desk: () => ProposalDesk, now: () => number): Feature {
  return {
    name: 'proposals',
    routes(app) {
      const config = { permission: ['desk.use', 'appeals.decide'] } as const;
      app.get('/api/proposals', { config, schema: { response: { 200: z.array(proposalView) } } }, async (request) =>
        desk().open(...desksOf(personOf(request).person)),
      );
      const schema = {
        params: z.object({ proposal: z.string().min(1).max(200) }),
        body: proposalChange,
        response: { 200: z.object({ ok: z.literal(true) }) },
      };
      app.post('/api/proposals/:proposal', { config, schema }, async (request, reply) => {
        const { person } = personOf(request);
        const { proposal } = request.params;
        const lies = desk().deskOf(proposal);
        if (lies === undefined || !desksOf(person).includes(lies))
          return refuseFrom(proposalRouteRefusals, 'proposal.gone', request, reply);
        const by = lies === person.agent ? 'agent' : lies;
        const who = { proposal, agent: person.agent, by, at: now() };
        const change = request.body;
        const answer = await desk().settle(
          change.do === 'confirm' ? { kind: 'confirm', result: change.result, ...who } : { kind: 'decline', reason: change.reason, ...who },
        );
        if (answer === 'stored') return { ok: true as const };
        return isRefusal(answer)
          ? refuseDomain(request, reply, answer)
          : refuseFrom(proposalRouteRefusals, 'proposal.not-stored', request, reply);
      });
    },
  };
}
