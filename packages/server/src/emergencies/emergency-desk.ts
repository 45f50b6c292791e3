import {
  alertOfUnanswered,
  decideEmergency,
  type Emergency,
  type EmergencyCommand,
  streamOfEmergency,
  unansweredAlert,
} from '@threerings/core/emergencies/lifecycle';
import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
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

  async change({ agent }: Person, emergency: string, change: EmergencyChange): Promise<'done' | Refused | Refusal> {
    const row = await this.#find(emergency);
    if (row === undefined) return 'emergency.gone';
    const command = await this.#commandOf(row, agent, change);
    return typeof command === 'string' ? command : this.#carryOut(row, command);
  }

  /** Somebody has it in hand, wherever it was seen; `gone` where there is no such emergency. Safe to repeat. */
  async acknowledge(emergency: string, agent: string): Promise<'done' | 'gone' | 'not-stored'> {
    const row = await this.#find(emergency);
    if (row === undefined) return 'gone';
    const answer = await this.#carryOut(row, { kind: 'acknowledge', emergency, agent, at: this.parts.now() });
    return answer === 'done' ? 'done' : 'not-stored';
  }

  /** Nobody has taken it in hand: it goes up, and says so on the board of operations. Safe to repeat. */
  async unanswered(emergency: string): Promise<void> {
    const row = await this.#find(emergency);
    if (row === undefined || row.acknowledged_at !== null) return;
    const at = this.parts.now();
    const alert = alertOfUnanswered(emergency);
    await this.#store(row, `alert-${alert}`, [{ ...unansweredAlert(emergency, row.about, at), id: `alert-${alert}` }]);
    if ((await this.#carryOut(row, { kind: 'unanswered', emergency, at })) !== 'done') throw new Error(`${emergency}: not stored`);
  }

  #find(emergency: string): Promise<EmergencyRow | undefined> {
    return this.parts.db.selectFrom('emergencies').selectAll().where('emergency', '=', emergency).executeTakeFirst();
  }

  async #commandOf(row: EmergencyRow, agent: string, change: EmergencyChange): Promise<EmergencyCommand | Refused> {
    const { emergency } = row;
    const by = { emergency, agent, at: this.parts.now() };
    switch (change.do) {
      case 'acknowledge':
        return { kind: 'acknowledge', ...by };
      case 'plan': {
        const plan = (await this.plans()).find((one) => one.plan === change.plan);
        return plan === undefined ? 'emergency.no-plan' : { kind: 'plan', plan: plan.plan, steps: plan.steps, ...by };
      }
      case 'step':
        return { kind: 'step', step: change.step, ...by };
      case 'register': {
        const subject = row.interaction === null ? `emergency-${emergency}` : `customer-${row.interaction}`;
        return { kind: 'register', account: { subject, value: change.account }, told: change.told, ...by };
      }
      case 'close':
        return { kind: 'close', outcome: change.outcome, ...by };
      case 'review':
        return { kind: 'review', finding: change.finding, ...by };
    }
  }

  async #carryOut(row: EmergencyRow, command: EmergencyCommand): Promise<'done' | 'emergency.not-stored' | Refusal> {
    const { emergency } = row;
    const decided = decideEmergency(command, stateOf(row));
    if (isRefusal(decided)) return decided;
    const once = onceOf(command);
    const events = once === undefined ? decided : decided.map((event) => ({ ...event, id: once }));
    return (await this.#store(row, streamOfEmergency(emergency), events)) ? 'done' : 'emergency.not-stored';
  }

  /** True also where it is stored already. */
  async #store(row: EmergencyRow, stream: string, events: readonly NewEvent[]): Promise<boolean> {
    if (events.length === 0) return true;
    const answer = await this.parts.events.append({ stream, events, ...placeOf(row) });
    return !isAppendRefusal(answer) || answer.refused === 'stream.id-taken';
  }
}

/** The id of what happens to an emergency once, whoever says so and however often. */
function onceOf({ kind, emergency }: EmergencyCommand): string | undefined {
  if (kind === 'acknowledge') return `acknowledged-${emergency}`;
  return kind === 'unanswered' ? `escalated-${emergency}` : undefined;
}

function stateOf({ state, acknowledged_at, escalated_at, steps, done }: EmergencyRow): Emergency {
  return { state, acknowledged: acknowledged_at !== null, escalated: escalated_at !== null, steps, done };
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
