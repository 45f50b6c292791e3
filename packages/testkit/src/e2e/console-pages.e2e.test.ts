import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { signIn } from '../console-client.ts';
import { type Product, startProduct } from '../product.ts';
import { lacks } from '../tools.ts';
import { outOfSight, seriousViolations, showAs } from './accessibility.ts';
import { asAnOldBrowser, unreadScripts } from './built-syntax.ts';
import { type AtBrowser, signedIn } from './people.ts';

const shots = process.env['THREERINGS_SHOTS'];
const skipped = lacks('chromium');

let product: Product;
let browser: Browser;
beforeAll(async () => {
  if (skipped) return;
  product = await startProduct();
  await fill(product.base);
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await product?.stop();
}, 60_000);

/** A row on every list, so that what is looked at is not empty. */
async function fill(base: string): Promise<void> {
  const leader = await signIn(base, '0103', 'yunzhou-0103');
  const made = [
    await leader.send('POST', '/api/customers', { customer: 'cust-e2e-0001', name: '王小明', numbers: ['13800138000'] }),
    await leader.send('POST', '/api/tickets', { ticket: 'ticket-e2e-1', kind: 'complaint', title: '失业金未到账', about: '三月未发' }),
    await leader.send('POST', '/api/erasures', { erasure: 'erasure-e2e-1', customer: 'cust-e2e-0001', basis: '本人申请' }),
    await leader.send('POST', '/api/knowledge', {
      ...{ entry: 'entry-e2e-1', kind: 'article', queues: [] },
      text: { title: '社保卡补办', keywords: ['补办'], body: '# 材料\n- **身份证**', items: ['身份证'] },
    }),
  ];
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
}

/** Who looks, and where. */
const seen: readonly { readonly login: string; readonly places: readonly string[] }[] = [
  { login: '0217', places: ['/desk', '/chats', '/promises', '/customers', '/appeals', '/outbox', '/training'] },
  {
    login: '0103',
    places: ['/board', '/tickets', '/knowledge', '/interactions', '/reports', '/imports', '/retention'],
  },
  { login: '0302', places: ['/norms', '/acting-templates'] },
];

/** Goes there as a person does, by the rail; waits until nothing is loading. */
async function open({ page }: AtBrowser, place: string): Promise<void> {
  await page.locator(`nav.rail a[href^="${place}"]`).click();
  await page.waitForURL((url) => url.pathname === place);
  await settled(page);
}

async function settled(page: Page): Promise<void> {
  await page.locator('main h1, main h2, main .card').first().waitFor();
  await expect.poll(() => page.locator('main [aria-busy="true"]').count(), { timeout: 30_000 }).toBe(0);
}

/** What is wrong with the page as it stands: both themes, three text sizes. */
async function faultsOf(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  const note = (found: readonly string[], look: string) => faults.push(...found.map((each) => `${name} ${look}: ${each}`));
  await showAs(page, { theme: 'light' });
  note(await seriousViolations(page), 'light');
  if (shots) await page.screenshot({ path: path.join(shots, `page-${name.replaceAll('/', '-')}.png`) });
  await showAs(page, { theme: 'dark' });
  note(await seriousViolations(page, ['color-contrast']), 'dark');
  for (const text of ['l', 'xl', 'm'] as const) {
    await showAs(page, { text });
    note(await outOfSight(page), text);
    if (shots && text === 'xl') await page.screenshot({ path: path.join(shots, `page-${name.replaceAll('/', '-')}-dark-xl.png`) });
  }
  await showAs(page, { theme: 'light' });
  return faults;
}

test.skipIf(skipped)(
  'no page breaks WCAG 2.2 AA in either theme, and none leaves the window in any text size',
  async () => {
    const wrong: string[] = [];
    for (const { login, places } of seen) {
      const at = await signedIn(product.base, login, browser);
      const { page } = at;
      try {
        for (const place of places) {
          await open(at, place);
          wrong.push(...(await faultsOf(page, place)));
          if (place === '/tickets') {
            await page.goto(`${product.base}/tickets/ticket-e2e-1`);
            await settled(page);
            wrong.push(...(await faultsOf(page, '/tickets/one')));
          }
          if (place === '/training') {
            await page.getByRole('button', { name: '开始演练' }).first().click();
            await page.getByRole('button', { name: '接听' }).click();
            await page.getByLabel('您说').fill('您好');
            await page.getByRole('button', { name: '说出' }).click();
            await page.locator('.line[data-speaker="customer"]').first().waitFor();
            wrong.push(...(await faultsOf(page, '/training/play')));
            await page.getByRole('button', { name: '结束演练' }).click();
            await page.getByRole('button', { name: '再练一次' }).waitFor();
            wrong.push(...(await faultsOf(page, '/training/replay')));
          }
          if (place === '/knowledge') {
            await page.getByRole('button', { name: '新建' }).click();
            await page.getByLabel('正文').waitFor();
            wrong.push(...(await faultsOf(page, '/knowledge/new')));
          }
        }
        if (login !== '0302') continue;
        await page.goto(`${product.base}/call`);
        await page.getByRole('button', { name: '打电话' }).waitFor();
        wrong.push(...(await seriousViolations(page)));
      } finally {
        await at.close();
      }
    }
    expect(wrong).toEqual([]);
  },
  400_000,
);

/** What a page has left on the device. */
async function keptBy(page: Page): Promise<{ readonly cookies: number; readonly stored: string[] }> {
  const stored = await page.evaluate('[...Object.keys(localStorage), ...Object.keys(sessionStorage)]');
  return { cookies: (await page.context().cookies()).length, stored: stored as string[] };
}

/** Somebody on a telephone with an old browser. */
async function asVisitor({ browser }: AtBrowser, remember: boolean): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
  await context.addInitScript(asAnOldBrowser);
  const page = await context.newPage();
  await page.goto(`${product.base}/chat`);
  await page.getByLabel('怎么称呼您').fill('方女士');
  await page.getByLabel('想咨询什么').fill('社保卡怎么补办');
  if (remember) await page.getByRole('checkbox').check();
  expect(await keptBy(page)).toEqual({ cookies: 0, stored: [] });
  await page.getByRole('button', { name: '开始咨询' }).click();
  await page.getByRole('log').getByText('社保卡怎么补办').waitFor();
  return page;
}

/** The visitor's page in both languages, before a chat, in it and after it: WCAG, and nothing out of sight. */
async function newVisitorsFaults({ browser }: AtBrowser): Promise<string[]> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const faults: string[] = [];
  const look = async (name: string) => {
    for (const language of ['English', '中文']) {
      await page.getByRole('radio', { name: language }).click();
      faults.push(...[...(await seriousViolations(page)), ...(await outOfSight(page))].map((each) => `${name} ${language}: ${each}`));
      if (shots) await page.screenshot({ path: path.join(shots, `visitor-${name}-${language}.png`) });
    }
  };
  await page.goto(`${product.base}/chat`);
  await page.getByLabel('想咨询什么').fill('养老金什么时候发');
  await look('begins');
  await page.getByRole('button', { name: '开始咨询' }).click();
  await page.getByRole('log').getByText('养老金什么时候发').waitFor();
  await look('writes');
  await page.getByRole('button', { name: '结束会话' }).click();
  await page.getByRole('button', { name: '再次咨询' }).waitFor();
  await look('over');
  await context.close();
  return faults;
}

test.skipIf(skipped)(
  'a visitor with an old browser is answered, nothing is kept on the device without consent, and the agent notes the chat down beside it',
  async () => {
    expect(unreadScripts()).toEqual([]);
    const at = await signedIn(product.base, '0217', browser);
    try {
      const { page } = at;
      await page.getByRole('button', { name: '签入', exact: true }).click();
      await open(at, '/chats');
      await page.getByRole('button', { name: '未接待' }).click();
      const visitor = await asVisitor(at, false);
      await page.getByRole('log').getByText('社保卡怎么补办').waitFor();
      await page.getByLabel('写回复').fill('您好，请带身份证到窗口办理');
      await page.keyboard.press('Enter');
      await visitor.getByRole('log').getByText('请带身份证').waitFor();
      expect(await keptBy(visitor)).toEqual({ cookies: 0, stored: [] });
      const wrong = await newVisitorsFaults(at);

      await page.getByLabel('写回复').fill('/');
      await page.getByRole('searchbox').waitFor();
      wrong.push(...(await seriousViolations(page)));
      if (shots) await page.screenshot({ path: path.join(shots, 'chat-quick-replies.png') });
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: '结束语' }).click();
      expect(await page.getByLabel('写回复').inputValue()).toContain('还有什么可以帮您');
      for (const tab of ['承诺', '核实身份', '记录']) {
        await page.getByRole('radio', { name: tab }).click();
        wrong.push(...(await seriousViolations(page)));
        if (shots) await page.screenshot({ path: path.join(shots, `chat-${tab}.png`) });
      }
      await page.getByLabel('何事', { exact: true }).fill('补办社保卡');
      await page.keyboard.press('Control+s');
      await page.getByText('已保存').waitFor();
      expect(wrong).toEqual([]);

      const agreed = await asVisitor(at, true);
      expect(await keptBy(agreed)).toEqual({ cookies: 0, stored: ['threerings.chat'] });
    } finally {
      await at.close();
    }
  },
  120_000,
);
