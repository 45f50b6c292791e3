import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CALLER, HOTLINE, OFFER, Pair } from '../simulation/pair.ts';

const PHONES = {
  realm: 'house',
  accounts: [
    { username: '1001', password: 'right' },
    { username: '1002', password: 'other' },
  ],
};

interface Attempt {
  readonly user?: string;
  readonly password?: string;
  readonly contact?: string;
  readonly more?: string;
  readonly from?: string;
  readonly nc?: number;
  readonly nonce?: string;
}

/** Telephones told by hand, at simulated addresses. */
class Desk {
  readonly pair = new Pair(1, {}, PHONES);
  #number = 0;

  send(method: string, { user = '1001', contact, more = '', from = CALLER }: Attempt, authorization = ''): string {
    this.#number += 1;
    const fields = [
      `${method} sip:${HOTLINE} SIP/2.0`,
      `Via: SIP/2.0/UDP ${from};branch=z9hG4bK${this.#number}`,
      `From: <sip:${user}@${HOTLINE}>;tag=a${this.#number}`,
      `To: <sip:${method === 'INVITE' ? '12333' : user}@${HOTLINE}>`,
      `Call-ID: phone-${user}-${method === 'INVITE' ? this.#number : ''}`,
      `CSeq: ${this.#number} ${method}`,
      ...(contact === undefined ? [] : [`Contact: ${contact}`]),
      ...(more === '' ? [] : [more]),
      ...(authorization === '' ? [] : [authorization]),
    ];
    const body = method === 'INVITE' ? OFFER : '';
    const type = body === '' ? '' : 'Content-Type: application/sdp\r\n';
    this.pair.network.inject(Buffer.from(`${fields.join('\r\n')}\r\n${type}\r\n${body}`), from, HOTLINE);
    return this.pair.network.sent.findLast(({ text }) => text.includes(`CSeq: ${this.#number} `))?.text ?? '';
  }

  /** Asked, and answered with the password. */
  authorized(method: string, attempt: Attempt): string {
    const nonce = attempt.nonce ?? nonceOf(this.send(method, attempt));
    return this.send(method, attempt, authorization(method, nonce, attempt));
  }

  register(attempt: Attempt = {}): string {
    return this.authorized('REGISTER', { contact: `<sip:1001@${CALLER}:5070>`, password: 'right', ...attempt });
  }
}

const nonceOf = (text: string) => /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
const statusOf = (text: string) => Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1]);
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function authorization(method: string, nonce: string, { user = '1001', password = '', nc = 1 }: Attempt): string {
  const count = nc.toString(16).padStart(8, '0');
  const uri = `sip:${HOTLINE}`;
  const response = md5(`${md5(`${user}:house:${password}`)}:${nonce}:${count}:c:auth:${md5(`${method}:${uri}`)}`);
  return `Authorization: Digest username="${user}", realm="house", nonce="${nonce}", uri="${uri}", response="${response}", algorithm=MD5, qop=auth, nc=${count}, cnonce="c"`;
}

describe('a telephone', () => {
  it('registers with its password, and is dialled where it registered until that expires', () => {
    const desk = new Desk();
    const answer = desk.register({ more: 'Expires: 120' });
    expect(statusOf(answer)).toBe(200);
    expect(answer).toMatch(/^Contact: <sip:1001@192\.0\.2\.1:5070>;expires=120\r$/m);
    const { hotline, clock, network } = desk.pair;
    const silent = { answered() {}, reoffered: () => ({ status: 488 }), ended() {} };
    expect('refused' in hotline.dial({ uri: 'sip:1001@house', sdp: OFFER }, silent)).toBe(false);
    expect(network.sent.at(-1)?.text).toMatch(/^INVITE sip:1001@192\.0\.2\.1:5070 SIP/);
    clock.advance(121_000);
    expect(hotline.dial({ uri: 'sip:1001@house', sdp: OFFER }, silent)).toMatchObject({ refused: 'phone.unregistered' });
  });

  it('asks what stands, and removes one registration or all of them', () => {
    const desk = new Desk();
    desk.register();
    desk.register({ contact: '<sip:1001@192.0.2.7>' });
    const contacts = (text: string) => text.match(/^Contact: <[^>]+>/gm)?.length ?? 0;
    expect(contacts(desk.authorized('REGISTER', { password: 'right' }))).toBe(2);
    expect(contacts(desk.register({ more: 'Expires: 0' }))).toBe(1);
    expect(contacts(desk.register({ contact: '*', more: 'Expires: 0' }))).toBe(0);
  });

  it('keeps at most three registrations, the newest', () => {
    const desk = new Desk();
    for (let port = 1; port <= 5; port += 1) desk.register({ contact: `<sip:1001@${CALLER}:${6000 + port}>` });
    const answer = desk.authorized('REGISTER', { password: 'right' });
    expect(answer.match(/:600\d/g)).toEqual([':6003', ':6004', ':6005']);
  });

  it.each([
    ['a time that is too short', { more: 'Expires: 5' }, 423],
    ['another scheme', { contact: '<tel:1001>' }, 416],
    ['two contacts', { contact: `<sip:a@${CALLER}>\r\nContact: <sip:b@${CALLER}>` }, 400],
    ['a star without Expires: 0', { contact: '*' }, 400],
  ])('is refused with %s', (_what, attempt, status) => {
    expect(statusOf(new Desk().register(attempt))).toBe(status);
  });

  it('is asked in the algorithm of the house', () => {
    const pair = new Pair(1, {}, { ...PHONES, algorithm: 'SHA-256' });
    const states: unknown[] = [];
    const credentials = { username: '1001', password: 'right' };
    pair.caller.register({ registrar: `sip:${HOTLINE}`, user: '1001', credentials }, (state) => states.push(state));
    pair.clock.advance(100);
    expect(pair.network.sent.map(({ text }) => text).join()).toContain('algorithm=SHA-256');
    expect(states).toMatchObject([{ registered: true }]);
  });

  it('registers for nobody else', () => {
    const desk = new Desk();
    const attempt = { user: '1002', contact: `<sip:1002@${CALLER}>` };
    const nonce = nonceOf(desk.send('REGISTER', attempt));
    expect(statusOf(desk.send('REGISTER', attempt, authorization('REGISTER', nonce, { password: 'right' })))).toBe(403);
  });

  it('calls after it proved who it is, and not in the name of another one', () => {
    const desk = new Desk();
    desk.pair.onArrival = (call) => call.ring();
    expect(statusOf(desk.send('INVITE', {}))).toBe(401);
    expect(desk.pair.arrivals).toEqual([]);
    expect(statusOf(desk.authorized('INVITE', { password: 'right' }))).toBe(180);
    expect(desk.pair.arrival.call.account).toBe('1001');
    const nonce = nonceOf(desk.send('INVITE', {}));
    expect(statusOf(desk.send('INVITE', { user: '1002' }, authorization('INVITE', nonce, { password: 'right' })))).toBe(403);
  });
});

describe('passwords', () => {
  it('cannot be guessed: five wrong ones lock the address for a quarter of an hour, and it is told', () => {
    const desk = new Desk();
    const statuses = Array.from({ length: 6 }, (_, i) => statusOf(desk.register({ password: `guess ${i}` })));
    expect(statuses).toEqual([401, 401, 401, 401, 401, 403]);
    expect(desk.pair.notes).toContainEqual(
      expect.objectContaining({ kind: 'locked-out', source: expect.objectContaining({ address: CALLER }) }),
    );
    expect(statusOf(desk.register()), 'the right one comes too late').toBe(403);
    expect(statusOf(desk.register({ from: '192.0.2.50' })), 'others are not locked').toBe(200);
    desk.pair.clock.advance(901_000);
    expect(statusOf(desk.register())).toBe(200);
  });

  it('cannot be guessed from many addresses either', () => {
    const desk = new Desk();
    for (let i = 0; i < 20; i += 1) desk.register({ password: 'guess', from: `192.0.2.${100 + i}` });
    expect(statusOf(desk.register({ from: '192.0.2.99' }))).toBe(401);
    expect(desk.pair.notes.filter(({ kind }) => kind === 'locked-out')).toHaveLength(1);
  });

  it('are not told apart from accounts that do not exist', () => {
    const desk = new Desk();
    const gist = (text: string) =>
      text.replace(/nonce="[^"]+"/g, '').replaceAll(/branch=\w+|tag=\w+|CSeq: \d+|Call-ID: \S+|100\d|nobody/g, '');
    const [wrong, nobody] = [desk.register({ password: 'guess' }), desk.register({ user: 'nobody', password: 'guess' })];
    expect(gist(nobody)).toBe(gist(wrong));
  });

  it('are not replayed: a nonce is used once for each count, is young, and is ours', () => {
    const desk = new Desk();
    const nonce = nonceOf(desk.send('REGISTER', {}));
    expect(statusOf(desk.register({ nonce }))).toBe(200);
    const again = desk.register({ nonce });
    expect([statusOf(again), /stale=true/.test(again)]).toEqual([401, true]);
    expect(statusOf(desk.register({ nonce, nc: 2 }))).toBe(200);
    desk.pair.clock.advance(301_000);
    expect(statusOf(desk.register({ nonce, nc: 3 }))).toBe(401);
    expect(statusOf(desk.register({ nonce: 'made-up' }))).toBe(401);
  });

  it('are not asked for without end: a flood of registrations is answered 503, and others go on', () => {
    const desk = new Desk();
    const statuses = Array.from({ length: 300 }, () => statusOf(desk.send('REGISTER', {})));
    expect(new Set(statuses)).toEqual(new Set([401, 503]));
    expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(150);
    expect(statusOf(desk.register({ from: '192.0.2.60' }))).toBe(200);
  });
});
