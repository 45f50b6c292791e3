/**
 * How soon the agent desk can be used: from the navigation to the button that signs in to the shift being there and taking the
 * focus, and how long the main thread was blocked on the way. A browser with its CPU slowed down through its debugger; the page
 * comes from the built product on loopback, so the network counts for nothing. First load = empty cache; second = as on any other day.
 * npm run bench -- desk-load [--slow 4] [--rounds 5]
 */
import { parseArgs } from 'node:util';
import { signedIn } from '@threerings/testkit/e2e/people';
import { startProduct } from '@threerings/testkit/product';
import { closingLine, spread } from './lib/figures.ts';

const { values } = parseArgs({ options: { slow: { type: 'string', default: '4' }, rounds: { type: 'string', default: '5' } } });
const [slow, rounds] = [Number(values.slow), Number(values.rounds)];

/** In the page: when the button was there and took the focus, and the long tasks until then; ms since the navigation. */
const watch = `globalThis.deskLoad = new Promise((resolve) => {
  let blocked = 0;
  new PerformanceObserver((list) => { for (const task of list.getEntries()) blocked += Math.max(0, task.duration - 50); })
    .observe({ type: 'longtask', buffered: true });
  const look = () => {
    const button = [...document.querySelectorAll('main button, header button')].find((each) => each.textContent.includes('签入'));
    if (!button) return requestAnimationFrame(look);
    button.focus();
    requestAnimationFrame(() => setTimeout(() => resolve({ usable: performance.now(), blocked }), 0));
  };
  look();
})`;

const product = await startProduct({ env: { THREERINGS_LOG_LEVEL: 'error' } });
try {
  const at = await signedIn(product.base, '0217');
  const debuggerOf = await at.page.context().newCDPSession(at.page);
  await at.page.addInitScript(watch);
  const times: Record<'first' | 'again', { usable: number; blocked: number }[]> = { first: [], again: [] };
  await debuggerOf.send('Network.enable');
  for (let round = 0; round < rounds; round++) {
    for (const kind of ['first', 'again'] as const) {
      if (kind === 'first') await debuggerOf.send('Network.clearBrowserCache');
      await debuggerOf.send('Emulation.setCPUThrottlingRate', { rate: slow });
      await at.page.goto(`${product.base}/desk`);
      times[kind].push((await at.page.evaluate('deskLoad')) as { usable: number; blocked: number });
      await debuggerOf.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    }
  }
  await at.close();
  const figures = (of: 'first' | 'again') => ({
    usableMs: spread(times[of].map(({ usable }) => usable)),
    blockedMs: spread(times[of].map(({ blocked }) => blocked)),
  });
  const ours = { slow, rounds, first: figures('first'), again: figures('again') };
  closingLine('desk-load', ours, {}, {});
} finally {
  await product.stop();
}
