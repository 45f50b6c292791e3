import { signIn } from '@threerings/testkit/console-client';
import { startProduct } from '@threerings/testkit/product';
import { boardOf } from '@threerings/testkit/product/house';
import { databaseProcessOf, voiceProcessOf } from '@threerings/testkit/product/processes-of';
import type { Group } from '../lib/cpu-meter.ts';

export interface ProductUnderTest {
  readonly port: number;
  readonly groups: Readonly<Record<string, Group>>;
  /** calls that the board counts as offered today: all of them are committed */
  offered(): Promise<number>;
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
      offered: async () => (await boardOf(leader)).queues.reduce((sum, queue) => sum + queue.today.offered, 0),
      stop: () => product.stop(),
    };
  } catch (error) {
    await product.stop();
    throw error;
  }
}
