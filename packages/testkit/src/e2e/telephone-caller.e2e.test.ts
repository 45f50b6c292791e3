import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startBaresip } from '../baresip.ts';
import { heardBy } from '../browser.ts';
import { signIn } from '../console-client.ts';
import { callOf, callsOf } from '../product/house.ts';
import { gistOf, judgedOutside } from '../product/judged-outside.ts';
import { type Product, startProduct } from '../product.ts';
import { writeTone } from '../tone.ts';
import { lacks } from '../tools.ts';
import { readyAgent, signedIn } from './people.ts';

const callerHz = 1000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-e2e-'));
const skipped = lacks('chromium') || lacks('baresip');

let product: Product;
beforeAll(async () => {
  if (!skipped) product = await startProduct();
}, 180_000);
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test.skipIf(skipped)(
  'a caller from a telephone is answered late in the browser: the board says so at once, and judging the exported timeline says the same',
  async () => {
    const leader = await signedIn(product.base, '0103', writeTone(path.join(folder, 'agent.wav'), 600, 2, 48_000));
    await leader.page.goto(`${product.base}/board`);
    const agent = await readyAgent(product.base, '0217', leader.browser);
    // It hangs up when what it has to say is over.
    const phone = await startBaresip(writeTone(path.join(folder, 'caller.wav'), callerHz, 100, 8000));
    try {
      phone.dial(`sip:12333@127.0.0.1:${product.sipPort}`);
      await agent.page.getByRole('button', { name: /接听/ }).waitFor();
      const breaking = leader.page.locator('.norm-rows > li', { hasText: '铃响两声内接起' }).locator('.norm-breaking');
      await breaking.locator('[data-standing="broken"]', { hasText: '0217' }).waitFor();
      const interaction = (await breaking.getAttribute('href'))?.split('/').at(-1) ?? '';
      await agent.page.keyboard.press('Enter');
      await agent.page.getByText('录音中').first().waitFor();
      expect(Math.abs((await heardBy(agent.page, 1)).hz - callerHz)).toBeLessThan(20);
      phone.hangUp();
      await agent.page.getByRole('button', { name: '保存并示闲' }).click();

      const watching = await signIn(product.base, '0103', 'yunzhou-0103');
      expect((await callsOf(watching, '&origin=live')).map((row) => row.interaction)).toContain(interaction);
      const detail = () => callOf(watching, interaction);
      await expect.poll(async () => (await detail()).events.at(-1)?.type, { timeout: 30_000 }).toBe('interaction.closed');
      expect((await detail()).verdicts.find((each) => each.norm === 'answer-within-rings')?.value).toBe('broken');
      const outside = await judgedOutside(product.folder, interaction);
      expect(gistOf((await detail()).verdicts)).toEqual(outside);
    } finally {
      await phone.stop();
      await agent.close();
      await leader.close();
    }
  },
  120_000,
);
