import { afterEach, describe, expect, it } from 'vitest';
import type { VoiceEvent } from '../port.ts';
import { PortPool } from '../rtp/ports.ts';
import type { DialRequest, InboundCall, RegistrationOrder, UserAgent } from '../sip/user-agent.ts';
import { EventStream } from './events.ts';
import { Switchboard } from './switchboard.ts';
import { Telephony, type TelephonyNote, type TelephonySettings } from './telephony.ts';

const boards: Switchboard[] = [];
afterEach(async () => {
  for (const board of boards.splice(0)) await board.close('test');
});

const PHONES = { realm: 'house', accounts: [{ username: '1001', password: 'x' }], mayDial: ['12333'] };

/** The telephone side with a user agent that only takes notes. */
function telephony(settings: Partial<TelephonySettings>) {
  const events: VoiceEvent[] = [];
  const notes: TelephonyNote[] = [];
  const dialled: DialRequest[] = [];
  const orders: RegistrationOrder[] = [];
  const board = new Switchboard(new EventStream((event) => events.push(event), Date.now));
  boards.push(board);
  const media = { latchWindowMs: 0, announced: '127.0.0.1', mediaTimeoutMs: 0 };
  const ports = new PortPool({ address: '127.0.0.1', first: 0, last: 0 });
  const side = new Telephony(board, ports, { media, trunks: [{ name: 'any' }], note: (note) => notes.push(note), ...settings });
  side.attach({
    register: (order: RegistrationOrder) => {
      orders.push(order);
      return { stop() {} };
    },
    dial: (request: DialRequest) => {
      dialled.push(request);
      return { id: 'x', callId: 'x', hangUp: () => true, reoffer: () => false };
    },
  } as unknown as UserAgent);
  const arrive = (call: Partial<InboundCall>) => {
    const statuses: number[] = [];
    const parties = { from: { uri: 'sip:a@b', user: '13800138000' }, to: { uri: 'sip:c@d' } };
    const source = { transport: 'UDP', address: '127.0.0.1', port: 5060 } as const;
    const acts = { header: () => undefined, reject: (status: number) => statuses.push(status), hangUp: () => true };
    side.arrived({ ...parties, source, ...acts, ...call } as unknown as InboundCall);
    return statuses;
  };
  return { events, notes, dialled, orders, arrive, dial: (uri: string) => side.dial({ kind: 'dial', leg: `out-${uri}`, uri }) };
}

const arrivals = (events: readonly VoiceEvent[]) =>
  events.flatMap((event) => (event.kind === 'leg-arrived' ? [[event.trunk, event.from, event.to]] : []));

describe('a registered telephone', () => {
  it('reaches the numbers of its dial plan and no other: a stolen password buys no calls', async () => {
    const { events, notes, arrive } = telephony({ phones: PHONES });
    arrive({ account: '1001', dialled: '12333' });
    const toll = arrive({ account: '1001', dialled: '0088213912345' });
    await expect.poll(() => toll).toEqual([403]);
    expect(arrivals(events)).toEqual([['phones', '1001', '12333']]);
    expect(notes).toEqual([
      {
        kind: 'call-refused',
        status: 403,
        source: { transport: 'UDP', address: '127.0.0.1', port: 5060 },
        reason: '1001 dialled a number outside the dial plan',
      },
    ]);
  });

  it('is dialled where it registered, not by the trunk', async () => {
    const { dialled, dial } = telephony({ phones: PHONES, trunks: [{ name: 't', proxy: 'sip:192.0.2.9' }] });
    await dial('sip:1001@house');
    await dial('sip:10086@192.0.2.9');
    expect(dialled.map(({ uri, proxy }) => [uri, proxy])).toEqual([
      ['sip:1001@house', undefined],
      ['sip:10086@192.0.2.9', 'sip:192.0.2.9'],
    ]);
  });
});

describe('a trunk', () => {
  it('is told numbers in its form, and tells them in ours', async () => {
    const trunk = {
      name: 't',
      proxy: 'sip:192.0.2.9:5080;transport=tcp',
      assertedIdentity: '02012333000',
      trustAssertedIdentity: true,
      numbers: { country: '86', dialled: 'international' },
    } as const;
    const { events, dialled, dial, arrive } = telephony({ trunks: [trunk] });
    await dial('sip:13800138000@192.0.2.9');
    await dial('tel:02087654321');
    expect(dialled.map(({ uri }) => uri)).toEqual(['sip:+8613800138000@192.0.2.9', 'tel:+862087654321']);
    expect(dialled[0]?.headers).toEqual([['P-Asserted-Identity', '<sip:+862012333000@192.0.2.9:5080>']]);
    arrive({ dialled: '12333', assertedIdentity: { uri: 'tel:+862012345678', user: '+862012345678' } });
    expect(arrivals(events)).toEqual([['t', '02012345678', '12333']]);
  });

  it('is registered at where it is asked for, as its user', () => {
    const credentials = { username: '12333', password: 'x' };
    const { orders } = telephony({
      trunks: [{ name: 'plain' }, { name: 't', proxy: 'sip:192.0.2.9', credentials, register: { expiresS: 300 } }],
    });
    expect(orders).toEqual([{ registrar: 'sip:192.0.2.9', user: '12333', credentials, expiresS: 300 }]);
  });

  it('that nobody named sends no calls', async () => {
    const { events, notes, arrive } = telephony({ trunks: [{ name: 't', addresses: ['192.0.2.9'] }] });
    const refused = arrive({});
    await expect.poll(() => refused).toEqual([403]);
    expect([arrivals(events), notes[0]]).toEqual([[], expect.objectContaining({ kind: 'call-refused', reason: 'of no trunk' })]);
  });
});
