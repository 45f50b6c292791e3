import { permits } from '@threerings/core/people/permissions';
import { mailAddress, maskedAddress, smsNumber } from '@threerings/core/sending/address';
import type { OutboxRow } from '@threerings/core/wire/outbox';
import { newMessage, outboxChannelList, outboxChannels, outboxRow } from '@threerings/core/wire/outbox';
import { z } from 'zod';
import type { Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { type Language, languageOf, refuseFrom } from '../http/refusals.ts';
import type { Sight } from '../interactions/sight.ts';
import type { Audit, PeopleStore } from '../people/people-store.ts';
import type { Person } from '../session/sessions.ts';
import type { EventStore } from '../store/event-store.ts';
import { findInteraction } from '../store/interaction-rows.ts';
import type { OutboxParts } from './outbox.ts';
import { findMessage, isUnsafe, listMessages, type OutboxStored, queueAgain, queueMessage } from './outbox-read-model.ts';
import { outboxFault, outboxRefusals } from './outbox-words.ts';

export interface OutboxRouteParts extends OutboxParts {
  readonly people: Pick<PeopleStore, 'people'>;
  readonly sight: Pick<Sight, 'maySee' | 'unitsBelow'>;
  readonly audit: Audit;
  readonly events: Pick<EventStore, 'append'>;
  /** a message was queued: the runner need not sleep on */
  wake(): void;
}

const config = { permission: 'messages.send' } as const;
const ok = z.object({ ok: z.literal(true) });
const mostListed = 200;

/** `/api/outbox`: what agents send to callers in writing, and what became of it. */
export function outboxFeature(parts: () => OutboxRouteParts): Feature {
  return {
    name: 'outbox',
    routes(app) {
      app.get('/api/outbox/channels', { config, schema: { response: { 200: outboxChannelList } } }, async () => ({
        channels: outboxChannels.filter((channel) => parts().senders[channel] !== undefined),
      }));
      const listing = { querystring: z.object({ interaction: z.string().max(128).optional() }), response: { 200: z.array(outboxRow) } };
      app.get('/api/outbox', { config, schema: listing }, async (request) => {
        const by = await sendersSeen(parts(), personOf(request).person);
        const rows = await listMessages(parts().db, { by, interaction: request.query.interaction, limit: mostListed });
        return onWire(parts(), rows, languageOf(request.headers['accept-language']));
      });
      app.post('/api/outbox', { config, schema: { body: newMessage, response: { 202: ok } } }, async (request, reply) => {
        const { person } = personOf(request);
        const refused = await queue(parts(), person, request.body);
        return refused === undefined ? reply.code(202).send({ ok: true as const }) : refuseFrom(outboxRefusals, refused, request, reply);
      });
      const again = { params: z.object({ message: z.string().min(6).max(64) }), response: { 202: ok } };
      app.post('/api/outbox/:message/retry', { config, schema: again }, async (request, reply) => {
        const { db, now, wake } = parts();
        const { message } = request.params;
        const row = await findMessage(db, message);
        const seen = await sendersSeen(parts(), personOf(request).person);
        if (row === undefined || !seen.includes(row.by) || !(await queueAgain(db, message, now())))
          return refuseFrom(outboxRefusals, 'outbox.gone', request, reply);
        wake();
        return reply.code(202).send({ ok: true as const });
      });
    },
  };
}

/** One's own messages; a leader's also those of the unit and the units below. */
async function sendersSeen({ people, sight }: OutboxRouteParts, person: Person): Promise<readonly string[]> {
  if (!permits(person.roles, 'promises.see-unit')) return [person.agent];
  const units = await sight.unitsBelow(person.unit);
  return [person.agent, ...(await people.people()).filter(({ unit }) => units.includes(unit)).map(({ agent }) => agent)];
}

async function queue(
  { db, vault, senders, sight, audit, events, now, wake }: OutboxRouteParts,
  person: Person,
  body: z.infer<typeof newMessage>,
): Promise<keyof typeof outboxRefusals | undefined> {
  const { message, channel, subject, text, interaction, customer } = body;
  const to = channel === 'mail' ? mailAddress(body.to) : smsNumber(body.to);
  if (to === undefined) return 'outbox.no-address';
  if (senders[channel] === undefined) return 'outbox.no-channel';
  if (interaction !== undefined) {
    const found = await findInteraction(db, interaction);
    if (found === undefined || !(await sight.maySee(person, { agent: found.row.agent, unit: found.unit }))) return 'outbox.no-call';
  }
  if (await isUnsafe(db, customer, interaction)) return 'outbox.unsafe';
  const personal = `customer-${customer ?? interaction ?? `message-${message}`}`;
  const fresh = await queueMessage(
    db,
    vault,
    { message, channel, to, subject, text, interaction, customer, personal, by: person.agent },
    now(),
  );
  if (fresh)
    await audit.record({ at: now(), action: 'message.queued', actor: person.agent, about: interaction, facts: { message, channel } });
  if (fresh && interaction !== undefined) {
    const told = {
      type: 'material.sent',
      by: 'agent',
      occurredAt: now(),
      fields: { to: channel },
      personal: { address: { subject: personal, value: to } },
    };
    // A call that is over takes no event any more; the message goes all the same.
    await events.append({ stream: `interaction-${interaction}`, interaction, lenient: true, events: [told] });
  }
  wake();
  return undefined;
}

async function onWire(
  { db, vault }: OutboxRouteParts,
  rows: readonly (OutboxStored & { next_at: number | null })[],
  language: Language,
): Promise<OutboxRow[]> {
  const addresses = await vault.read(
    db,
    rows.map(({ address_ref }) => address_ref),
  );
  return rows.map((row) => ({
    ...{ message: row.message, channel: row.channel, state: row.state, by: row.by, madeAt: row.made_at, attempts: row.attempts },
    to: maskedAddress(addresses.get(row.address_ref) ?? ''),
    ...(row.last_fault === null ? {} : { fault: outboxFault(row.last_fault, language) }),
    ...(row.state === 'queued' && row.next_at !== null ? { nextAt: row.next_at } : {}),
    ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
    ...(row.interaction === null ? {} : { interaction: row.interaction }),
  }));
}
