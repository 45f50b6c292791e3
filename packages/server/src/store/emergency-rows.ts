import { textOf } from '@threerings/core/timeline/decider';
import type { Selectable, Updateable } from 'kysely';
import type { Projector } from './append-batch.ts';
import type { Schema } from './schema.ts';
import { cancelTimer, setTimer } from './timers.ts';

export type EmergencyRow = Selectable<Schema['emergencies']>;

/** The kind of timer that falls due when nobody has taken an emergency in hand; its payload names it. */
export const emergencyUnanswered = 'emergency.unanswered';

/** Keeps the register, and the timer that sends an emergency up, in the transaction of its events. */
export function emergencyProjector(answerWithinMs: number): Projector {
  return async (tx, appended) => {
    for (const event of appended) {
      const { type, occurredAt: at } = event;
      const emergency =
        type === 'alert.acknowledged' ? textOf(event, 'alert') : type.startsWith('emergency.') ? textOf(event, 'emergency') : undefined;
      if (emergency === undefined) continue;
      const key = `emergency-${emergency}`;
      if (type === 'emergency.raised') {
        const row = {
          emergency,
          interaction: event.interaction ?? null,
          about: textOf(event, 'kind') ?? '',
          state: 'raised' as const,
          raised_at: at,
        };
        await tx
          .insertInto('emergencies')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await setTimer(tx, { key, kind: emergencyUnanswered, dueAt: at + answerWithinMs, payload: { emergency } });
        continue;
      }
      const by = textOf(event, 'agent') ?? event.by ?? '';
      const own = tx.updateTable('emergencies').where('emergency', '=', emergency);
      if (type === 'alert.acknowledged') {
        const first = await own.where('acknowledged_at', 'is', null).set({ acknowledged_at: at, acknowledged_by: by }).executeTakeFirst();
        if (first.numUpdatedRows === 0n) continue;
        await own.where('state', '=', 'raised').set({ state: 'acknowledged' }).execute();
        await cancelTimer(tx, key);
        continue;
      }
      if (type === 'emergency.step-done')
        await own.set((row) => ({ done: row.fn<string[]>('array_append', ['done', row.val(textOf(event, 'step') ?? '')]) })).execute();
      const change = changeOf(type, at, by, (name) => textOf(event, name) ?? null, event.fields['steps']);
      if (change !== undefined) await own.set(change).execute();
    }
  };
}

function changeOf(
  type: string,
  at: number,
  by: string,
  text: (name: string) => string | null,
  steps: unknown,
): Updateable<Schema['emergencies']> | undefined {
  switch (type) {
    case 'emergency.planned':
      return { plan: text('plan'), steps: Array.isArray(steps) ? steps.map(String) : [], done: [] };
    case 'emergency.escalated':
      return { escalated_at: at };
    case 'emergency.registered':
      return { state: 'registered', account_ref: text('account'), told: text('told') };
    case 'emergency.closed':
      return { state: 'closed', outcome: text('outcome'), closed_at: at, closed_by: by };
    case 'emergency.reviewed':
      return { state: 'reviewed', finding: text('finding'), reviewed_by: by };
    default:
      return undefined;
  }
}
