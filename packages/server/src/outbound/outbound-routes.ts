import { isRefusal } from '@threerings/core/errors/refusal';
import type { OutboundOrder } from '@threerings/core/outbound/order';
import { deskAnswer } from '@threerings/core/wire/desk';
import { outboundPreview, outboundRequest } from '@threerings/core/wire/outbound';
import { z } from 'zod';
import type { FloorAnswer } from '../hotline/floor.ts';
import { speakRefusal } from '../hotline/speak-answer.ts';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, refuseDomain, sendRefusal } from '../http/refusals.ts';
import type { OutboundDesk } from './outbound-desk.ts';

export interface OutboundRouteParts {
  readonly desk: OutboundDesk;
  /** answers after the commit; the order may have been looked up for a whom that is gone by then */
  place(agent: string, order: OutboundOrder): Promise<FloorAnswer>;
  /** the call is of this case: it stands in its file as well */
  joined(order: OutboundOrder, agent: string): Promise<void>;
}

const config = { permission: 'calls.place' } as const;
const whom = z.object({
  promise: z.string().min(1).max(128).optional(),
  redials: z.string().min(1).max(128).optional(),
  number: z.string().min(1).max(32).optional(),
});

/** `/api/outbound`: calls that an agent places – callbacks out of the ledger, dropped calls taken up again, numbers typed by hand. */
export function outboundFeature(parts: () => OutboundRouteParts): Feature {
  return {
    name: 'outbound',
    routes(app) {
      // Asked by POST: a number is personal and does not belong into an address.
      app.post('/api/outbound/preview', { config, schema: { body: whom, response: { 200: outboundPreview } } }, async (request, reply) => {
        const preview = await parts().desk.preview(personOf(request).person, request.body);
        return isRefusal(preview) ? refuseDomain(request, reply, preview) : preview;
      });
      app.post('/api/outbound', { config, schema: { body: outboundRequest, response: { 200: deskAnswer } } }, async (request, reply) => {
        const { person } = personOf(request);
        const { desk, place, joined } = parts();
        const order = await desk.orderOf(person, request.body);
        if (isRefusal(order)) return refuseDomain(request, reply, order);
        const answer = await place(person.agent, order);
        if ('ok' in answer) await joined(order, person.agent);
        if (!('refused' in answer)) return answer;
        const status = answer.refused === 'store.busy' ? 503 : 409;
        return sendRefusal(reply, status, speakRefusal(answer, languageOf(request.headers['accept-language'])));
      });
    },
  };
}
