import { openConnection } from './database.ts';

export interface Lease {
  /** greater than that of every owner before */
  readonly epoch: number;
  /** settles when the connection that holds the lease is gone: somebody else may own it from now on */
  readonly lost: Promise<string>;
  release(): Promise<void>;
}

/** First half of the advisory lock of a lease; the second is a hash of its name. */
const lockSpace = 7_733_303;

/**
 * Takes the lease of `name` on this database, or undefined while another process holds it. The lock dies with its
 * connection, so a process that was killed holds nothing.
 */
export async function takeLease(url: string, name: string): Promise<Lease | undefined> {
  const client = await openConnection(url);
  const locked = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as got', [lockSpace, name]);
  if (locked.rows[0]?.got !== true) {
    await client.end();
    return undefined;
  }
  const text = 'insert into leases (name, epoch) values ($1, 1) on conflict (name) do update set epoch = leases.epoch + 1 returning epoch';
  const { rows } = await client.query<{ epoch: number | string }>(text, [name]);
  const lost = new Promise<string>((resolve) => client.once('end', () => resolve(`the lease of ${name} is lost: its connection ended`)));
  return {
    epoch: Number(rows[0]?.epoch ?? 1),
    lost,
    release: () => client.end(),
  };
}
