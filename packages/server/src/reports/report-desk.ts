import type { NormCard } from '@threerings/core/observance/norm-card';
import { localDay, startOfDay } from '@threerings/core/promises/calendar';
import type { ReportPolicy } from '@threerings/core/reports/figures';
import { periodOf, type ReportPeriod, titleOfPeriod } from '@threerings/core/reports/period';
import {
  type Filed,
  figuresOf,
  groupsOf,
  halfHourLoad,
  lowestConnection,
  type Reported,
  type ReportFacts,
  stepCounts,
  type VerdictTally,
} from '@threerings/core/reports/report';
import { topMatters } from '@threerings/core/reports/top-matters';
import { connectionWindowMs } from '@threerings/core/service-level/connection-rate';
import type { NormTally, ReportQuery, ReportView } from '@threerings/core/wire/reports';
import type { PeopleStore } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import type { Database } from '../store/database.ts';
import { bringCallFactsUp, type Callers } from './call-facts-read-model.ts';
import { bringChatFactsUp, readChatFacts } from './chat-facts-read-model.ts';
import { mattersOf } from './matters-read-model.ts';
import {
  readAppealFacts,
  readCallFacts,
  readPromiseFacts,
  readTicketFacts,
  repeatWindowMs,
  tallyVerdicts,
  type VerdictFilter,
  type Wanted,
} from './report-read-model.ts';
import { type Scope, type Staff, scopeOf, unitsAbove, within } from './report-scope.ts';
import { bringShiftDaysUp, readShiftFacts } from './shift-facts-read-model.ts';

export interface ReportParts {
  readonly db: Database;
  readonly callers: Callers;
  readonly people: Pick<PeopleStore, 'people' | 'units'>;
  unitsBelow(unit: string): Promise<readonly string[]>;
  card(norm: string): NormCard;
  /** as the hotline is configured now */
  queues(): readonly { readonly queue: string; readonly name: string }[];
  settings(): Omit<ReportPolicy, 'now'>;
  readonly zoneOffsetMs: number;
  /** the demo shows what it replays */
  readonly countReplays: boolean;
  readonly now: () => number;
}

/** Everything a report of one person and one period is made from. */
export interface Gathered extends Reported {
  readonly period: ReportPeriod;
  readonly wanted: Wanted;
  readonly scope: Scope;
  readonly staff: Staff;
  /** with the calls of the day before */
  readonly callsBefore: ReportFacts['calls'];
}

export type ReportFault = 'report.not-yours' | 'report.no-day';

/** Reports: figures of a day, a week or a month, of what this person may see. */
export class ReportDesk {
  readonly parts: ReportParts;

  constructor(parts: ReportParts) {
    this.parts = parts;
  }

  async make(person: Person, query: ReportQuery): Promise<ReportView | ReportFault> {
    const found = await this.gather(person, query);
    if (typeof found === 'string') return found;
    const { period, policy, facts, staff } = found;
    const { serviceLevelMs, shortAbandonMs, connectionGoal, chatSilenceMs } = policy;
    return {
      kind: period.kind,
      from: period.from,
      to: period.to,
      title: titleOfPeriod(period),
      madeAt: policy.now,
      soFar: period.to > policy.now,
      policy: { serviceLevelMs, shortAbandonMs, connectionGoal, chatSilenceMs },
      figures: figuresOf(found, lowestConnection(found.callsBefore, period, policy)),
      norms: this.#norms(found.verdicts),
      groups: this.#groups(found, query.by),
      steps: [...stepCounts(facts.calls, period, policy)],
      ...(period.kind === 'day' ? {} : { load: halfHourLoad(facts.calls, period, policy) }),
      matters: topMatters(facts, await mattersOf(this.parts.db, answeredIn(facts))),
      choices: await this.#choices(person, staff),
    };
  }

  async gather(person: Person, query: ReportQuery): Promise<Gathered | ReportFault> {
    const { db, zoneOffsetMs, now, unitsBelow } = this.parts;
    const day = query.day === undefined ? localDay(now(), zoneOffsetMs) : dayOf(query.day);
    if (day === undefined) return 'report.no-day';
    const period = periodOf(query.kind, day, zoneOffsetMs);
    const [people, units] = await Promise.all([this.parts.people.people(), this.parts.people.units()]);
    const staff = { people, units, unitsBelow: (unit: string) => unitsBelow(unit) };
    const scope = await scopeOf(person, query, staff);
    if (scope === undefined) return 'report.not-yours';
    const live = this.parts.countReplays ? ['live', 'replay'] : ['live'];
    const wanted: Wanted = { from: period.from, to: period.to, origins: query.of === 'live' ? live : ['import'], now: now() };
    const earlier = period.from - connectionWindowMs;
    const policy = { ...this.parts.settings(), now: wanted.now };
    const rows = await this.#read(wanted, earlier, query.of === 'live');
    const verdicts = await tallyVerdicts(db, verdictFilter(wanted, scope));
    const unitOf = new Map(people.map(({ agent, unit }) => [agent, unit]));
    const filed = <Row>(rows: readonly Filed<Row>[]) =>
      within(rows, scope).map((row) => ({ ...row, unit: row.unit ?? unitOf.get(row.agent ?? '') }));
    const callsBefore = filed(rows.calls);
    const facts: ReportFacts = {
      calls: callsBefore.filter(({ at }) => at >= period.from),
      shifts: filed(rows.shifts),
      chats: filed(rows.chats),
      promises: filed(rows.promises),
      tickets: filed(rows.tickets),
      appeals: filed(rows.appeals),
    };
    const tallies = verdicts.map((tally) => ({ ...tally, unit: unitOf.get(tally.agent ?? '') }));
    return { period, wanted, scope, staff, policy, facts, callsBefore, verdicts: tallies };
  }

  /** The rows of everybody, with the calls since `earlier`. What is no call or verdict is the hotline's own. */
  async #read(wanted: Wanted, earlier: number, own: boolean): Promise<ReportFacts> {
    const { db, callers, zoneOffsetMs } = this.parts;
    await bringCallFactsUp(db, callers, Math.min(earlier, wanted.from - repeatWindowMs), wanted.to);
    await bringChatFactsUp(db, wanted.from, wanted.to);
    if (own) await bringShiftDaysUp(db, zoneOffsetMs);
    const [calls, chats, appeals, promises, tickets, shifts] = await Promise.all([
      readCallFacts(db, { ...wanted, from: earlier }),
      readChatFacts(db, wanted),
      readAppealFacts(db, wanted),
      own ? readPromiseFacts(db, wanted) : [],
      own ? readTicketFacts(db, wanted) : [],
      own ? readShiftFacts(db, wanted, zoneOffsetMs) : [],
    ]);
    return { calls, chats, appeals, promises, tickets, shifts };
  }

  /** Units above the scope are not shown: their rows would be a part of them only. */
  #groups(found: Gathered, by: ReportQuery['by']): ReportView['groups'] {
    const { staff, scope } = found;
    const above = unitsAbove(staff.units);
    const shown = (unit: string) => above(unit).filter((one) => scope.units === undefined || scope.units.has(one));
    return groupsOf(found, by, shown).map(({ key, figures }) => ({ key, name: this.#nameOf(by, key, staff), figures }));
  }

  #norms(tallies: readonly VerdictTally[]): NormTally[] {
    const byNorm = new Map<string, NormTally>();
    for (const { norm, kept, broken, unknown } of tallies) {
      const { title, cites } = this.parts.card(norm);
      const sum = byNorm.get(norm) ?? { norm, title, cites: [...cites], kept: 0, broken: 0, unknown: 0 };
      byNorm.set(norm, { ...sum, kept: sum.kept + kept, broken: sum.broken + broken, unknown: sum.unknown + unknown });
    }
    return [...byNorm.values()].sort((a, b) => b.broken - a.broken || b.kept - a.kept || (a.norm < b.norm ? -1 : 1));
  }

  #nameOf(by: ReportQuery['by'], key: string, { people, units }: Staff): string {
    if (by === 'unit') return units.find(({ unit }) => unit === key)?.name ?? key;
    if (by === 'queue') return this.parts.queues().find(({ queue }) => queue === key)?.name ?? key;
    const name = people.find(({ agent }) => agent === key)?.name;
    return name === undefined ? key : `${key} ${name}`;
  }

  /** What this person may narrow a report to. */
  async #choices(person: Person, staff: Staff): Promise<ReportView['choices']> {
    const all = await scopeOf(person, {}, staff);
    const seen = (key: string, among: ReadonlySet<string> | undefined) => among === undefined || among.has(key);
    return {
      units: staff.units.filter(({ unit }) => seen(unit, all?.units)).map(({ unit, name }) => ({ key: unit, name })),
      agents: staff.people
        .filter(({ agent }) => seen(agent, all?.agents))
        .map(({ agent, name }) => ({ key: agent, name: `${agent} ${name}` })),
      queues: this.parts.queues().map(({ queue, name }) => ({ key: queue, name })),
    };
  }
}

const answeredIn = ({ calls, chats }: ReportFacts): string[] =>
  [...calls, ...chats].flatMap(({ interaction, row }) => (row.outcome === 'answered' && interaction !== undefined ? [interaction] : []));

export function verdictFilter(wanted: Wanted, { agents, nobodys, queue }: Scope): VerdictFilter {
  return { ...wanted, ...(agents === undefined ? {} : { agents: [...agents], nobodys }), queue };
}

/** Days since 1970-01-01 of `2026-09-30`; undefined for a day that does not exist or lies beyond any hotline. */
function dayOf(text: string): number | undefined {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!Number.isFinite(at) || new Date(at).toISOString().slice(0, 10) !== text || at < 0) return undefined;
  const day = localDay(at, 0);
  return startOfDay(day, 0) === at ? day : undefined;
}
