import type { Hotline } from '@threerings/core/hotline/state';
import { agentIn, countFree, isFreeAgent, staffOn } from '@threerings/core/routing/choose';
import { colleagues } from '@threerings/core/wire/colleagues';
import type { Feature } from '../http/app.ts';
import type { PeopleStore } from '../people/people-store.ts';

export interface ColleagueParts {
  readonly people: Pick<PeopleStore, 'people'>;
  hotline(): Hotline;
}

/** `GET /api/desk/colleagues`: to whom a caller can be transferred, and who of them is free. */
export function colleagueFeature({ people, hotline }: ColleagueParts): Feature {
  return {
    name: 'colleagues',
    routes(app) {
      const route = { config: { permission: 'desk.use' }, schema: { response: { 200: colleagues } } } as const;
      app.get('/api/desk/colleagues', route, async () => {
        const { router, plan, people: standing } = hotline();
        const staff = (await people.people()).filter(({ agent }) => agentIn(router, agent) !== undefined);
        return {
          people: staff.map(({ agent, name, unit }) => ({
            ...{ agent, name, unit },
            state: standing.get(agent)?.presence.state ?? 'offline',
            free: isFreeAgent(router, agent) && standing.get(agent)?.phone === true,
          })),
          queues: plan.queues.map(({ queue, name }) => ({ queue, name, free: countFree(router, queue), present: staffOn(router, queue) })),
        };
      });
    },
  };
}
