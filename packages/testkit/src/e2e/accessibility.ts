import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const engine = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/**
 * What of WCAG 2.2 AA is broken on a page as it stands, `serious` and `critical` only, one line for each place. `rules`: only these;
 * `within`: only in what this selector finds.
 */
export async function seriousViolations(page: Page, rules?: readonly string[], within?: string): Promise<string[]> {
  // Text, because a page's policy lets in no script of ours: it is evaluated by the debugger.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(engine);
  const only =
    rules === undefined
      ? { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }
      : { type: 'rule', values: rules };
  const options = JSON.stringify({ runOnly: only, resultTypes: ['violations'] });
  const found = (await page.evaluate(
    `axe.run(${within === undefined ? 'document' : JSON.stringify(within)}, ${options}).then((answer) => answer.violations)`,
  )) as Violation[];
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary.split('\n')[1]?.trim()}`),
    );
}

/** Shows the page in another theme or text size, as the settings do. */
export async function showAs(page: Page, look: { readonly theme?: 'light' | 'dark'; readonly text?: 'm' | 'l' | 'xl' }): Promise<void> {
  await page.evaluate(`Object.assign(document.documentElement.dataset, ${JSON.stringify(look)})`);
}

/** What leaves the window at the side: the page itself where it scrolls, and controls that are cut off outside of a scrolling box. */
export async function outOfSight(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const wide = innerWidth;
    const out = document.documentElement.scrollWidth > wide ? ['the page is ' + document.documentElement.scrollWidth + ' wide'] : [];
    const scrolls = (node) => {
      for (let box = node.parentElement; box; box = box.parentElement)
        if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth) return true;
      return false;
    };
    for (const node of document.querySelectorAll('button, a[href], input, select, textarea')) {
      if (!node.checkVisibility({ visibilityProperty: true }) || node.closest('.visually-hidden')) continue;
      const { left, right, width } = node.getBoundingClientRect();
      if (width > 1 && (right > wide + 1 || left < -1) && !scrolls(node))
        out.push((node.getAttribute('aria-label') ?? node.textContent ?? node.tagName).trim().slice(0, 40) + ' ends at ' + Math.round(right));
    }
    return out;
  })()`) as Promise<string[]>;
}
