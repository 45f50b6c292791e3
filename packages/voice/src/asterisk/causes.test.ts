import { describe, expect, it } from 'vitest';
import { causeOfRefusal, farEnding } from './causes.ts';
import { arrivedLeg, gatewayUser, Names, readGatewayUser } from './names.ts';

describe('how a leg ended', () => {
  it.each([
    ['an answered call', [true, false, 16, undefined], { side: 'far', cause: 'bye' }],
    ['an answered call whose audio stopped', [true, true, 44, undefined], { side: 'failure', cause: 'media-timeout' }],
    ['a caller who gave up', [false, false, 0, undefined], { side: 'far', cause: 'cancelled', status: 487 }],
    ['a dialled number that is busy, by its SIP status', [false, true, 17, 486], { side: 'far', cause: 'refused', status: 486 }],
    ['a dialled number that is busy, by its cause', [false, true, 17, undefined], { side: 'far', cause: 'refused', status: 486 }],
    ['a dialled number that does not exist', [false, true, 1, undefined], { side: 'far', cause: 'refused', status: 404 }],
    ['a dialled number, for a reason nobody knows', [false, true, undefined, undefined], { side: 'far', cause: 'refused', status: 503 }],
  ] as const)('is told of %s', (_what, [answered, dialled, cause, techCause], ending) => {
    expect(farEnding(answered, dialled, cause, techCause)).toEqual(ending);
  });

  it('is refused by the nearest cause that Asterisk can send', () => {
    expect([486, 404, 503, 500, 415].map(causeOfRefusal)).toEqual([17, 1, 34, 41, 21]);
  });
});

describe('ids', () => {
  it('are read back to what they stand for, and those of others to nothing', () => {
    const names = new Names('hot-line');
    for (const leg of ['agent-0217', 'a b', 'link-1-x', '座席']) {
      expect(names.read(names.link(leg))).toEqual({ kind: 'link', of: leg });
      expect(names.read(names.ear(leg))).toEqual({ kind: 'ear', of: leg });
      expect(names.read(names.dialled(leg))).toEqual({ kind: 'out', of: leg });
      expect(names.read(names.room(leg))).toEqual({ kind: 'room', of: leg });
      expect(readGatewayUser(gatewayUser('link', leg))).toEqual({ kind: 'link', leg });
    }
    for (const id of ['1795386539.0', 'other-link-1-x', 'hot-line-', 'hot-line-none-1-x']) expect(names.read(id)).toBeUndefined();
    for (const user of ['12345', 'link-', 'link-6', 'link-zz', 'ear-61;x']) expect(readGatewayUser(user)).toBeUndefined();
  });

  it('of arrived legs are the same for every controller, and others after Asterisk was started anew', () => {
    expect(arrivedLeg('1795386539.0', 1)).toBe(arrivedLeg('1795386539.0', 1));
    expect(arrivedLeg('1795386539.0', 2)).not.toBe(arrivedLeg('1795386539.0', 1));
    expect(arrivedLeg('1795386539.0', 1)).toMatch(/^sip-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});
