import { fact } from '@threerings/core/timeline/decider';
import type { NewEvent } from '@threerings/core/timeline/event';
import type { EmergencyChange, EmergencyPlan, EmergencyView } from '@threerings/core/wire/registers';
import type { Person } from '../session/sessions.ts';
import { isAppendRefusal } from '../store/append-request.ts';
import type { Database } from '../store/database.ts';
import type { EmergencyRow } from '../store/emergency-rows.ts';
import type { EventStore } from '../store/event-store.ts';
import type { emergencyRefusals } from './emergency-refusals.ts';

export interface EmergencyParts {
  readonly db: Database;
  readonly events: Pick<EventStore, 'append'>;
  readonly now: () => number;
  read(references: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

type Refused = keyof typeof emergencyRefusals;
const mostListed = 200;

/** 应急: what was raised, taken in hand, done by plan, registered, closed and reviewed. */
export class EmergencyDesk {
  readonly parts: EmergencyParts;

  constructor(parts: EmergencyParts) {
    this.parts = parts;
  }

  async list(): Promise<EmergencyView[]> {
    const rows = await this.parts.db.selectFrom('emergencies').selectAll().orderBy('raised_at', 'desc').limit(mostListed).execute();
    const texts = await this.parts.read(rows.flatMap(({ account_ref }) => account_ref ?? []));
    return rows.map((row) => viewOf(row, texts.get(row.account_ref ?? '')));
  }

  async plans(): Promise<EmergencyPlan[]> {
    const rows = await this.parts.db.selectFrom('emergency_plans').select(['plan', 'title', 'steps']).orderBy('title').execute();
    return rows;
  }

  async keepPlan({ plan, title, steps }: EmergencyPlan, by: string): Promise<void> {
    const facts = { title, steps: [...steps], changed_at: this.parts.now(), changed_by: by };
    await this.parts.db
      .insertInto('emergency_plans')
      .values({ plan, ...facts })
      .onConflict((conflict) => conflict.column('plan').doUpdateSet(facts))
      .execute();
  }

  async change({ agent }: Person, emergency: string, change: EmergencyChange): Promise<'done' | Refused> {
    const { db, events, now } = this.parts;
    const row = await db.selectFrom('emergencies').selectAll().where('emergency', '=', emergency).executeTakeFirst();
    if (row === undefined) return 'emergency.gone';
    if (change.do === 'acknowledge') {
      // The same fact, under the same id, as an acknowledgement on the board.
      const event = {
        ...fact('alert.acknowledged', now(), { alert: emergency, agent }, { by: 'leader' }),
        id: `acknowledged-${emergency}`,
      };
      const answer = await events.append({ stream: `alert-${emergency}`, events: [event] });
      return isAppendRefusal(answer) && answer.refused !== 'stream.id-taken' ? 'emergency.not-stored' : 'done';
    }
    const decided = await this.#decide(row, agent, change);
    if (typeof decided === 'string') return decided;
    const answer = await events.append({ stream: `emergency-${emergency}`, events: [decided], ...placeOf(row) });
    return isAppendRefusal(answer) ? 'emergency.not-stored' : 'done';
  }

  /** Nobody has taken it in hand: it goes up, and says so on the board of operations. Safe to repeat. */
  async unanswered(emergency: string): Promise<void> {
    const { db, events, now } = this.parts;
    const row = await db.selectFrom('emergencies').selectAll().where('emergency', '=', emergency).executeTakeFirst();
    if (row === undefined || row.acknowledged_at !== null) return;
    const at = now();
    const alert = `${emergency}-up`;
    const raised = fact('alert.raised', at, {
      alert,
      kind: 'emergency-unanswered',
      to: 'operations',
      severity: 'urgent',
      about: row.about,
    });
    const up = fact('emergency.escalated', at, { emergency, to: 'operations' });
    for (const [stream, event] of [
      [`alert-${alert}`, { ...raised, id: `alert-${alert}` }],
      [`emergency-${emergency}`, { ...up, id: `escalated-${emergency}` }],
    ] as const) {
      const answer = await events.append({ stream, events: [event], ...placeOf(row) });
      if (isAppendRefusal(answer) && answer.refused !== 'stream.id-taken') throw new Error(`${emergency}: ${answer.refused}`);
    }
  }

  async #decide(row: EmergencyRow, agent: string, change: Exclude<EmergencyChange, { do: 'acknowledge' }>): Promise<NewEvent | Refused> {
    const { emergency, state } = row;
    const at = this.parts.now();
    const over = state === 'closed' || state === 'reviewed';
    if (change.do === 'review')
      return over
        ? fact('emergency.reviewed', at, { emergency, finding: change.finding, agent }, { by: 'leader' })
        : 'emergency.not-closed';
    if (over) return 'emergency.closed';
    switch (change.do) {
      case 'plan': {
        const plan = (await this.plans()).find((one) => one.plan === change.plan);
        return plan === undefined
          ? 'emergency.no-plan'
          : fact('emergency.planned', at, { emergency, plan: plan.plan, steps: [...plan.steps], agent }, { by: 'leader' });
      }
      case 'step':
        if (!row.steps.includes(change.step) || row.done.includes(change.step)) return 'emergency.no-step';
        return fact('emergency.step-done', at, { emergency, step: change.step, agent }, { by: 'leader' });
      case 'register': {
        const account = {
          subject: row.interaction === null ? `emergency-${emergency}` : `customer-${row.interaction}`,
          value: change.account,
        };
        return fact('emergency.registered', at, { emergency, told: change.told, agent }, { by: 'leader', personal: { account } });
      }
      case 'close':
        if (state !== 'registered') return 'emergency.register-first';
        return fact('emergency.closed', at, { emergency, outcome: change.outcome, agent }, { by: 'leader' });
    }
  }
}

function placeOf({ interaction }: EmergencyRow) {
  return interaction === null ? {} : { interaction };
}

function viewOf(row: EmergencyRow, account: string | undefined): EmergencyView {
  const { emergency, about, state, steps, done } = row;
  const optional = {
    ...{ interaction: row.interaction, acknowledgedAt: row.acknowledged_at, acknowledgedBy: row.acknowledged_by },
    ...{ escalatedAt: row.escalated_at, plan: row.plan, account, told: row.told, outcome: row.outcome },
    ...{ closedAt: row.closed_at, closedBy: row.closed_by, finding: row.finding },
  };
  const given = Object.entries(optional).filter(([, value]) => value !== null && value !== undefined);
  return { emergency, about, state, raisedAt: row.raised_at, steps, done, ...Object.fromEntries(given) };
}
