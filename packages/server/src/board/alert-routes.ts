import { fact } from '@threerings/core/timeline/decider';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type RefusalTable, refuseFrom } from '../http/refusals.ts';
import type { Audit } from '../people/people-store.ts';
import { isAppendRefusal } from '../store/append-request.ts';
import type { EventStore } from '../store/event-store.ts';
import type { LiveBoard } from './live-board.ts';

export const alertRefusals = {
  'alert.gone': {
    status: 404,
    zh: '看板上没有这条提醒',
    en: 'there is no such alert on the board',
    remedy: { zh: '可能已过期或已了结，请刷新', en: 'it may be settled or of another day: reload' },
  },
  'alert.not-stored': {
    status: 503,
    zh: '确认没有保存成功，请重试',
    en: 'the acknowledgement was not stored: try again',
    remedy: { zh: '稍后再试', en: 'try again in a moment' },
  },
} as const satisfies RefusalTable;

export interface AlertParts {
  readonly board: LiveBoard;
  readonly events: Pick<EventStore, 'append'>;
  /** An emergency is taken in hand in its register, where norms hear of it; `gone` where the alert is of another kind. */
  acknowledgeEmergency(emergency: string, agent: string): Promise<'done' | 'gone' | 'not-stored'>;
}

/** `POST /api/alerts/:alert/acknowledge`: somebody has it in hand. The first to say so stands on the board, and in the audit. */
export function alertFeature(parts: () => AlertParts, audit: Audit, now: () => number): Feature {
  return {
    name: 'alerts',
    routes(app) {
      const route = {
        config: { permission: 'alerts.acknowledge' },
        schema: { params: z.object({ alert: z.string().min(1).max(150) }), response: { 200: z.object({ ok: z.literal(true) }) } },
      } as const;
      app.post('/api/alerts/:alert/acknowledge', route, async (request, reply) => {
        const { agent } = personOf(request).person;
        const { alert } = request.params;
        if (!parts().board.alert(alert)) return refuseFrom(alertRefusals, 'alert.gone', request, reply);
        if (!(await acknowledged(parts(), alert, agent, now()))) return refuseFrom(alertRefusals, 'alert.not-stored', request, reply);
        await audit.record({ at: now(), action: 'alert.acknowledged', actor: agent, about: alert });
        return { ok: true as const };
      });
    },
  };
}

/** True where it is stored, by whomever. */
async function acknowledged({ events, acknowledgeEmergency }: AlertParts, alert: string, agent: string, at: number): Promise<boolean> {
  const taken = await acknowledgeEmergency(alert, agent);
  if (taken !== 'gone') return taken === 'done';
  const event = { ...fact('alert.acknowledged', at, { alert, agent }, { by: 'leader' }), id: `acknowledged-${alert}` };
  // One stream for each alert and one id: a second acknowledgement finds the first.
  const answer = await events.append({ stream: `alert-${alert}`, events: [event] });
  return !isAppendRefusal(answer) || answer.refused === 'stream.id-taken';
}
