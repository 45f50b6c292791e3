import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, rememberStreams } from '../browser.ts';

/** A person at a browser, with a microphone that plays a tone. */
export interface AtBrowser {
  readonly browser: Browser;
  readonly page: Page;
  close(): Promise<void>;
}

/** What a page may take on a machine that runs several products. */
const patienceMs = 60_000;

/** A browser of one's own with this microphone, or `Browser` = a window in that one, with its microphone. */
type Microphone = string | Browser | undefined;

async function open(url: string, microphone: Microphone, size: { width: number; height: number }): Promise<AtBrowser> {
  const shared = typeof microphone === 'object' ? microphone : undefined;
  const browser = shared ?? (await launchBrowser(typeof microphone === 'string' ? { microphone } : {}));
  const context: BrowserContext = await browser.newContext({
    locale: 'zh-CN',
    viewport: size,
    permissions: microphone === undefined ? [] : ['microphone'],
  });
  context.setDefaultTimeout(patienceMs);
  await context.addInitScript(rememberStreams);
  const page = await context.newPage();
  await page.goto(url);
  return { browser, page, close: () => (shared === undefined ? browser.close() : context.close()) };
}

const desk = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };

/** Signs in with a demo account and stays on the page that the role begins with. */
export async function signedIn(base: string, login: string, microphone?: Microphone): Promise<AtBrowser> {
  const at = await open(`${base}/sign-in`, microphone, desk);
  await at.page.getByLabel('工号', { exact: true }).fill(login);
  await at.page.getByLabel('口令', { exact: true }).fill(`yunzhou-${login}`);
  await at.page.getByRole('button', { name: '登录', exact: true }).click();
  await at.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  return at;
}

/** An agent who is signed in to the shift and ready, with a working phone. */
export async function readyAgent(base: string, login: string, microphone: Microphone): Promise<AtBrowser> {
  const at = await signedIn(base, login, microphone);
  await at.page.getByRole('button', { name: '签入', exact: true }).click();
  await at.page.getByText('话机通', { exact: true }).first().waitFor();
  await at.page.getByRole('button', { name: '示闲', exact: true }).click();
  return at;
}

/** A caller on the web page who has pressed “call”. */
export async function webCaller(base: string, microphone: Microphone): Promise<AtBrowser> {
  const at = await open(`${base}/call`, microphone, phone);
  await at.page.getByRole('button', { name: '打电话' }).click();
  return at;
}
