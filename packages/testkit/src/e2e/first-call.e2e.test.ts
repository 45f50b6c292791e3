import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { amplitudeOf } from '@threerings/voice/media/tone';
import { readWav } from '@threerings/voice/media/wav';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { heardBy } from '../browser.ts';
import { signIn } from '../console-client.ts';
import { type Product, startProduct } from '../product.ts';
import { writeTone } from '../tone.ts';
import { lacks } from '../tools.ts';
import { type AtBrowser, readyAgent, signedIn, webCaller } from './people.ts';

const callerHz = 1000;
const agentHz = 600;
const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-e2e-'));
const shots = process.env['THREERINGS_SHOTS'];
const shot = async (at: AtBrowser, name: string) => {
  if (shots) await at.page.screenshot({ path: path.join(shots, `${name}.png`) });
};
const skipped = lacks('chromium');

let product: Product;
beforeAll(async () => {
  if (!skipped) product = await startProduct();
}, 180_000);
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test.skipIf(skipped)(
  'a caller on the web page is answered in the browser, held, comes back, is recorded and judged, and the leader sees it',
  async () => {
    const agentTone = writeTone(path.join(folder, 'agent.wav'), agentHz, 2, 48_000);
    const callerTone = writeTone(path.join(folder, 'caller.wav'), callerHz, 2, 48_000);
    const leader = await signedIn(product.base, '0103', agentTone);
    await leader.page.goto(`${product.base}/board`);
    const agent = await readyAgent(product.base, '0217', leader.browser);
    await shot(agent, 'desk-ready');
    const caller = await webCaller(product.base, callerTone);
    try {
      await agent.page.getByRole('button', { name: /接听/ }).waitFor();
      await shot(agent, 'desk-ringing');
      await shot(caller, 'caller-ringing');
      await agent.page.keyboard.press('Enter');
      await agent.page.getByText('录音中').first().waitFor();
      await caller.page.getByText('0217 号正在为您服务').first().waitFor();

      const inAgentsEar = await heardBy(agent.page, 2);
      const inCallersEar = await heardBy(caller.page, 2);
      expect(Math.abs(inAgentsEar.hz - callerHz)).toBeLessThan(20);
      expect(Math.abs(inCallersEar.hz - agentHz)).toBeLessThan(20);
      await shot(agent, 'desk-call');
      await shot(leader, 'board');

      await agent.page.keyboard.press('Alt+h');
      await agent.page.keyboard.press('1');
      await agent.page.keyboard.press('y');
      await shot(agent, 'desk-hold-form');
      await agent.page.getByRole('button', { name: '开始保持' }).click();
      await caller.page
        .getByText(/为您查资料/)
        .first()
        .waitFor();
      await shot(agent, 'desk-held');
      await shot(caller, 'caller-held');
      expect(Math.abs((await heardBy(caller.page, 1)).hz - agentHz)).toBeGreaterThan(20);
      await agent.page
        .getByRole('button', { name: /返回通话/ })
        .first()
        .click();
      await caller.page.getByText('0217 号正在为您服务').first().waitFor();

      await agent.page.reload();
      await agent.page.getByText('录音中').first().waitFor();
      await expect.poll(async () => Math.abs((await heardBy(agent.page, 1)).hz - callerHz), { timeout: 30_000 }).toBeLessThan(20);

      await agent.page.getByLabel('何事').fill('失业金没有到账');
      await agent.page.getByLabel('如何办').fill('已核查，激活社保卡后补发');
      await agent.page.keyboard.press('Control+s');
      await agent.page
        .getByText(/已保存/)
        .first()
        .waitFor();
      await caller.page.getByRole('button', { name: '挂断' }).click();
      await caller.page.getByText('通话结束').first().waitFor();
      await agent.page.getByText('案头').first().waitFor();
      await shot(agent, 'desk-wrap-up');
      await shot(caller, 'caller-ended');
    } finally {
      await Promise.all([agent.close(), caller.close()]);
    }

    const watching = await signIn(product.base, '0103', 'yunzhou-0103');
    const list = (await watching.get('/api/interactions?origin=live')).body as { rows: { interaction: string }[] };
    const interaction = list.rows[0]?.interaction ?? '';
    const detail = (await watching.get(`/api/interactions/${interaction}`)).body as {
      recording: { recording: string; durationMs: number };
      verdicts: { norm: string; value: string; reason?: string }[];
      events: { type: string }[];
    };
    const types = detail.events.map((event) => event.type);
    expect(types.indexOf('prompt.played')).toBeLessThan(types.indexOf('recording.started'));
    expect(detail.verdicts.find((v) => v.norm === 'answer-within-rings')).toMatchObject({ value: 'kept' });
    expect(detail.verdicts.find((v) => v.norm === 'hold-three-parts')).toMatchObject({
      value: 'unknown',
      reason: expect.stringContaining('no-engine'),
    });

    const recorded = readWav(
      readFileSync(path.join(product.folder, 'recordings', `${detail.recording.recording}.wav`)),
      new Int16Array(256),
    );
    const [left, right] = 'channels' in recorded ? recorded.channels : [];
    if (!left || !right) throw new Error('the recording should have two channels');
    expect(amplitudeOf(callerHz, left)).toBeGreaterThan(10 * amplitudeOf(agentHz, left));
    expect(amplitudeOf(agentHz, right)).toBeGreaterThan(10 * amplitudeOf(callerHz, right));
    await leader.page.goto(`${product.base}/interactions/${interaction}`);
    await leader.page.getByText('铃响两声内接起').first().waitFor();
    await shot(leader, 'interaction');
    await leader.close();
  },
  180_000,
);

test.skipIf(skipped)(
  'a norm owner drafts, is shown a mistake as it is typed, tries the text, saves, and another person reviews it',
  async () => {
    const owner = await signedIn(product.base, '0302');
    const reviewer = await signedIn(product.base, '0301', owner.browser);
    try {
      const { page } = owner;
      await page.goto(`${product.base}/norms?pack=12333&version=1`);
      await page.getByText('没有错误').waitFor();
      await page.getByRole('button', { name: '起草下一版' }).click();
      await page.getByRole('heading', { name: /版本 2/ }).waitFor();
      await page.getByRole('button', { name: /铃响两声内接起/ }).click();
      await page.locator('.cm-activeLine', { hasText: 'answer-within-rings' }).waitFor();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await page.keyboard.type('除飞 客户放弃');
      await page.getByText('1 处错误').waitFor();
      await shot(owner, 'norm-mistake');
      await page.getByRole('button', { name: '丢弃改动' }).click();
      await page.getByText('没有错误').waitFor();
      await page.getByLabel('应答铃数').fill('4');
      await page.keyboard.press('Enter');
      await expect.poll(() => page.getByLabel('应答铃数').inputValue()).toBe('4');
      await page.getByText('有改动未保存').waitFor();
      await page.getByLabel('贴一段对话').fill('坐席：您好，我是0217号\n客户：社保卡怎么补办');
      await page.getByRole('button', { name: '试判', exact: true }).click();
      await page.locator('.tried [data-standing="kept"]', { hasText: '铃响两声内接起' }).waitFor();
      await shot(owner, 'norm-try');
      await page.reload();
      await page.getByText('有改动未保存').waitFor();
      await page.getByRole('button', { name: /^保存/ }).click();
      await page.getByText('没有改动').waitFor();
      await page.getByRole('button', { name: '送复核' }).click();
      await page.getByText('待复核').first().waitFor();
      await reviewer.page.goto(`${product.base}/norms?pack=12333&version=2`);
      await reviewer.page.getByRole('radio', { name: '变化' }).click();
      await reviewer.page.locator('.norm-changes', { hasText: '铃响两声内接起' }).waitFor();
      await shot(reviewer, 'norm-changes');
      await reviewer.page.getByRole('radio', { name: '标注' }).click();
      await reviewer.page.getByText('达到门槛').waitFor();
      await shot(reviewer, 'norm-labels');
      await reviewer.page.getByRole('button', { name: '复核通过' }).click();
      await reviewer.page.getByText('已复核').first().waitFor();
      await page.reload();
      await page.getByRole('button', { name: '批准，立即生效' }).click();
      await page.locator('.norms-head', { hasText: '正在判定' }).waitFor({ timeout: 60_000 });
      await shot(owner, 'norm-live');
    } finally {
      await reviewer.close();
      await owner.close();
    }
  },
);
