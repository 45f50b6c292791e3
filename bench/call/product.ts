import { type ConsoleClient, signIn } from '@threerings/testkit/console-client';
import { startProduct } from '@threerings/testkit/product';
import { callsOf } from '@threerings/testkit/product/house';
import { databaseProcessOf, voiceProcessOf } from '@threerings/testkit/product/processes-of';
import type { Group } from '../lib/cpu-meter.ts';

export interface ProductUnderTest {
  readonly port: number;
  readonly groups: Readonly<Record<string, Group>>;
  /** calls by telephone that stand in the database */
  stored(): Promise<number>;
  stop(): Promise<void>;
}

/**
 * The whole product in demo mode with nobody in the shift. The hotline itself answers each caller, after `call.offered`
 * was committed in the embedded PostgreSQL, and plays the notice.
 */
export async function startWholeProduct(): Promise<ProductUnderTest> {
  const product = await startProduct({ env: { THREERINGS_RTP_PORTS: '28000-31998' } });
  try {
    const leader = await signIn(product.base, '0103', 'yunzhou-0103');
    const { pid } = product.process;
    const groups: Record<string, Group> = { server: { pid, alone: true } };
    const voice = voiceProcessOf(product.folder);
    const database = databaseProcessOf(product.folder);
    if (voice === undefined || database === undefined) throw new Error('the voice process or the database of the product was not found');
    groups['voice'] = { pid: voice };
    groups['database'] = { pid: database };
    return {
      port: product.sipPort,
      groups,
      stored: () => storedCalls(leader),
      stop: () => product.stop(),
    };
  } catch (error) {
    await product.stop();
    throw error;
  }
}

async function storedCalls(leader: ConsoleClient): Promise<number> {
  let count = 0;
  let before = '';
  for (;;) {
    const rows = await callsOf(leader, before);
    count += rows.filter((row) => row.channel === 'phone' && row.origin === 'live').length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < 200) return count;
    before = `&before=${last.startedAt}.${last.interaction}`;
  }
}
