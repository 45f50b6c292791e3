import { describe, expect, it } from 'vitest';
import { problemBefore, problemOf } from './device.ts';
import { levelOf } from './use-phone.ts';

describe('what keeps a computer from phoning', () => {
  it('is the address before anything else', () => {
    expect(problemBefore({ secure: false, hasMediaDevices: false })).toBe('insecure');
    expect(problemBefore({ secure: true, hasMediaDevices: false })).toBe('unsupported');
    expect(problemBefore({ secure: true, hasMediaDevices: true })).toBeUndefined();
  });

  it('is told apart by the name of the error', () => {
    expect(problemOf('NotAllowedError')).toBe('denied');
    expect(problemOf('NotFoundError')).toBe('no-device');
    expect(problemOf('NotReadableError')).toBe('in-use');
    expect(problemOf('SomethingNew')).toBe('other');
  });
});

describe('the microphone level', () => {
  it('runs from silence to full scale', () => {
    expect(levelOf(new Float32Array(64))).toBe(0);
    expect(levelOf(new Float32Array(64).fill(1))).toBe(1);
    expect(levelOf(new Float32Array(64).fill(0.0316))).toBeCloseTo(0.5, 2);
  });
});
