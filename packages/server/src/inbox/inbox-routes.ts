import type { Hotline } from '@threerings/core/hotline/state';
import { permits } from '@threerings/core/people/permissions';
import type { BoardAlert } from '@threerings/core/wire/board';
import { type InboxItem, inboxItem } from '@threerings/core/wire/registers';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import type { Sight } from '../interactions/sight.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import { findAppeals } from '../store/appeal-rows.ts';
import type { Database } from '../store/database.ts';
import type { TicketDesk } from '../tickets/ticket-desk.ts';

export interface InboxParts {
  readonly db: Database;
  readonly audit: Audit;
  readonly tickets: Pick<TicketDesk, 'list'>;
  readonly people: Pick<PeopleStore, 'people'>;
  readonly sight: Pick<Sight, 'unitsBelow'>;
  hotline(): Hotline;
  alerts(): readonly BoardAlert[];
  readonly now: () => number;
}

const mostOfKind = 100;
const forcedSinceMs = 86_400_000;
const auditLooked = 500;

/** `GET /api/inbox`: everything that waits for whoever leads, in one list: what is urgent first, then by age. */
export function inboxFeature(parts: () => InboxParts): Feature {
  return {
    name: 'inbox',
    routes(app) {
      const route = { config: { permission: 'board.see' }, schema: { response: { 200: z.array(inboxItem) } } } as const;
      app.get('/api/inbox', route, async (request) => {
        const { person } = personOf(request);
        const lists = await Promise.all([
          alerts(parts()),
          emergencies(parts()),
          anomalies(parts()),
          exceptions(parts(), person),
          appeals(parts(), person),
          forcedStates(parts()),
          rests(parts(), person),
        ]);
        const rank = { urgent: 0, warn: 1, info: 2 } as const;
        return lists.flat().sort((one, other) => rank[one.severity] - rank[other.severity] || one.at - other.at);
      });
    },
  };
}

async function alerts({ alerts: all }: InboxParts): Promise<InboxItem[]> {
  const open = all().filter(({ acknowledgedBy, kind }) => acknowledgedBy === undefined && kind !== 'emergency');
  return open.slice(0, mostOfKind).map(({ alert, at, severity, message, agent, interaction }) => ({
    ...{ kind: 'alert', id: alert, at, severity, title: message },
    ...given({ who: agent, interaction }),
  }));
}

async function emergencies({ db }: InboxParts): Promise<InboxItem[]> {
  const rows = await db.selectFrom('emergencies').selectAll().where('state', 'not in', ['closed', 'reviewed']).limit(mostOfKind).execute();
  return rows.map(({ emergency, raised_at: at, about, interaction, acknowledged_by }) => ({
    ...{ kind: 'emergency', id: emergency, at, title: about, severity: acknowledged_by === null ? 'urgent' : 'warn' },
    ...given({ interaction, acknowledgedBy: acknowledged_by }),
  }));
}

async function anomalies({ db }: InboxParts): Promise<InboxItem[]> {
  const rows = await db.selectFrom('anomalies').selectAll().where('state', 'in', ['open', 'fixed']).limit(mostOfKind).execute();
  return rows.map(({ anomaly, at, what, reporter, interaction, state }) => ({
    ...{ kind: 'anomaly', id: anomaly, at, title: what, who: reporter, severity: state === 'open' ? 'warn' : 'info' },
    ...given({ interaction }),
  }));
}

async function exceptions({ tickets }: InboxParts, person: Person): Promise<InboxItem[]> {
  if (!permits(person.roles, 'tickets.approve')) return [];
  const rows = await tickets.list(person, 'exceptions');
  return rows.slice(0, mostOfKind).map(({ ticket, title, madeAt: at, owner: who }) => ({
    ...{ kind: 'exception', id: `exception-${ticket}`, at, severity: 'warn', title: title ?? ticket, who, ticket },
  }));
}

async function appeals({ db }: InboxParts, { roles, agent: self }: Person): Promise<InboxItem[]> {
  if (!permits(roles, 'appeals.decide')) return [];
  const rows = await findAppeals(db, { limit: mostOfKind, open: true });
  return rows
    .filter(({ agent }) => agent !== self)
    .map(({ appeal, filed_at: at, norm, agent: who, interaction }) => ({
      ...{ kind: 'appeal', id: appeal, at, severity: 'info', title: norm, who, interaction },
    }));
}

/** 强制状态: who was set ready or busy by a leader in the last day; nobody else's hand goes unseen. */
async function forcedStates({ audit, now }: InboxParts): Promise<InboxItem[]> {
  const entries = await audit.entries(0, auditLooked);
  return entries
    .filter(({ action, at }) => action === 'leader.set-state' && at > now() - forcedSinceMs)
    .slice(0, mostOfKind)
    .map(({ entry, at, about, actor }) => ({
      ...{ kind: 'forced-state', id: `state-${entry}`, at, severity: 'info', title: about ?? '' },
      ...given({ who: actor }),
    }));
}

/** Who of one's units waits for a rest, or for somebody to talk to. Only who leads them is told which. */
async function rests({ hotline, people, sight }: InboxParts, { roles, unit, agent: self }: Person): Promise<InboxItem[]> {
  const waiting = [...hotline().people.values()].flatMap(({ presence: { agent, rest } }) =>
    rest !== undefined && rest.limitMs === undefined && agent !== self ? [{ agent, ...rest }] : [],
  );
  if (waiting.length === 0 || !permits(roles, 'calls.monitor')) return [];
  const units = new Set(await sight.unitsBelow(unit));
  const own = new Map((await people.people()).flatMap((one) => (units.has(one.unit) ? [[one.agent, one.name]] : [])));
  return waiting.flatMap(({ agent, wish, askedAt }) => {
    const name = own.get(agent);
    return name === undefined ? [] : [{ kind: wish, id: `rest-${agent}`, at: askedAt, severity: 'warn', title: name, who: agent } as const];
  });
}

/** Without what is absent. */
function given<T extends Record<string, unknown>>(facts: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
