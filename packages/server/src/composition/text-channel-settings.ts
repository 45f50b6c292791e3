import { readFileSync, statSync } from 'node:fs';
import type { Instant } from '@threerings/norms/trace';
import { z } from 'zod';
import { BotVendor } from '../channels/qq/bot-vendor.ts';
import { ServiceAccountVendor } from '../channels/wechat/service-account-vendor.ts';
import { KfVendor } from '../channels/wecom/kf-vendor.ts';
import type { TextVendor } from '../text-channels/vendor.ts';

/** A channel as it is configured, ready to be used. */
export interface ConfiguredChannel {
  readonly id: string;
  readonly vendor: TextVendor;
  readonly queue: string | undefined;
}

const wechatApi = 'https://api.weixin.qq.com';
const wecomApi = 'https://qyapi.weixin.qq.com';
const qqApi = 'https://api.sgroup.qq.com';
const qqTokenApi = 'https://api.bot.qq.com';

const secret = z.string().min(1).max(256);
const aesKey = z.string().regex(/^[A-Za-z0-9+/]{43}$/, 'expected 43 characters: EncodingAESKey as the vendor shows it');
const token = z.string().regex(/^[A-Za-z0-9]{1,32}$/, 'expected 1 to 32 letters and digits: the Token of the callback');
const api = z.string().refine(isApi, 'expected https://…, or http://… on this machine');
const common = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'expected a short name of a-z, 0-9 and -: it stands in the callback address'),
  queue: z.string().min(1).max(64).optional(),
};
const channel = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('wecom'),
    corpId: z.string().regex(/^w[\w-]{1,63}$/, 'expected the CorpID, which begins with ww'),
    secret,
    token,
    encodingAesKey: aesKey,
    accounts: z
      .array(z.string().regex(/^w[\w-]{1,63}$/, 'expected an open_kfid, which begins with wk'))
      .min(1)
      .max(50),
    api: api.default(wecomApi),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('wechat'),
    appId: z.string().regex(/^wx[\w-]{1,62}$/, 'expected the AppID, which begins with wx'),
    secret,
    token,
    encodingAesKey: aesKey,
    api: api.default(wechatApi),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('qq'),
    appId: z.string().regex(/^\d{1,32}$/, 'expected the AppID, which is a number in quotes'),
    secret,
    api: api.default(qqApi),
    tokenApi: api.default(qqTokenApi),
  }),
]);
const file = z.strictObject({ channels: z.array(channel).max(20) });
type Settings = z.infer<typeof channel>;

export type ReadChannels = { readonly channels: readonly ConfiguredChannel[] } | { readonly wrong: string };

/**
 * The text channels of a settings file. What is wrong is told by its place, never by its value: the file holds secrets. It must be
 * readable by its owner alone, where the system knows owners.
 */
export function readChannels(path: string, now: () => Instant): ReadChannels {
  let text: string;
  try {
    if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
      return { wrong: `others may read it, and it holds secrets: chmod 600 ${path}` };
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { wrong: `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'})` };
  }
  return channelsIn(text, now);
}

export function channelsIn(text: string, now: () => Instant): ReadChannels {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { wrong: 'expected JSON: {"channels":[…]}' };
  }
  const read = file.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { wrong: `${issue?.path.join('.') || 'file'}: ${issue?.message ?? 'not as expected'}` };
  }
  const ids = read.data.channels.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) return { wrong: `channels: two are named ${twice}` };
  return { channels: read.data.channels.map((each) => ({ id: each.id, queue: each.queue, vendor: vendorOf(each, now) })) };
}

function vendorOf(settings: Settings, now: () => Instant): TextVendor {
  switch (settings.kind) {
    case 'wecom':
      return new KfVendor(settings, now);
    case 'wechat':
      return new ServiceAccountVendor(settings, now);
    case 'qq':
      return new BotVendor(settings, now);
  }
}

function isApi(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname));
}
