import { testDatabase } from '@threerings/testkit/test-database';
import { expect, test } from 'vitest';
import { EventStore } from '../store/event-store.ts';
import { projectInteractions } from '../store/interaction-rows.ts';
import { Vault } from '../store/vault.ts';
import { AnomalyWatch } from './anomaly-watch.ts';
import { topicsSince } from './topics-read-model.ts';

const { db } = await testDatabase();
const at = 10_000_000;
const events = new EventStore({
  db,
  vault: new Vault(Buffer.alloc(32, 1)),
  now: () => at,
  projectors: [projectInteractions],
  committed: () => {},
});

const failed: unknown[] = [];
const watch = () =>
  new AnomalyWatch({
    events,
    settings: () => ({ similarCalls: 3, similarCallsMs: 600_000 }),
    titleOf: () => undefined,
    onError: (error) => failed.push(error),
  });

/** A call that is about this matter. */
async function asks(interaction: string, matter: string, when: number) {
  const offered = { type: 'call.offered', occurredAt: when, fields: { direction: 'in', channel: 'phone', called: '12333' } } as const;
  const set = { type: 'matter.set', occurredAt: when + 1, fields: { matter } } as const;
  const stored = await events.append({ stream: `interaction-${interaction}`, interaction, events: [offered, set] });
  if ('refused' in stored) throw new Error(stored.refused);
  return events.load(`interaction-${interaction}`);
}

const alerts = async () =>
  (await db.selectFrom('events').select('stream').where('type', '=', 'alert.raised').execute()).map(({ stream }) => stream);

test('a process that begins anew knows who asked before it, and raises what stands already not twice', async () => {
  await asks('early', '停电', at - 700_000);
  const before = watch();
  before.take(await asks('c1', '停电', at - 300_000));
  before.take(await asks('c2', '停电', at - 200_000));
  expect(await alerts()).toEqual([]);

  const after = watch();
  after.restore(await topicsSince(db, at - 600_000));
  after.take(await asks('c3', '停电', at - 100_000));
  await expect.poll(alerts).toEqual(['alert-similar-c3-matter:停电']);

  const again = watch();
  again.restore(await topicsSince(db, at - 600_000));
  again.take(await asks('c4', '停电', at));
  await events.append({
    stream: 'interaction-c4',
    interaction: 'c4',
    events: [{ type: 'matter.set', occurredAt: at + 2, fields: { matter: '社保' } }],
  });
  expect([await alerts(), failed]).toEqual([['alert-similar-c3-matter:停电'], []]);
});
