import { selfServiceFlow } from '@threerings/core/hotline/call-flows';
import { canBeRung, expertsAt } from '@threerings/core/hotline/experts';
import type { Hotline } from '@threerings/core/hotline/state';
import { agentIn, countFree, staffOn } from '@threerings/core/routing/choose';
import { colleagues } from '@threerings/core/wire/colleagues';
import type { ExpertSeat } from '@threerings/core/wire/hotline-plan';
import type { Feature } from '../http/app.ts';
import type { PeopleStore } from '../people/people-store.ts';

export interface ColleagueParts {
  readonly people: Pick<PeopleStore, 'people'>;
  hotline(): Hotline;
  now(): number;
}

/** `GET /api/desk/colleagues`: to whom a caller can be transferred, and who of them is free. */
export function colleagueFeature({ people, hotline, now }: ColleagueParts): Feature {
  return {
    name: 'colleagues',
    routes(app) {
      const route = { config: { permission: 'desk.use' }, schema: { response: { 200: colleagues } } } as const;
      app.get('/api/desk/colleagues', route, async () => {
        const house = hotline();
        const { router, plan, people: standing } = house;
        const everybody = await people.people();
        const staff = everybody.filter(({ agent }) => agentIn(router, agent) !== undefined);
        return {
          people: staff.map(({ agent, name, unit }) => ({
            ...{ agent, name, unit },
            state: standing.get(agent)?.presence.state ?? 'offline',
            free: canBeRung(house, agent),
          })),
          queues: plan.queues.map(({ queue, name }) => ({ queue, name, free: countFree(router, queue), present: staffOn(router, queue) })),
          selfService: {
            items: (plan.selfService?.items ?? []).flatMap(({ item, name }) =>
              selfServiceFlow(house, item) === undefined ? [] : [{ item, name }],
            ),
            channels: plan.selfService?.channels ?? [],
          },
          seats: (plan.experts ?? []).map((seat) => seatOnBoard(house, seat, everybody, now())),
        };
      });
    },
  };
}

function seatOnBoard(hotline: Hotline, seat: ExpertSeat, people: readonly { agent: string; name: string }[], at: number) {
  const experts = expertsAt(hotline, seat, at).map(({ agent, free, consults, most }) => ({
    ...{ agent, name: people.find((one) => one.agent === agent)?.name ?? agent, free, consults },
    state: hotline.people.get(agent)?.presence.state ?? 'offline',
    ...(most === undefined ? {} : { most }),
  }));
  return { seat: seat.seat, name: seat.name, free: experts.filter(({ free }) => free).length, experts };
}
