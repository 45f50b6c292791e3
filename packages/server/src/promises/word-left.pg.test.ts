import { callerSubject } from '@threerings/core/hotline/inputs';
import { streamOfInteraction } from '@threerings/core/timeline/event';
import type { PromiseView } from '@threerings/core/wire/desk';
import type { WordLeft } from '@threerings/core/wire/ledger';
import { mattersHouse } from '@threerings/testkit/matters';
import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { ownerOfWord } from '../store/promise-rows.ts';

const database = await testDatabase();
const { shell, parts, clock, settled } = await mattersHouse(database);
const interaction = 'call-word-1';
const promise = `voicemail-${interaction}`;

type Role = Parameters<typeof shell.cookieOf>[0];
async function ask<Body = never>(who: Role, method: 'GET' | 'POST', url: string, body?: object) {
  const given = await shell.request(method, url, { as: await shell.cookieOf(who), body });
  await settled();
  return { status: given.status, body: given.body as Body };
}
const listed = async (who: Role, view: string) =>
  (await ask<PromiseView[]>(who, 'GET', `/api/promises?view=${view}&kind=message`)).body.map((row) => row.promise);

test('word that a caller left stands with the messages, is heard and read by who answers for it, and settled there', async () => {
  const at = clock.now();
  await parts.floor.tell({ kind: 'caller-arrived', interaction, channel: 'phone', called: '12333', number: '13912345678', at });
  const recording = { recording: `rec-${interaction}` };
  await parts.events.append({
    ...{ stream: streamOfInteraction(interaction), interaction, origin: 'live' },
    events: [
      { type: 'recording.started', occurredAt: at, fields: recording },
      {
        type: 'speech.said',
        by: 'customer',
        occurredAt: at,
        fields: { chars: 5, start: at, end: at + 4000, confidence: 1, engine: 'test' },
        personal: { text: { subject: callerSubject(interaction), value: '请回电说说社保' } },
      },
      { type: 'recording.stopped', occurredAt: at + 5000, fields: { ...recording, duration: 5000 } },
    ],
  });
  const make = { kind: 'make', what: 'callback', owner: 'leader', by: 'system', channel: 'voicemail', due: at + 3_600_000, at } as const;
  expect(await parts.promises.carryOut({ ...make, promise }, interaction)).toBe('stored');
  expect([await listed('leader', 'team'), await listed('agent', 'mine')]).toEqual([[promise], []]);
  expect((await ask('agent', 'GET', `/api/promises/${promise}/word`)).status).toBe(404);
  expect((await ask<WordLeft>('leader', 'GET', `/api/promises/${promise}/word`)).body).toEqual({
    ...{ recording: 'rec-call-word-1', at, durationMs: 5000, said: '请回电说说社保' },
  });

  const handOver = { do: 'reassign', to: 'agent', reason: '请回电' };
  expect((await ask('leader', 'POST', `/api/promises/${promise}`, handOver)).status).toBe(200);
  expect([await listed('agent', 'mine'), await ownerOfWord(database.db, interaction)]).toEqual([[promise], 'agent']);
  expect((await ask<WordLeft>('agent', 'GET', `/api/promises/${promise}/word`)).body.said).toBe('请回电说说社保');
  expect((await ask('agent', 'POST', `/api/promises/${promise}`, { do: 'keep' })).status).toBe(200);
  expect([await listed('agent', 'mine'), await listed('agent', 'settled')]).toEqual([[], [promise]]);
  const { body } = await ask<object>('administrator', 'GET', '/api/audit');
  expect(JSON.stringify(body)).toContain('interaction.seen');
});
