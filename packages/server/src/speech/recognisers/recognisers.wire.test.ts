import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { frameSamples } from '@threerings/core/acoustics/frames';
import { type FunAsrServer, startFunAsrServer } from '@threerings/testkit/funasr-server';
import { pcmOf, spoken } from '@threerings/testkit/spoken';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../clock.ts';
import { sherpaModelIn } from '../sherpa/model-files.ts';
import { SherpaRecogniser } from '../sherpa/sherpa-recogniser.ts';
import { batchHttpRecogniser } from './batch-http.ts';
import { funAsrRecogniser } from './funasr.ts';
import { type RecogniserUnderTest, recogniserContract } from './recogniser-contract.ts';
import { replayRecogniser } from './replay.ts';

/** Three sentences of a second with a second behind each. */
const sentences = [0.5, 2.5, 4.5].map((from) => ({ from, to: from + 1 }));
const sound = pcmOf(spoken(6.6, sentences));
const frames = Array.from({ length: sound.length / frameSamples }, (_, i) => sound.subarray(i * frameSamples, (i + 1) * frameSamples));
const known = { frames, sentences: sentences.length };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 5));

describe.each(recogniserContract)('$title', ({ check }) => {
  const passes = async (under: RecogniserUnderTest) => {
    try {
      expect(await check(under)).toBeUndefined();
    } finally {
      await under.recogniser.close();
    }
  };

  test('replay', () => {
    const written = sentences.map(({ from, to }, i) => ({ from: from * 1000, to: to * 1000, text: `第${i}句`, confidence: 1 }));
    return passes({ ...known, recogniser: replayRecogniser(() => written), pace: turn });
  });

  test('FunASR', async () => {
    const server = await startFunAsrServer();
    const recogniser = funAsrRecogniser({ url: server.url, hotwords: { 社保卡: 20 } }, systemClock);
    try {
      await passes({ ...known, recogniser, pace: soon, failure: { begin: server.drop, end: server.open } });
    } finally {
      await server.stop();
    }
  }, 30_000);

  test('batch HTTP', async () => {
    const server = await startTranscriber();
    const recogniser = batchHttpRecogniser({ url: server.url, textField: 'result.text', confidenceField: 'result.score' });
    try {
      await passes({
        ...known,
        recogniser,
        pace: soon,
        failure: { begin: async () => server.answers(503), end: async () => server.answers(200) },
      });
    } finally {
      await server.stop();
    }
  }, 30_000);

  test.each(['tiny-zipformer-ctc', 'tiny-streaming-zipformer-ctc'])(
    'sherpa-onnx with %s',
    async (name) => {
      const recogniser = await startSherpa(name);
      const begin = async () => {
        process.kill(recogniser.pid ?? 0, 'SIGKILL');
      };
      await passes({ ...known, recogniser, pace: soon, failure: { begin, end: async () => {} } });
    },
    60_000,
  );
});

function modelAt(name: string) {
  const model = sherpaModelIn(fileURLToPath(new URL(`../sherpa/fixtures/${name}`, import.meta.url)));
  if (typeof model === 'string') throw new Error(model);
  return model;
}

/** A model that has answered once is loaded. */
async function startSherpa(name: string): Promise<SherpaRecogniser> {
  const recogniser = new SherpaRecogniser({ model: modelAt(name), threads: 1 }, systemClock);
  await expect.poll(() => recogniser.ready, { timeout: 20_000 }).toBe(true);
  return recogniser;
}

interface Transcriber {
  readonly url: string;
  readonly requests: { readonly type: string | undefined; readonly authorization: string | undefined; readonly bytes: Buffer }[];
  answers(status: number): void;
  stop(): Promise<void>;
}

/** Answers every WAV file with a sentence. */
async function startTranscriber(): Promise<Transcriber> {
  const requests: Transcriber['requests'] = [];
  let status = 200;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ type: request.headers['content-type'], authorization: request.headers.authorization, bytes: Buffer.concat(chunks) });
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ result: { text: ` 第${requests.length}句话 `, score: 0.7 } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/asr`,
    requests,
    answers: (next) => {
      status = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('FunASR', () => {
  let server: FunAsrServer;
  beforeAll(async () => {
    server = await startFunAsrServer();
  });
  afterAll(() => server.stop());

  test('is asked for two passes at 8 kHz with weighted hot words, and interim words are not told', async () => {
    const said: string[] = [];
    const recogniser = funAsrRecogniser({ url: server.url, hotwords: { 社保卡: 20, 一网通办: 30 } }, systemClock);
    const stream = recogniser.open(
      { call: 'c', side: 'agent' },
      { said: ({ text }) => void said.push(text), settled: () => {}, lost: () => {}, found: () => {} },
    );
    for (const frame of frames) {
      stream.hear(frame);
      await turn();
    }
    await stream.end();
    expect(server.greetings[0]).toEqual({
      mode: '2pass',
      wav_name: 'c agent',
      wav_format: 'pcm',
      audio_fs: 8000,
      is_speaking: true,
      chunk_size: [5, 10, 5],
      itn: true,
      hotwords: '{"社保卡":20,"一网通办":30}',
    });
    expect(said).toEqual(['第1句话', '第2句话', '第3句话']);
  });
});

describe('batch HTTP', () => {
  test('posts a WAV file an utterance, with the authorization that was set, and reads the fields that were named', async () => {
    const server = await startTranscriber();
    const said: { readonly text: string; readonly confidence: number }[] = [];
    const recogniser = batchHttpRecogniser({
      url: server.url,
      textField: 'result.text',
      confidenceField: 'result.score',
      authorization: 'Bearer x',
    });
    const stream = recogniser.open(
      { call: 'c', side: 'agent' },
      { said: ({ text, confidence }) => void said.push({ text, confidence }), settled: () => {}, lost: () => {}, found: () => {} },
    );
    for (const frame of frames) stream.hear(frame);
    await stream.end();
    await server.stop();
    expect(said).toEqual([1, 2, 3].map((n) => ({ text: `第${n}句话`, confidence: 0.7 })));
    for (const { type, authorization, bytes } of server.requests) {
      expect([type, authorization, bytes.toString('latin1', 0, 4), bytes.readUInt32LE(24)]).toEqual([
        'audio/wav',
        'Bearer x',
        'RIFF',
        8000,
      ]);
      expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
      // A second of voice with a little before and behind it.
      expect((bytes.length - 44) / 16_000).toBeGreaterThan(1);
      expect((bytes.length - 44) / 16_000).toBeLessThan(1.6);
    }
  });
});

describe('sherpa-onnx', () => {
  test('a folder without a model is refused in a sentence, by us and by the library', async () => {
    expect(sherpaModelIn('/nowhere/model')).toMatch(/no model in \/nowhere\/model: get one with threerings models pull/);
    const whys: string[] = [];
    const model = { ...modelAt('tiny-zipformer-ctc'), config: { zipformerCtc: { model: '/nowhere/model.onnx' } } };
    const recogniser = new SherpaRecogniser({ model, threads: 1 }, systemClock, (why) => void whys.push(why));
    await expect.poll(() => whys[0], { timeout: 20_000 }).toMatch(/config/);
    await recogniser.close();
  });
});
