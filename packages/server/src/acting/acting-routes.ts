import { actingDone, actingRecord, actingRequest, actingView } from '@threerings/core/wire/acting';
import { z } from 'zod';
import { customerRefusals } from '../customers/customer-refusals.ts';
import type { FloorAnswer } from '../hotline/floor.ts';
import { speakRefusal } from '../hotline/speak-answer.ts';
import type { App, Feature } from '../http/app.ts';
import { personOf } from '../http/guard.ts';
import { languageOf, type RefusalTable, refuseFrom, sendRefusal } from '../http/refusals.ts';
import type { Sight } from '../interactions/sight.ts';
import { allIdsOf, contactsOf } from '../store/customer-rows.ts';
import { findInteraction } from '../store/interaction-rows.ts';
import type { ActingDesk } from './acting-desk.ts';

export interface ActingRouteParts {
  readonly desk: ActingDesk;
  readonly sight: Sight;
  /** the answer that a command got from a process before this one */
  answered(agent: string, command: string): Promise<FloorAnswer | undefined>;
}

const refusals = {
  'acting.not-here': {
    status: 404,
    zh: '没有这次沟通，或不由您接待',
    en: 'there is no such conversation, or it is not yours',
    remedy: { zh: '请从您的通话或会话中打开', en: 'open it from your call or chat' },
  },
} as const satisfies RefusalTable;

const inPath = z.object({ id: z.string().min(1).max(128) });
/** Answers that are remembered, so that a request that is sent again is not carried out again. */
const mostRemembered = 5000;
const mostContacts = 100;

/** `/api/acting`: everything an agent does for the account of a customer. What was done is read with the interaction and the customer. */
export function actingFeature(parts: () => ActingRouteParts): Feature {
  return {
    name: 'acting',
    routes(app) {
      actRoutes(app, parts);
      recordRoutes(app, parts);
    },
  };
}

function actRoutes(app: App, parts: () => ActingRouteParts): void {
  const config = { permission: 'desk.use' } as const;
  const answers = new Map<string, Promise<FloorAnswer>>();
  app.get('/api/acting/:id', { config, schema: { params: inPath, response: { 200: actingView } } }, async (request, reply) => {
    const language = languageOf(request.headers['accept-language']);
    const view = await parts().desk.view(personOf(request).person.agent, request.params.id, language);
    return view ?? refuseFrom(refusals, 'acting.not-here', request, reply);
  });
  app.post('/api/acting', { config, schema: { body: actingRequest, response: { 200: actingDone } } }, async (request, reply) => {
    const { desk, answered } = parts();
    const { agent } = personOf(request).person;
    const { command, interaction, do: act } = request.body;
    const language = languageOf(request.headers['accept-language']);
    const key = `${agent} ${command}`;
    const answering = answers.get(key) ?? answered(agent, command).then((before) => before ?? desk.act(agent, interaction, act, command));
    remember(answers, key, answering);
    const answer = await answering;
    if ('ask' in answer) throw new Error(`the act ${act.kind} was asked for a reason`);
    if ('ok' in answer) {
      const view = await desk.view(agent, interaction, language);
      return { ok: true as const, ...(view === undefined ? {} : { view }) };
    }
    answers.delete(key);
    return sendRefusal(reply, answer.refused === 'store.busy' ? 503 : 409, speakRefusal(answer, language));
  });
}

function recordRoutes(app: App, parts: () => ActingRouteParts): void {
  const response = { 200: z.array(actingRecord) };
  const seeing = { permission: ['calls.see-own', 'calls.see-unit', 'calls.see-all'] } as const;
  app.get('/api/interactions/:id/acting', { config: seeing, schema: { params: inPath, response } }, async (request) => {
    const { desk, sight } = parts();
    const { person } = personOf(request);
    const { id } = request.params;
    const found = await findInteraction(desk.parts.db, id);
    if (found === undefined || !(await sight.maySee(person, { agent: found.row.agent, unit: found.unit }))) return [];
    const records = await desk.records([id]);
    const { audit, now } = desk.parts;
    if (records.length > 0) await audit.record({ at: now(), action: 'acting.seen', actor: person.agent, about: id });
    return records;
  });
  const finding = { permission: ['customers.find', 'customers.see-all'] } as const;
  const customers = { params: z.object({ customer: z.string().min(1).max(64) }), response };
  app.get('/api/customers/:customer/acting', { config: finding, schema: customers }, async (request, reply) => {
    const { desk } = parts();
    const { customers: files, db, audit, now } = desk.parts;
    const { person } = personOf(request);
    const row = await files.find(request.params.customer);
    if (row === undefined) return refuseFrom(customerRefusals, 'customer.unknown', request, reply);
    if (!(await files.mayOpen(person, row.customer))) return refuseFrom(customerRefusals, 'customer.not-confirmed', request, reply);
    const contacts = await contactsOf(db, await allIdsOf(db, row.customer), mostContacts);
    await audit.record({ at: now(), action: 'acting.seen', actor: person.agent, about: row.customer });
    return desk.records(contacts.map(({ interaction }) => interaction));
  });
}

function remember(answers: Map<string, Promise<FloorAnswer>>, key: string, answering: Promise<FloorAnswer>): void {
  answers.set(key, answering);
  if (answers.size <= mostRemembered) return;
  const [oldest] = answers.keys();
  if (oldest !== undefined) answers.delete(oldest);
}
