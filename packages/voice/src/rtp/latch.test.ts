import { describe, expect, it } from 'vitest';
import { Latch } from './latch.ts';

const announced = { address: '192.0.2.10', port: 4000 };
const WINDOW = 5000;

function latched(): Latch {
  const latch = new Latch();
  latch.announce(announced, 0, WINDOW);
  return latch;
}

describe('the latch on the far end', () => {
  it('sends to the announced address until something is heard', () => {
    expect(latched().destination).toEqual(announced);
  });

  it('takes the first source within the window, wherever it is', () => {
    const latch = latched();
    expect(latch.admit('198.51.100.1', 9000, 7, 1, 100)).toBe(true);
    expect(latch.destination).toEqual({ address: '198.51.100.1', port: 9000 });
  });

  it('ignores a stranger once the far end is known, inside and after the window', () => {
    const latch = latched();
    latch.admit(announced.address, announced.port, 7, 1, 100);
    expect(latch.admit('203.0.113.5', 4000, 9, 2, 120)).toBe(false);
    expect(latch.admit('203.0.113.5', 4000, 9, 2, WINDOW + 9000)).toBe(false);
    expect(latch.ignored).toBe(2);
    expect(latch.destination).toEqual(announced);
  });

  it('takes only the announced host when the window has passed unheard', () => {
    const latch = latched();
    expect(latch.admit('203.0.113.5', 4000, 9, 2, WINDOW + 1)).toBe(false);
    expect(latch.admit(announced.address, 4711, 9, 2, WINDOW + 2)).toBe(true);
  });

  it('gives a stranger up for the announced address within the window', () => {
    const latch = latched();
    latch.admit('203.0.113.5', 666, 9, 2, 50);
    expect(latch.admit(announced.address, announced.port, 7, 1, 100)).toBe(true);
    expect(latch.destination).toEqual(announced);
  });

  it('follows the same stream to a new port when the old one fell silent, and nothing else', () => {
    const latch = latched();
    latch.admit(announced.address, announced.port, 7, 100, 100);
    expect(latch.admit(announced.address, 5000, 7, 101, 200), 'the old port was heard 100 ms ago').toBe(false);
    expect(latch.admit(announced.address, 5000, 8, 102, 9000), 'another stream').toBe(false);
    expect(latch.admit(announced.address, 5000, 7, 30_000, 9000), 'far from the sequence').toBe(false);
    expect(latch.admit(announced.address, 5000, 7, 130, 9000)).toBe(true);
  });

  it('is settled once nobody else could be admitted: at once at the announced address, elsewhere when the window has passed', () => {
    const expected = latched();
    expect(expected.isSettled(0), 'nothing was heard yet').toBe(false);
    expected.admit(announced.address, announced.port, 7, 1, 100);
    expect(expected.isSettled(100)).toBe(true);
    expect([expected.mayBeElsewhere(500), expected.mayBeElsewhere(700)]).toEqual([false, true]);
    const behindNat = latched();
    behindNat.admit('198.51.100.1', 9000, 7, 1, 100);
    expect([behindNat.isSettled(200), behindNat.isSettled(WINDOW + 1)]).toEqual([false, true]);
    behindNat.announce(announced, WINDOW + 2, WINDOW);
    expect(behindNat.isSettled(WINDOW + 3)).toBe(false);
  });

  it('opens again when the far end announces itself anew', () => {
    const latch = latched();
    latch.admit(announced.address, announced.port, 7, 1, 100);
    latch.announce({ address: '192.0.2.99', port: 5004 }, 60_000, WINDOW);
    expect(latch.destination).toEqual({ address: '192.0.2.99', port: 5004 });
    expect(latch.admit('192.0.2.99', 5004, 8, 1, 60_100)).toBe(true);
  });

  it('admits nobody before the far end announced itself', () => {
    expect(new Latch().admit('192.0.2.1', 1, 1, 1, 0)).toBe(false);
  });
});
