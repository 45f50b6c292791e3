import { isRefusal } from '@threerings/core/errors/refusal';
import type { Hotline } from '@threerings/core/hotline/state';
import { type LeaderCommand, leaderRequest } from '@threerings/core/wire/monitoring';
import { z } from 'zod';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { refuseDomain, sendRefusal } from '../http/refusals.ts';
import type { Sight } from '../interactions/sight.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';

export interface LeaderParts {
  readonly audit: Audit;
  readonly people: Pick<PeopleStore, 'person'>;
  readonly sight: Pick<Sight, 'maySee'>;
  readonly now: () => number;
  hotline(): Hotline;
  /** carries out what a leader asks; answers after the commit */
  ask(leader: string, command: LeaderCommand): Promise<FloorAnswer>;
}

/** `POST /api/board/leader`: listen, whisper, join, take over, answer who asked for a rest or for support, and set the state of an agent of one's units. Every act that is done is audited. */
export function leaderFeature(parts: LeaderParts): Feature {
  const { audit, ask, now } = parts;
  return {
    name: 'leader',
    routes(app) {
      const route = {
        config: { permission: 'calls.monitor' },
        schema: { body: leaderRequest, response: { 200: z.object({ ok: z.literal(true) }) } },
      } as const;
      app.post('/api/board/leader', route, async (request, reply) => {
        const { person } = personOf(request);
        const act = request.body.do;
        const about = agentOf(parts.hotline(), act);
        const unit = about === undefined ? undefined : (await parts.people.person(about))?.unit;
        const isOwn = about !== undefined && (await parts.sight.maySee(person, { agent: about, unit }));
        if (!isOwn)
          return refuseDomain(request, reply, { refused: act.kind === 'answer-support' ? 'support.none' : 'call.not-talking', facts: {} });
        const answer = await ask(person.agent, act);
        if ('refused' in answer)
          return isRefusal(answer)
            ? refuseDomain(request, reply, answer as never)
            : sendRefusal(reply, 503, { refused: 'store.busy', message: '' });
        await audit.record({ at: now(), action: `leader.${act.kind}`, actor: person.agent, about, facts: factsOf(act) });
        return { ok: true as const };
      });
    },
  };
}

/** Whose call, or state, it is. */
function agentOf(hotline: Hotline, act: LeaderCommand): string | undefined {
  if (act.kind === 'answer-support') return hotline.supports.get(act.interaction)?.agent;
  return 'agent' in act ? act.agent : hotline.calls.get(act.interaction)?.interaction.talk?.agent;
}

function factsOf(act: LeaderCommand): Readonly<Record<string, string>> {
  if (act.kind === 'set-state') return { state: act.state };
  if (act.kind === 'answer-rest') return { granted: act.limitMs === undefined ? 'no' : 'yes' };
  if (act.kind === 'answer-support') return { interaction: act.interaction, comes: act.comes ? 'yes' : 'no' };
  if (act.kind === 'answer-request') return { interaction: act.interaction, takes: act.takes ? 'yes' : 'no' };
  return act.kind === 'monitor' ? { interaction: act.interaction, mode: act.mode } : { interaction: act.interaction };
}
