import { describe, expect, it } from 'vitest';
import { PERFECT } from '../simulation/network.ts';
import { CALLER, HOTLINE, Pair } from '../simulation/pair.ts';
import type { RegistrationOrder, RegistrationState } from '../user-agent.ts';

const ORDER = { registrar: `sip:${HOTLINE}`, user: '1001', credentials: { username: '1001', password: 'right' }, expiresS: 600 };

/** The caller is the hotline that registers; the other side is its carrier. */
function registering(order: Partial<RegistrationOrder> = {}, password = 'right') {
  const pair = new Pair(1, {}, { realm: 'carrier', accounts: [{ username: '1001', password }] });
  const states: RegistrationState[] = [];
  const registration = pair.caller.register({ ...ORDER, ...order }, (state) => states.push(state));
  if ('refused' in registration) throw new Error(registration.message);
  const requests = () => pair.network.sent.filter(({ text }) => text.startsWith('REGISTER')).map(({ text }) => text);
  return { pair, states, registration, requests };
}

describe('a trunk that we register at', () => {
  it('is answered its challenge, kept registered in time, and told at the end', () => {
    const { pair, states, registration, requests } = registering();
    pair.clock.advance(100);
    expect(states).toEqual([{ registered: true, expiresS: 600 }]);
    expect(requests()).toHaveLength(2);
    expect(requests()[0]).toMatch(/^REGISTER sip:192\.0\.2\.2 SIP\/2\.0\r\n/);
    pair.clock.advance(481_000);
    expect(states).toHaveLength(2);
    registration.stop();
    pair.clock.advance(1000);
    expect(requests().at(-1)).toMatch(/^Expires: 0\r$/m);
    const silent = { answered() {}, reoffered: () => ({ status: 488 }), ended() {} };
    expect(pair.hotline.dial({ uri: 'sip:1001@carrier', sdp: 'v=0' }, silent)).toMatchObject({ refused: 'phone.unregistered' });
    pair.clock.advance(1_000_000);
    expect(requests().at(-1)).toMatch(/^Expires: 0\r$/m);
  });

  it('asks for longer where the carrier wants that, and believes what it grants', () => {
    const pair = new Pair();
    const carrier = pair.network.host(HOTLINE);
    carrier.attach({
      failed: () => {},
      received: (bytes, origin) => {
        const text = bytes.toString();
        const head = text.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
        const isLong = Number(/^Expires: (\d+)/m.exec(text)?.[1]) >= 1800;
        const answer = isLong
          ? ['SIP/2.0 200 OK', ...head, 'Expires: 900']
          : ['SIP/2.0 423 Interval Too Brief', ...head, 'Min-Expires: 1800'];
        carrier.send(Buffer.from(`${answer.join('\r\n')}\r\n\r\n`), { transport: origin.transport, host: CALLER, port: 5060 });
      },
    });
    const states: RegistrationState[] = [];
    pair.caller.register(ORDER, (state) => states.push(state));
    pair.clock.advance(100);
    expect(states).toEqual([{ registered: true, expiresS: 900 }]);
  });

  it('that refuses is tried again with growing pauses, never in a row', () => {
    const { pair, states, requests } = registering({}, 'another');
    pair.clock.advance(10_000);
    expect(states).toEqual([{ registered: false, status: 401 }]);
    const before = requests().length;
    pair.clock.advance(21_000);
    expect(requests().length).toBeGreaterThan(before);
    pair.clock.advance(3_600_000);
    expect(requests().length).toBeLessThan(40);
    expect(requests().join()).not.toContain('right');
  });

  it('that is silent is a failure, and comes back by itself', () => {
    const { pair, states } = registering();
    pair.network.fate = () => [];
    pair.clock.advance(100_000);
    expect(states[0]).toEqual({ registered: false, cause: 'timeout' });
    pair.network.fate = PERFECT;
    pair.clock.advance(400_000);
    expect(states.at(-1)).toMatchObject({ registered: true });
  });

  it('is left when the agent closes', () => {
    const { pair, requests } = registering();
    pair.clock.advance(100);
    let closed = false;
    pair.caller.shutDown(1000, () => {
      closed = true;
    });
    pair.clock.advance(100);
    expect([closed, requests().at(-1)?.includes('Expires: 0')]).toEqual([true, true]);
  });

  it.each([
    ['no SIP URI', { registrar: 'carrier' }],
    ['no user', { user: '' }],
    ['an absurd time', { expiresS: 5 }],
  ])('is refused with %s', (_what, wrong) => {
    expect(new Pair().caller.register({ ...ORDER, ...wrong }, () => {})).toMatchObject({ refused: 'uri.invalid' });
  });
});
