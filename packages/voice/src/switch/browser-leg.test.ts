import { expect, it } from 'vitest';
import { MediaLeg } from '../media/leg.ts';
import type { VoiceEvent } from '../port.ts';
import { BROWSER_FORMAT } from '../webrtc/browser-media.ts';
import type { ConnectionHandlers } from '../webrtc/connection.ts';
import { BrowserLeg } from './browser-leg.ts';
import { EventStream } from './events.ts';

const ANSWER = ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 8', 'a=ice-ufrag:x', 'a=ice-pwd:y', 'a=fingerprint:sha-256 AA', ''].join('\r\n');

/** A browser leg whose connections come up and fail as the test says. */
function browserLeg() {
  const events: VoiceEvent[] = [];
  const connections: ConnectionHandlers[] = [];
  const leg = new BrowserLeg({
    id: 'b',
    media: new MediaLeg(BROWSER_FORMAT, { ssrc: 1, sequence: 1, timestamp: 1 }),
    open: (_name, _ssrc, handlers) => {
      connections.push(handlers);
      return { offer: async () => 'v=0', accept: () => undefined, send() {}, close() {} };
    },
    events: new EventStream((event) => events.push(event), Date.now),
    ended: () => {},
  });
  const offers = () => events.filter((event) => event.kind === 'offered').map((event) => event.connection);
  return { leg, connections, offers };
}

it('a browser whose handshake fails is offered a new connection, three times, and again after it stood', async () => {
  const { leg, connections, offers } = browserLeg();
  await leg.offer();
  connections[0]?.state('lost');
  expect(offers(), 'it was not answered yet').toEqual(['b#1']);
  for (let failed = 1; failed <= 6; failed++) {
    leg.accept(`b#${failed}`, ANSWER);
    connections[failed - 1]?.state('lost');
    await expect.poll(() => offers().length).toBe(Math.min(failed + 1, 4));
  }
  await leg.offer();
  leg.accept('b#5', ANSWER);
  connections[4]?.state('connected');
  expect(leg.snapshot()).toMatchObject({ state: 'answered', connected: true });
  await leg.offer();
  leg.accept('b#6', ANSWER);
  connections[5]?.state('lost');
  await expect.poll(() => offers().at(-1)).toBe('b#7');
  expect(leg.snapshot().connected, 'the standing connection goes on').toBe(true);
});
