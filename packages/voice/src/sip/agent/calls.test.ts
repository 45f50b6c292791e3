import { describe, expect, it } from 'vitest';
import { CALLER, HOTLINE, OFFER, Pair } from '../simulation/pair.ts';

/** Everything is forgotten after the last transaction: no leak whatever way a call ends. */
function expectForgotten(pair: Pair): void {
  pair.clock.advance(120_000);
  expect([pair.caller.calls, pair.hotline.calls]).toEqual([0, 0]);
  expect([pair.caller.remembered, pair.hotline.remembered]).toEqual([0, 0]);
  expect(pair.clock.pending).toBe(0);
  expect(pair.notes.filter(({ kind }) => kind === 'bug')).toEqual([]);
}

function inject(pair: Pair, text: string, from = CALLER): void {
  pair.network.inject(Buffer.from(text.replaceAll('\n', '\r\n')), from, HOTLINE);
}

function connected(pair = new Pair()) {
  const { call, diary } = pair.dial();
  pair.clock.advance(100);
  return { pair, call, diary, far: pair.arrival };
}

describe('a call that is answered', () => {
  it('rings, is answered, acknowledged and hung up by the caller', () => {
    const { pair, call, diary, far } = connected();
    expect(call.hangUp()).toBe(true);
    pair.clock.advance(100);
    expect(diary.lines).toEqual(['progress 180', 'answered sdp', 'ended near hung-up']);
    expect(far.diary.lines).toEqual(['answered', 'ended far bye']);
    expect(pair.traffic()).toEqual(['1 INVITE', '2 100', '2 180', '2 200', '1 ACK', '1 BYE', '2 200']);
    expectForgotten(pair);
  });

  it('is hung up by the hotline', () => {
    const { pair, diary, far } = connected();
    far.call.hangUp('survey done');
    pair.clock.advance(100);
    expect(diary.lines.at(-1)).toBe('ended far bye');
    expect(diary.ends[0]?.reason).toContain('survey done');
    expect(far.diary.lines.at(-1)).toBe('ended near hung-up');
    expectForgotten(pair);
  });

  it('goes over TCP when the URI says so', () => {
    const pair = new Pair();
    const { call, diary } = pair.dial({ uri: `sip:12333@${HOTLINE};transport=tcp` });
    pair.clock.advance(100);
    call.hangUp();
    pair.clock.advance(100);
    expect(diary.lines).toEqual(['progress 180', 'answered sdp', 'ended near hung-up']);
    expect(pair.network.sent.every(({ text }) => !text.includes('SIP/2.0/UDP'))).toBe(true);
    expectForgotten(pair);
  });

  it('says who calls whom', () => {
    const pair = new Pair();
    pair.dial({
      displayName: '张 "三"',
      headers: [
        ['P-Asserted-Identity', '<tel:+86-138-0000-0000>'],
        ['Diversion', '<sip:9@h>'],
      ],
    });
    pair.clock.advance(100);
    const { call } = pair.arrival;
    expect(call.from).toMatchObject({ user: '13800000000', displayName: '张 "三"' });
    expect(call.assertedIdentity).toMatchObject({ user: '+8613800000000' });
    expect(call).toMatchObject({ dialled: '12333', offer: OFFER, source: { transport: 'UDP', address: CALLER } });
    expect(call.header('diversion')).toBe('<sip:9@h>');
  });

  it('plays before the answer when asked to', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.earlyMedia('v=0 early');
    const { diary } = pair.dial();
    pair.clock.advance(100);
    expect(diary.lines).toEqual(['progress 183 sdp']);
    expect(pair.arrival.call.answer('v=0 other')).toBe(true);
    pair.clock.advance(100);
    expect(pair.network.sent.filter(({ text }) => text.startsWith('SIP/2.0 200')).at(-1)?.text).toContain('v=0 early');
  });

  it('repeats its 180 each minute while nobody answers', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.ring();
    const { diary } = pair.dial();
    pair.clock.advance(130_000);
    expect(diary.lines).toEqual(['progress 180', 'progress 180', 'progress 180']);
  });

  it('forgets nothing and repeats nothing that the state forbids', () => {
    const { call, far } = connected();
    expect([far.call.ring(), far.call.earlyMedia(OFFER), far.call.answer(OFFER), far.call.reject(486)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([call.hangUp(), call.hangUp()]).toEqual([true, false]);
  });

  it('ends as failed when the 200 is never acknowledged, with a BYE', () => {
    const pair = new Pair();
    pair.network.fate = (bytes) => (bytes.toString().startsWith('ACK') ? [] : [10]);
    pair.dial();
    pair.clock.advance(40_000);
    expect(pair.arrival.diary.lines).toEqual(['ended failure no-ack']);
    const answers = pair.network.sent.filter(({ text }) => /^SIP\/2\.0 200[\s\S]*CSeq: \d+ INVITE/.test(text));
    // 0, 0.5, 1.5, 3.5, 7.5 s and then every 4 s until 32 s
    expect(answers.map(({ at }) => at - (answers[0]?.at ?? 0))).toEqual([
      0, 500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500,
    ]);
    expectForgotten(pair);
  });

  it('waits with the BYE for the ACK when hung up in between', () => {
    const pair = new Pair();
    pair.onArrival = (call) => {
      call.answer(OFFER);
      call.hangUp();
    };
    const { diary } = pair.dial();
    pair.clock.advance(100);
    expect(pair.traffic()).toEqual(['1 INVITE', '2 100', '2 200', '1 ACK', '2 BYE', '1 200']);
    expect(diary.lines).toEqual(['answered sdp', 'ended far bye']);
    expect(pair.arrival.diary.lines).toEqual(['ended near hung-up']);
    expectForgotten(pair);
  });

  it('answers both when the two BYEs cross', () => {
    const { pair, call, far } = connected();
    call.hangUp();
    far.call.hangUp();
    pair.clock.advance(100);
    expect(pair.traffic().slice(5)).toEqual(['1 BYE', '2 BYE', '2 200', '1 200']);
    expectForgotten(pair);
  });
});

describe('a call that is not answered', () => {
  it.each([486, 404, 503, 603])('tells the caller the status %i', (status) => {
    const pair = new Pair();
    pair.onArrival = (call) => call.reject(status, 'Because');
    const { diary } = pair.dial();
    pair.clock.advance(100);
    expect(diary.ends).toEqual([{ side: 'far', cause: 'refused', status, reason: 'Because' }]);
    expect(pair.arrival.diary.lines).toEqual([`ended near hung-up ${status}`]);
    expectForgotten(pair);
  });

  it('is cancelled by the caller while it rings', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.ring();
    const { call, diary } = pair.dial();
    pair.clock.advance(1_000);
    call.hangUp();
    pair.clock.advance(100);
    expect(pair.traffic()).toEqual(['1 INVITE', '2 100', '2 180', '1 CANCEL', '2 200', '2 487', '1 ACK']);
    expect(pair.arrival.diary.lines).toEqual(['ended far cancelled 487']);
    expect(diary.lines).toEqual(['progress 180', 'ended near hung-up']);
    expectForgotten(pair);
  });

  it('keeps the CANCEL back until the far end was heard', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.ring();
    pair.dial().call.hangUp();
    pair.clock.advance(100);
    expect(pair.traffic().slice(0, 3)).toEqual(['1 INVITE', '2 100', '2 180']);
    expect(pair.traffic()).toContain('1 CANCEL');
    expectForgotten(pair);
  });

  it('is hung up at once when the answer crosses the CANCEL', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.ring();
    const { call, diary } = pair.dial();
    pair.clock.advance(100);
    pair.arrival.call.answer(OFFER);
    call.hangUp();
    pair.clock.advance(200);
    expect(diary.lines).toEqual(['progress 180', 'ended near hung-up']);
    expect(pair.arrival.diary.lines).toEqual(['answered', 'ended far bye']);
    expectForgotten(pair);
  });

  it('is cancelled when it rang long enough', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.ring();
    const { diary } = pair.dial({ timeoutMs: 15_000 });
    pair.clock.advance(16_000);
    expect(diary.lines).toEqual(['progress 180', 'ended near no-answer']);
    expect(pair.arrival.diary.lines).toEqual(['ended far cancelled 487']);
    expectForgotten(pair);
  });

  it('fails when nothing comes back, and when the connection is refused', () => {
    const pair = new Pair();
    const silent = pair.dial({ uri: 'sip:1@192.0.2.99' });
    const refused = pair.dial({ uri: 'sip:1@192.0.2.99;transport=tcp' });
    pair.clock.advance(33_000);
    expect(silent.diary.lines).toEqual(['ended failure timeout 408']);
    expect(refused.diary.lines).toEqual(['ended failure transport 503']);
    expectForgotten(pair);
  });

  it('gives up a CANCEL that the far end forgets', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.ring();
    const { call } = pair.dial();
    pair.clock.advance(100);
    pair.network.fate = () => [];
    call.hangUp();
    pair.clock.advance(40_000);
    expect(pair.caller.remembered).toBe(0);
  });

  it('is refused with 500 when the switch throws, and everything goes on', () => {
    const pair = new Pair();
    pair.onArrival = () => {
      throw new Error('a bug above');
    };
    const { diary } = pair.dial();
    pair.clock.advance(100);
    expect(diary.lines).toEqual(['ended far refused 500']);
    expect(pair.notes.map(({ kind }) => kind)).toContain('bug');
    pair.onArrival = (call) => call.answer(OFFER);
    const next = pair.dial();
    pair.clock.advance(100);
    expect(next.diary.lines).toEqual(['answered sdp']);
  });
});

describe('who may call', () => {
  it('refuses more calls than it can take with 486, too many at once with 503, and all of them when draining', () => {
    const pair = new Pair(1, { maxCalls: 2, invitesPerSecondPerSource: 1 });
    const first = [pair.dial(), pair.dial()];
    pair.clock.advance(100);
    expect(first.map(({ diary }) => diary.lines.at(-1))).toEqual(['answered sdp', 'answered sdp']);
    for (let number = 0; number < 12; number += 1)
      inject(
        pair,
        `INVITE sip:1@${HOTLINE} SIP/2.0\nVia: SIP/2.0/UDP ${CALLER};branch=z9hG4bK${number}\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>\nCall-ID: ${number}\nCSeq: 1 INVITE\n\n`,
      );
    const statuses = pair.traffic().filter((line) => /2 (486|503)/.test(line));
    expect(statuses.slice(0, 8)).toEqual(Array(8).fill('2 486'));
    expect(statuses.slice(8, 12)).toEqual(Array(4).fill('2 503'));
    pair.hotline.drain();
    pair.clock.advance(60_000);
    for (const { call } of first) call.hangUp();
    pair.clock.advance(100);
    const late = pair.dial();
    pair.clock.advance(100);
    expect(late.diary.lines).toEqual(['ended far refused 503']);
  });

  const HEAD = `Via: SIP/2.0/UDP ${CALLER};branch=z9hG4bKx\nFrom: <sip:a@b>;tag=1\nTo: <sip:c@d>\nCall-ID: x\n`;
  it.each([
    ['OPTIONS', '', 200, /^Allow: .*INVITE/m],
    ['REGISTER', '', 405, /^Allow: /m],
    ['MESSAGE', '', 405, /^Allow: /m],
    ['BYE', '', 481, /./],
    ['UPDATE', '', 481, /./],
    ['CANCEL', '', 481, /./],
    ['INVITE', 'Require: precondition, 100rel\n', 420, /^Unsupported: precondition\r$/m],
    ['INVITE', 'Accept: text/plain\n', 406, /^Accept: application\/sdp/m],
    ['INVITE', 'Content-Type: text/plain\nContent-Length: 2\n\nhi', 415, /^Accept: application\/sdp/m],
    ['INVITE', 'Supported: timer\nSession-Expires: 30\n', 422, /^Min-SE: 90/m],
    ['INVITE', 'Max-Forwards: x\n', 400, /./],
  ])('answers %s %j with %i', (method, more, status, field) => {
    const pair = new Pair();
    inject(pair, `${method} sip:1@${HOTLINE} SIP/2.0\n${HEAD}CSeq: 1 ${method}\n${more}\n`);
    const [answer] = pair.network.sent;
    expect(answer?.text).toMatch(new RegExp(`^SIP/2\\.0 ${status} `));
    expect(answer?.text).toMatch(field);
    expect(answer?.text).toMatch(/^To: .*;tag=/m);
    expect(pair.arrivals).toEqual([]);
    expectForgotten(pair);
  });

  it('refuses another scheme with 416', () => {
    const pair = new Pair();
    inject(pair, `OPTIONS soap://x SIP/2.0\n${HEAD}CSeq: 1 OPTIONS\n\n`);
    expect(pair.traffic()).toEqual(['2 416']);
  });

  it('takes the same INVITE by a second path for a loop', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.ring();
    const invite = (branch: string) => `INVITE sip:1@${HOTLINE} SIP/2.0\n${HEAD.replace('z9hG4bKx', branch)}CSeq: 1 INVITE\n\n`;
    inject(pair, invite('z9hG4bKone'));
    inject(pair, invite('z9hG4bKtwo'));
    expect(pair.traffic()).toEqual(['2 100', '2 180', '2 482']);
  });

  it('answers without state above its number of transactions', () => {
    const pair = new Pair(1, { maxTransactions: 2 });
    for (const branch of ['a', 'b', 'c'])
      inject(pair, `OPTIONS sip:1@h SIP/2.0\n${HEAD.replace('z9hG4bKx', `z9hG4bK${branch}`)}CSeq: 1 OPTIONS\n\n`);
    expect(pair.traffic()).toEqual(['2 200', '2 200', '2 503']);
    expect(pair.hotline.remembered).toBe(2);
  });

  it('understands an INVITE of RFC 2543 without tags, branch and Contact', () => {
    const pair = new Pair();
    inject(
      pair,
      `INVITE sip:1@${HOTLINE} SIP/2.0\nVia: SIP/2.0/UDP ${CALLER}\nFrom: <sip:a@${CALLER}>\nTo: <sip:c@d>\nCall-ID: old\nCSeq: 1 INVITE\n\n`,
    );
    const tag = /^To: .*;tag=(\w+)/m.exec(pair.network.sent.at(-1)?.text ?? '')?.[1] ?? '';
    inject(
      pair,
      `ACK sip:1@${HOTLINE} SIP/2.0\nVia: SIP/2.0/UDP ${CALLER}\nFrom: <sip:a@${CALLER}>\nTo: <sip:c@d>;tag=${tag}\nCall-ID: old\nCSeq: 1 ACK\nContent-Type: application/sdp\n\n${OFFER}`,
    );
    expect(pair.arrival.diary.lines).toEqual(['answered sdp']);
  });
});

describe('dialling', () => {
  it.each([
    [{ uri: 'mailto:a@b' }, 'uri.invalid'],
    [{ uri: 'sip:a@b?x=y' }, 'uri.invalid'],
    [{ uri: 'sips:a@b' }, 'uri.invalid'],
    [{ uri: 'sip:a@b;transport=tls' }, 'uri.invalid'],
    [{ uri: 'tel:12333' }, 'uri.invalid'],
    [{ uri: 'sip:a@b', proxy: 'nonsense' }, 'uri.invalid'],
    [{ uri: 'sip:a@b', from: 'sip:a b' }, 'uri.invalid'],
    [{ uri: 'sip:a@b', headers: [['Via', 'x']] }, 'header.invalid'],
    [{ uri: 'sip:a@b', headers: [['X-A', 'x\r\nVia: y']] }, 'header.invalid'],
  ] as const)('refuses %j', (request, refused) => {
    const pair = new Pair();
    expect(pair.caller.dial({ sdp: OFFER, ...request }, { answered() {}, reoffered: () => ({ status: 488 }), ended() {} })).toMatchObject({
      refused,
    });
    expect([pair.caller.calls, pair.network.sent]).toEqual([0, []]);
  });

  it('sends a tel URI by its proxy, as a loose route', () => {
    const pair = new Pair();
    const { diary } = pair.dial({ uri: 'tel:+862012333', proxy: `sip:${HOTLINE}` });
    pair.clock.advance(100);
    expect(pair.network.sent[0]?.text).toMatch(/^INVITE tel:\+862012333 SIP\/2\.0\r\n[\s\S]*Route: <sip:192\.0\.2\.2;lr>/);
    expect(pair.arrival.call.dialled).toBe('+862012333');
    expect(diary.lines).toContain('answered sdp');
  });
});

describe('closing', () => {
  it('says so to every listener and waits for the far ends', () => {
    const pair = new Pair();
    const up = pair.dial();
    pair.clock.advance(100);
    pair.onArrival = (call) => call.ring();
    const ringing = pair.dial();
    pair.clock.advance(100);
    let closed = false;
    pair.hotline.shutDown(1_000, () => {
      closed = true;
    });
    expect(closed).toBe(false);
    pair.clock.advance(30);
    expect(closed).toBe(true);
    expect(up.diary.lines.at(-1)).toBe('ended far bye');
    expect(ringing.diary.lines.at(-1)).toBe('ended far refused 503');
    expect(pair.arrivals.map(({ diary }) => diary.lines.at(-1))).toEqual(['ended near shutdown', 'ended near shutdown']);
  });

  it('does not wait longer than it was told', () => {
    const { pair, far } = connected();
    pair.network.fate = () => [];
    let closed = 0;
    pair.hotline.shutDown(1_000, () => {
      closed += 1;
    });
    pair.clock.advance(999);
    expect(closed).toBe(0);
    pair.clock.advance(1);
    expect(closed).toBe(1);
    expect(far.diary.ends).toHaveLength(1);
    expect(pair.hotline.remembered).toBe(0);
  });
});
