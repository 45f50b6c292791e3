import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import type { RecogniserSettings } from './recognisers/make-recogniser.ts';
import { sherpaModelIn } from './sherpa/model-files.ts';

/** Where `threerings models pull` puts models. */
export const modelsFolder = (data: string) => path.join(data, 'models');

export type ReadSettings =
  | { readonly settings: RecogniserSettings | undefined }
  /** the settings cannot be meant: the start is refused */
  | { readonly wrong: string }
  /** something is missing here: the hotline runs without a transcript, and says so */
  | { readonly missing: string };

const ordinaryWeight = 20;
const mostHotwords = 1000;

/** Which recogniser listens, from the settings of the server and what lies on its disk. */
export function recogniserSettings(config: Config): ReadSettings {
  const { recogniser: kind, recogniserUrl: url } = config;
  if (kind === 'off') return { settings: undefined };
  if (kind === 'sherpa') return sherpa(config);
  const schemes = kind === 'funasr' ? ['ws:', 'wss:'] : ['http:', 'https:'];
  if (url === undefined || !schemes.includes(new URL(url).protocol))
    return { wrong: `--recogniser-url: expected beside --recogniser ${kind}: an address that begins with ${schemes.join('// or ')}//` };
  try {
    if (kind === 'funasr') return { settings: { kind, url, hotwords: hotwordsIn(config.recogniserHotwords) } };
    const { recogniserTextField: textField, recogniserConfidenceField: confidenceField, recogniserAuthorizationFile: secret } = config;
    const authorization = secret === undefined ? undefined : readFileSync(secret, 'utf8').split('\n')[0]?.trim();
    return { settings: { kind, url, textField, confidenceField, authorization } };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function sherpa({ recogniserModel, recogniserThreads: threads, data }: Config): ReadSettings {
  const folder = recogniserModel ?? onlyModelIn(modelsFolder(data));
  if (folder === undefined) {
    return {
      missing: `--recogniser-model: expected: there is not exactly one model in ${modelsFolder(data)} (threerings models pull gets one)`,
    };
  }
  const model = sherpaModelIn(folder);
  return typeof model === 'string' ? { missing: model } : { settings: { kind: 'sherpa', model, threads } };
}

function onlyModelIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const found = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return found.length === 1 ? path.join(folder, found[0]?.name ?? '') : undefined;
}

/** `社保卡 30`; lines that are empty or begin with # are left out. Throws with the line that cannot be read. */
export function hotwordsIn(file: string | undefined): Readonly<Record<string, number>> {
  if (file === undefined) return {};
  const words: Record<string, number> = {};
  for (const [at, line] of readFileSync(file, 'utf8').split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, word, weight] = /^(\S{1,50})(?:\s+(\d{1,3}))?\s*$/.exec(line) ?? [];
    const heavy = weight === undefined ? ordinaryWeight : Number(weight);
    if (word === undefined || heavy < 1 || heavy > 100)
      throw new Error(`${file}:${at + 1}: expected a word and a weight from 1 to 100, found "${line.slice(0, 60)}"`);
    words[word] = heavy;
  }
  if (Object.keys(words).length > mostHotwords) throw new Error(`${file}: expected at most ${mostHotwords} words`);
  return words;
}
