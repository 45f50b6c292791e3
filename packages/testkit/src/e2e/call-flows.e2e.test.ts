import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { WireEvent } from '@threerings/core/wire/events';
import { Phone } from '@threerings/voice/fake/phone';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConsoleClient } from '../console-client.ts';
import { callOf, callsOf, House } from '../product/house.ts';
import { writeTone } from '../tone.ts';
import { lacks } from '../tools.ts';
import { type AtBrowser, signedIn } from './people.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-flows-'));
const shots = process.env['THREERINGS_SHOTS'];
const shot = async (at: AtBrowser, name: string) => {
  if (shots) await at.page.screenshot({ path: path.join(shots, `${name}.png`) });
};
const skipped = lacks('chromium');
const soon = { timeout: 30_000, interval: 100 };
const text = `流程 主流程

步骤 告知
录音告知
接 菜单

步骤 菜单
菜单 主菜单
按 2 去 卡
按 3 去 评价
超时 5 秒 去 人工
错键 2 次 去 人工

步骤 评价
评价
接 人工

步骤 卡
排队 card 优先 3

步骤 人工
排队
`;
const general = { queue: '综合', name: { zh: '综合', en: 'General' } };
const card = { queue: 'card', name: { zh: '社保卡', en: 'Cards' }, skill: 'card' };

let house: House;
beforeAll(async () => {
  if (!skipped) house = await House.open();
}, 180_000);
afterAll(async () => {
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

test.skipIf(skipped)(
  'a prompt is recorded in the browser, the flow goes live, and keys of telephones reach queues',
  { timeout: 180_000 },
  async () => {
    const operations = await house.signIn('0302');
    expect(await operations.send('PUT', '/api/hotline', { queues: [general, card] })).toMatchObject({ status: 200 });
    await operations.send('POST', `/api/call-flows/${encodeURIComponent('主流程')}/drafts`, {});
    await operations.send('PUT', `/api/call-flows/${encodeURIComponent('主流程')}/1`, { revision: 1, text });

    const at = await signedIn(house.base, '0302', writeTone(path.join(folder, 'voice.wav'), 440, 2, 48_000));
    const { page } = at;
    await page.goto(`${house.base}/call-flows`);
    await page.getByText('1 处错误').waitFor();
    await shot(at, 'call-flow-missing-prompt');
    await page.getByRole('radio', { name: '提示音' }).click();
    await shot(at, 'prompts');
    await page.getByRole('cell', { name: 'flow-主菜单' }).click();
    await page.getByRole('button', { name: '开始录音' }).click();
    await page.getByText(/录音中，1 秒/).waitFor();
    await shot(at, 'prompt-recording');
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByRole('button', { name: '采用' }).click();
    await page.getByText('已采用').waitFor();
    await shot(at, 'prompt-kept');
    await page.getByRole('radio', { name: '流程' }).click();
    await page.getByText('检查通过').waitFor();
    await page.getByRole('button', { name: '发布' }).click();
    await page.getByRole('button', { name: '停用' }).waitFor();
    await shot(at, 'call-flow-live');
    await at.browser.close();

    const [cards, people, rated] = [await Caller.dials(operations), await Caller.dials(operations), await Caller.dials(operations)];
    try {
      await Promise.all([
        cards.presses('call.menu-entered', '2'),
        people
          .presses('call.menu-entered', '9')
          .then(() => people.presses('prompt.played', '8', { prompt: 'flow-主菜单', interrupted: true })),
        rated.presses('call.menu-entered', '3').then(() => rated.presses('survey.offered', '5')),
      ]);
      expect((await cards.until('call.queued')).fields['queue']).toBe('card');
      expect((await people.until('call.queued')).fields['queue']).toBe('综合');
      expect((await people.until('call.menu-left')).fields['outcome']).toBe('operator');
      expect((await rated.until('survey.answered')).fields['score']).toBe(5);
      expect((await cards.until('call.flow-entered')).fields).toMatchObject({ flow: '主流程', version: 1 });
      // The prompt that was recorded a moment ago is what they heard.
      expect((await rated.until('prompt.played', { prompt: 'recording-notice' })).fields['duration']).toBeGreaterThan(1000);
    } finally {
      await Promise.all([cards, people, rated].map(({ phone }) => phone.close()));
    }
  },
);

/** A telephone that dials, and what the hotline wrote down of its call. */
class Caller {
  readonly phone: Phone;
  readonly #client: ConsoleClient;
  readonly #interaction: string;

  private constructor(phone: Phone, client: ConsoleClient, interaction: string) {
    this.phone = phone;
    this.#client = client;
    this.#interaction = interaction;
  }

  static async dials(client: ConsoleClient): Promise<Caller> {
    const calls = async () => (await callsOf(client, '&origin=live')).map(({ interaction }) => interaction);
    const before = await calls();
    const phone = await Phone.open({ says: 400 });
    phone.dial(`sip:12333@127.0.0.1:${house.sipPort}`);
    await expect.poll(async () => (await calls()).length, soon).toBe(before.length + 1);
    const interaction = (await calls()).find((one) => !before.includes(one)) ?? '';
    return new Caller(phone, client, interaction);
  }

  async presses(after: string, key: string, fields: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.until(after, fields);
    this.phone.press(key);
  }

  async until(type: string, fields: Readonly<Record<string, unknown>> = {}): Promise<WireEvent> {
    let found: WireEvent | undefined;
    await expect
      .poll(async () => {
        const { events } = await callOf(this.#client, this.#interaction);
        const fits = (event: WireEvent) => Object.entries(fields).every(([name, value]) => event.fields[name] === value);
        found = events.find((event) => event.type === type && fits(event));
        return found?.type;
      }, soon)
      .toBe(type);
    if (found === undefined) throw new Error('unreachable: it was found a moment ago');
    return found;
  }
}
