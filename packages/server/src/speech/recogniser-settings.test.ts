import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { hotwordsIn, recogniserSettings } from './recogniser-settings.ts';
import { readAnswer } from './recognisers/batch-http.ts';
import { sherpaModelIn } from './sherpa/model-files.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'threerings-recogniser-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function settings(given: Readonly<Record<string, string>>) {
  const read = readConfig(new Map(Object.entries({ '--data': folder, ...given })), {});
  if (!read.ok) throw new Error(read.message);
  return recogniserSettings(read.value);
}

function model(name: string, ...files: readonly string[]): string {
  const at = path.join(folder, name);
  mkdirSync(at, { recursive: true });
  for (const file of files) writeFileSync(path.join(at, file), '');
  return at;
}

test('nobody listens unless it is asked for; without a model it is told how to get one', () => {
  expect(settings({})).toEqual({ settings: undefined });
  expect(settings({ '--recogniser': 'sherpa' })).toEqual({ missing: expect.stringMatching(/threerings models pull/) });
});

test('an address that does not fit the recogniser is refused with what fits', () => {
  expect(settings({ '--recogniser': 'funasr' })).toEqual({ wrong: expect.stringMatching(/--recogniser-url: .*ws:\/\/ or wss:\/\//) });
  expect(settings({ '--recogniser': 'http', '--recogniser-url': 'ws://h' })).toEqual({
    wrong: expect.stringMatching(/http:\/\/ or https/),
  });
  expect(() => settings({ '--recogniser-url': 'ws://user:secret@h' })).toThrow(/without user and password/);
});

test('the only model in the data folder is used', () => {
  const at = model('models/sherpa-onnx-sense-voice-zh', 'model.int8.onnx', 'model.onnx', 'tokens.txt');
  expect(settings({ '--recogniser': 'sherpa' })).toMatchObject({
    settings: {
      kind: 'sherpa',
      threads: 2,
      model: { streaming: false, config: { senseVoice: { model: path.join(at, 'model.int8.onnx') } } },
    },
  });
});

test.each([
  ['sherpa-onnx-streaming-zipformer-zh', ['encoder-e.onnx', 'decoder-e.onnx', 'joiner-e.onnx', 'tokens.txt'], true, 'transducer'],
  ['sherpa-onnx-zipformer-multi', ['encoder-e.int8.onnx', 'decoder-e.onnx', 'joiner-e.onnx', 'tokens.txt'], false, 'transducer'],
  ['sherpa-onnx-streaming-paraformer-bilingual', ['encoder.onnx', 'decoder.onnx', 'tokens.txt'], true, 'paraformer'],
  ['sherpa-onnx-paraformer-zh', ['model.onnx', 'tokens.txt'], false, 'paraformer'],
  ['sherpa-onnx-zipformer-ctc-zh', ['model.onnx', 'tokens.txt'], false, 'zipformerCtc'],
])('%s is known by its files', (name, files, streaming, kind) => {
  const found = sherpaModelIn(model(name, ...files));
  expect(found).toMatchObject({ name, streaming });
  expect(Object.keys((found as { config: object }).config)).toEqual([kind]);
});

test('a folder that is no model is told what it lacks', () => {
  expect(sherpaModelIn(model('empty'))).toMatch(/has no tokens.txt/);
  expect(sherpaModelIn(model('tokens-only', 'tokens.txt'))).toMatch(/neither model/);
});

test('hot words are read line by line, and a line that cannot be read is named', () => {
  const file = path.join(folder, 'hot.txt');
  writeFileSync(file, '# 业务词\n社保卡 30\n\n一网通办\n');
  expect(hotwordsIn(file)).toEqual({ 社保卡: 30, 一网通办: 20 });
  writeFileSync(file, '社保卡 30\n医保 500\n');
  expect(() => hotwordsIn(file)).toThrow(/hot.txt:2: expected a word and a weight from 1 to 100/);
});

test('an answer is read by the fields that were named; one without words is refused', () => {
  const answer = { result: { text: '您好', segments: [{ score: 0.5 }] } };
  expect(readAnswer(answer, { textField: 'result.text', confidenceField: 'result.segments.0.score' })).toEqual({
    text: '您好',
    confidence: 0.5,
  });
  expect(readAnswer(answer, { textField: 'result.text' }).confidence).toBe(0.8);
  expect(() => readAnswer(answer, { textField: 'text' })).toThrow(/no text at text/);
  expect(() => readAnswer(answer, { textField: 'constructor.name' })).toThrow(/no text/);
});
