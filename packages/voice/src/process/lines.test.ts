import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VoiceCommand } from '../port.ts';
import { checkCommand, readControllerLine } from './command-check.ts';
import { LineReader } from './lines.ts';

describe('the line reader', () => {
  it('gives the same lines however the bytes are cut, multi-byte characters included', () => {
    const lines = fc.array(fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n')));
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.integer({ min: 1, max: 7 })), (texts, cuts) => {
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        const read: string[] = [];
        const reader = new LineReader(
          1000,
          (line) => read.push(line),
          () => expect.unreachable(),
        );
        for (let at = 0; at < bytes.length; ) {
          const length = cuts.next().value as number;
          reader.push(bytes.subarray(at, at + length));
          at += length;
        }
        expect(read).toEqual(texts);
      }),
    );
  });

  it('reports a line beyond the limit once, keeps none of it, and reads the next', () => {
    const read: string[] = [];
    let tooLong = 0;
    const reader = new LineReader(
      10,
      (line) => read.push(line),
      () => tooLong++,
    );
    for (let i = 0; i < 100; i++) reader.push(Buffer.from('xxxxx'));
    reader.push(Buffer.from('\nnext\n'));
    expect([tooLong, read]).toEqual([1, ['next']]);
  });
});

describe('a command', () => {
  const good: readonly VoiceCommand[] = [
    { kind: 'dial', leg: 'a', uri: 'sip:x@y', timeoutMs: 5000 },
    { kind: 'record', recording: 'r', left: 'a', file: '/x' },
    { kind: 'record-side', recording: 'r', side: 'right' },
    { kind: 'configure', sounds: { welcome: '/w.wav' }, graceMs: 0 },
  ];

  it('is taken when every field is right', () => {
    expect(good.map(checkCommand)).toEqual(good.map(() => undefined));
  });

  it('is refused with the field and what it must be', () => {
    expect(checkCommand({ kind: 'mute', leg: 'a', on: 'yes' })).toBe('mute.on must be true or false');
    expect(checkCommand({ kind: 'bridge', bridge: 'b', legs: ['a', 7] })).toBe('bridge.legs must be a list of 1 to 32 leg ids');
    expect(checkCommand({ kind: 'configure', sounds: { a: 5 } })).toMatch(/^configure.sounds must be at most 1000 sounds/);
    expect(checkCommand({ kind: 'toString' })).toMatch(/^command.kind must be one of ring, /);
  });

  it('never makes its reader throw, whatever stands in the line', () => {
    const kinds = fc.constantFrom(...good.map(({ kind }) => kind), 'explode', 'constructor');
    const command = fc.record({ kind: kinds, leg: fc.anything(), legs: fc.anything(), sounds: fc.anything(), on: fc.anything() });
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc.record({ id: fc.anything(), command }).map((value) => JSON.stringify(value) ?? ''),
    );
    fc.assert(
      fc.property(line, (text) => {
        const read = readControllerLine(text);
        expect('message' in read || 'snapshot' in read || checkCommand(read.command) === undefined).toBe(true);
      }),
    );
  });
});
