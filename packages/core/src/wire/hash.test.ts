import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { type CanonicalValue, canonical } from '../timeline/canonical.ts';
import * as acting from './acting.ts';
import * as appeals from './appeals.ts';
import * as board from './board.ts';
import * as bulletins from './bulletins.ts';
import * as callFlows from './call-flows.ts';
import * as caller from './caller.ts';
import * as chat from './chat.ts';
import * as clauses from './clauses.ts';
import * as colleagues from './colleagues.ts';
import * as customers from './customers.ts';
import * as desk from './desk.ts';
import * as directory from './directory.ts';
import * as events from './events.ts';
import { wireHash } from './hash.ts';
import * as plan from './hotline-plan.ts';
import * as imports from './imports.ts';
import * as interactions from './interactions.ts';
import * as knowledge from './knowledge.ts';
import * as ledger from './ledger.ts';
import * as live from './live.ts';
import * as monitoring from './monitoring.ts';
import * as normPacks from './norm-packs.ts';
import * as outages from './outages.ts';
import * as outbound from './outbound.ts';
import * as outbox from './outbox.ts';
import * as people from './people.ts';
import * as privateNotes from './private-notes.ts';
import * as refusal from './refusal.ts';
import * as registers from './registers.ts';
import * as reports from './reports.ts';
import * as retention from './retention.ts';
import * as session from './session.ts';
import * as tickets from './tickets.ts';
import * as training from './training.ts';

const modules = {
  acting,
  appeals,
  board,
  bulletins,
  callFlows,
  caller,
  chat,
  clauses,
  colleagues,
  customers,
  desk,
  directory,
  events,
  imports,
  interactions,
  knowledge,
  ledger,
  live,
  monitoring,
  normPacks,
  outages,
  outbound,
  outbox,
  people,
  plan,
  privateNotes,
  refusal,
  registers,
  reports,
  retention,
  session,
  tickets,
  training,
};

function schemas(): Readonly<Record<string, CanonicalValue>> {
  const found: Record<string, CanonicalValue> = {};
  for (const [area, exported] of Object.entries(modules)) {
    for (const [name, value] of Object.entries(exported)) {
      if (!(value instanceof z.ZodType)) continue;
      const schema = z.toJSONSchema(value, { io: 'input', unrepresentable: 'any' });
      found[`${area}.${name}`] = JSON.parse(JSON.stringify(schema)) as CanonicalValue;
    }
  }
  return found;
}

it('is what travels: a change of any schema shows', () => {
  const found = createHash('sha256').update(canonical(schemas())).digest('hex');
  expect(
    found,
    'the wire changed: keep what others send and read working (add optional fields, never rename or drop one without a CHANGELOG line), ' +
      'then put the hash that was received into wire/hash.ts',
  ).toBe(wireHash);
});

it('covers every schema of the wire', () => {
  expect(Object.keys(schemas()).length).toBeGreaterThan(40);
  expect(Object.keys(schemas())).toContain('live.push');
});
