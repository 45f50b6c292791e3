import { verifyStream } from '@threerings/core/timeline/chain';
import { testDatabase } from '@threerings/testkit/test-database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { eraseSubject } from './erasure.ts';
import { EventStore } from './event-store.ts';
import { sha256 } from './sha256.ts';
import { Vault } from './vault.ts';

const { db } = await testDatabase();
const vault = new Vault(Buffer.alloc(32, 1), { 'call.offered.number': 1_000 });
const store = new EventStore({ db, vault, now: () => 10_000 });

async function call(interaction: string, subject: string, number: string): Promise<string> {
  const answer = await store.append({
    stream: `interaction-${interaction}`,
    interaction,
    events: [
      {
        type: 'call.offered',
        by: 'customer',
        occurredAt: 1,
        fields: { direction: 'in', channel: 'phone', called: '12333' },
        personal: { number: { subject, value: number } },
      },
    ],
  });
  if ('facts' in answer) throw new Error(answer.refused);
  return String(answer.events[0]?.fields['number']);
}

/** Everything the database holds, as text: nothing personal may be found in it. */
async function everything(): Promise<string> {
  const tables = ['events', 'vault', 'vault_keys', 'streams', 'interactions'];
  const texts = await Promise.all(
    tables.map((table) => sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(db)),
  );
  return texts.flatMap(({ rows }) => rows.map(({ row }) => row)).join('\n');
}

test('a value is read back by its reference and stands nowhere in clear', async () => {
  const ref = await call('v1', 'customer-1', '13800001111');
  expect((await vault.read(db, [ref, 'vault:unknown.x'])).get(ref)).toBe('13800001111');
  const all = await everything();
  expect(all).toContain(ref);
  expect(all).not.toContain('13800001111');
  expect(all).not.toContain(Buffer.from('13800001111').toString('hex'));
});

test('equal values of two people have different references and commitments', async () => {
  const [one, other] = [await call('v2', 'customer-2', '13900002222'), await call('v3', 'customer-3', '13900002222')];
  const commitment = (ref: string) => ref.split('.').at(-1);
  expect(commitment(one)).not.toBe(commitment(other));
  expect(await vault.commits(db, one, { subject: 'customer-2', value: '13900002222' })).toBe(true);
  expect(await vault.commits(db, one, { subject: 'customer-2', value: '13900002223' })).toBe(false);
});

test('erasing a person leaves no way back: neither value nor guess, while the chain still holds and others keep theirs', async () => {
  const ref = await call('v4', 'customer-4', '13700003333');
  const kept = await call('v5', 'customer-5', '13600004444');
  expect(await eraseSubject(store, vault, { subject: 'customer-4', basis: 'PIPL art. 47', by: 'leader', at: 9_000 })).toBe(1);
  expect([...(await vault.read(db, [ref, kept])).entries()]).toEqual([[kept, '13600004444']]);
  expect(await vault.commits(db, ref, { subject: 'customer-4', value: '13700003333' })).toBeUndefined();
  const events = await store.load('interaction-v4');
  expect(events[0]?.fields['number']).toBe(ref);
  expect(verifyStream('interaction-v4', events, sha256).sound).toBe(true);
  expect((await store.load('audit')).at(-1)).toMatchObject({
    type: 'subject.erased',
    fields: { subject: 'customer-4', basis: 'PIPL art. 47' },
  });
});

test('a person who calls again after the erasure gets a new key', async () => {
  const ref = await call('v6', 'customer-4', '13700003333');
  expect((await vault.read(db, [ref])).get(ref)).toBe('13700003333');
});

test('values whose time is over go, the keys stay', async () => {
  const ref = await call('v7', 'customer-7', '13500005555');
  expect(await vault.expire(db, 10_999)).toBe(0);
  expect(await vault.expire(db, 11_000)).toBeGreaterThan(0);
  expect((await vault.read(db, [ref])).size).toBe(0);
  expect(await vault.commits(db, ref, { subject: 'customer-7', value: '13500005555' })).toBe(true);
});

test('a sealed value does not open with another master key, nor under another reference, nor changed', async () => {
  const ref = await call('v8', 'customer-8', '13400006666');
  const other = await call('v9', 'customer-8', '13400007777');
  await expect(new Vault(Buffer.alloc(32, 2)).read(db, [ref])).rejects.toThrow();
  await sql`update vault set (nonce, ciphertext) = (select nonce, ciphertext from vault where ref = ${other}) where ref = ${ref}`.execute(
    db,
  );
  await expect(vault.read(db, [ref])).rejects.toThrow();
  await sql`update vault set ciphertext = set_byte(ciphertext, 0, 255 - get_byte(ciphertext, 0)) where ref = ${other}`.execute(db);
  await expect(vault.read(db, [other])).rejects.toThrow();
});
