import { describe, expect, it } from 'vitest';
import { Authenticator, parseChallenge, printAuthorization, verifyRequest } from './digest.ts';
import { parseMessage } from './parse.ts';
import { CALLER, HOTLINE, OFFER, Pair, seededRandomness } from './simulation/pair.ts';

const MUFASA = { username: 'Mufasa', password: 'Circle of Life' };

describe('digest', () => {
  it.each([
    // RFC 7616 §3.9.1 gives both for the same request
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('computes what RFC 7616 §3.9.1 computes with %s', (algorithm, response) => {
    const challenge = parseChallenge(
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`,
    );
    if (challenge === undefined) throw new Error('not a challenge');
    const proof = { method: 'GET', uri: '/dir/index.html', nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' };
    const text = printAuthorization(challenge, MUFASA, proof);
    expect(text).toContain(`response="${response}"`);
    expect(text).toContain('nc=00000001');
    expect(text).not.toContain(MUFASA.password);
  });

  it.each([
    'Basic realm="x"',
    'Digest realm="x"',
    'Digest realm="x", nonce="y", algorithm=SHA-512',
    'Digest realm="x", nonce="y", qop="auth-int"',
    'Digest realm="x, nonce="y"',
    'Digest realm="x", realm="y", nonce="z"',
  ])('does not understand %s', (text) => {
    expect(parseChallenge(text)).toBeUndefined();
  });
});

function challenged(fields: readonly string[], status = 401, asked = 'WWW-Authenticate') {
  const text = `SIP/2.0 ${status} x\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n${fields.map((field) => `${asked}: Digest ${field}\r\n`).join('')}\r\n`;
  const response = parseMessage(Buffer.from(text));
  if (response.kind !== 'response') throw new Error('not a response');
  return response;
}

describe('an authenticator', () => {
  const make = (realm?: string) => new Authenticator({ username: 'u', password: 'p', ...(realm ? { realm } : {}) }, seededRandomness(1));

  it('prefers SHA-256, counts the uses of a nonce, and takes a stale one anew', () => {
    const authenticator = make();
    expect(authenticator.learn(challenged(['realm="r", nonce="n1"', 'realm="r", nonce="n2", algorithm=SHA-256, qop="auth"']))).toBe(true);
    const fields = () => authenticator.fields('BYE', 'sip:x@h')[0]?.value ?? '';
    expect(fields()).toMatch(/algorithm=SHA-256.*nc=00000001/);
    expect(fields()).toMatch(/nc=00000002/);
    expect(authenticator.learn(challenged(['realm="r", nonce="n2", algorithm=SHA-256, qop="auth"']))).toBe(false);
    expect(authenticator.learn(challenged(['realm="r", nonce="n2", algorithm=SHA-256, qop="auth", stale=TRUE']))).toBe(true);
    expect(fields()).toMatch(/nc=00000001/);
  });

  it('answers a proxy and the far end behind it at once', () => {
    const authenticator = make();
    expect(authenticator.learn(challenged(['realm="proxy", nonce="n1"'], 407, 'Proxy-Authenticate'))).toBe(true);
    expect(authenticator.learn(challenged(['realm="far", nonce="n2"']))).toBe(true);
    const fields = authenticator.fields('INVITE', 'sip:x@h');
    expect(fields.map(({ name }) => name)).toEqual(['proxy-authorization', 'authorization']);
    expect(fields.map(({ value }) => /realm="(\w+)"/.exec(value)?.[1])).toEqual(['proxy', 'far']);
  });

  it('tells its password to no other realm', () => {
    expect(make('mine').learn(challenged(['realm="other", nonce="n"']))).toBe(false);
    expect(make('mine').learn(challenged(['realm="mine", nonce="n"']))).toBe(true);
  });
});

describe('a trunk that challenges', () => {
  /** Challenges every INVITE and BYE without right credentials; counts what it saw. */
  function trunk(pair: Pair, password: string) {
    const seen: string[] = [];
    const nonce = 'n';
    const verification = {
      realm: 'trunk',
      passwordOf: (username: string) => (username === 'u' ? password : undefined),
      nonceState: (given: string) => (given === nonce ? 'fresh' : 'unknown') as 'fresh' | 'unknown',
    };
    const hotline = pair.network.host(HOTLINE);
    let tag = 0;
    hotline.attach({
      failed: () => {},
      received: (bytes, origin) => {
        const request = parseMessage(bytes);
        if (request.kind !== 'request' || request.method === 'ACK') return;
        const verdict = verifyRequest(request, verification);
        seen.push(`${request.method} ${verdict.ok}`);
        tag += 1;
        const head = bytes
          .toString()
          .split('\r\n')
          .filter((line) => /^(Via|From|Call-ID|CSeq):/.test(line));
        const to = /^To: .*$/m.exec(bytes.toString())?.[0].trim() ?? '';
        const answer = [
          verdict.ok ? 'SIP/2.0 200 OK' : 'SIP/2.0 401 Unauthorized',
          ...head,
          to.includes('tag=') ? to : `${to};tag=${tag}`,
          `Contact: <sip:t@${HOTLINE}>`,
          ...(verdict.ok ? ['Content-Type: application/sdp'] : [`WWW-Authenticate: Digest realm="trunk", nonce="${nonce}", qop="auth"`]),
          '',
          verdict.ok ? OFFER : '',
        ].join('\r\n');
        hotline.send(Buffer.from(answer), { transport: origin.transport, host: CALLER, port: 5060 });
      },
    });
    return seen;
  }

  it('is answered, for the INVITE and for the BYE', () => {
    const pair = new Pair();
    const seen = trunk(pair, 'secret');
    const { call, diary } = pair.dial({ credentials: { username: 'u', password: 'secret' } });
    pair.clock.advance(200);
    expect(diary.lines).toEqual(['answered sdp']);
    call.hangUp();
    pair.clock.advance(200);
    expect(seen).toEqual(['INVITE false', 'INVITE true', 'BYE true']);
    const ack = pair.network.sent.filter(({ text }) => text.startsWith('ACK')).at(-1)?.text;
    expect(ack).toContain('Authorization: Digest username="u"');
    expect(pair.network.sent.map(({ text }) => text).join()).not.toContain('secret');
  });

  it('is not asked again and again with a wrong password, nor without one', () => {
    const pair = new Pair();
    const seen = trunk(pair, 'secret');
    const wrong = pair.dial({ credentials: { username: 'u', password: 'guess' } });
    const none = pair.dial();
    pair.clock.advance(500);
    expect(wrong.diary.lines).toEqual(['ended far refused 401']);
    expect(none.diary.lines).toEqual(['ended far refused 401']);
    expect(seen).toEqual(['INVITE false', 'INVITE false', 'INVITE false']);
  });
});
