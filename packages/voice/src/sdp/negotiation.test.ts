import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Direction } from './description.ts';
import { answerOffer, type LocalMedia, makeOffer, type NegotiatedMedia, settleAnswer } from './negotiation.ts';
import { parseSdp } from './parse.ts';

const us: LocalMedia = { address: '192.0.2.1', port: 40_000, sessionId: '77', version: 1 };

function offer(lines: string): string {
  return `v=0\r\no=- 5 6 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n${lines.trim().split('\n').join('\r\n')}\r\n`;
}

function agreed(text: string, local: LocalMedia = us): { sdp: string; media: NegotiatedMedia } {
  const answer = answerOffer(text, local);
  if ('refused' in answer) throw new Error(`refused: ${answer.message}`);
  return answer;
}

describe('answering an offer', () => {
  it('takes the first codec of the offer that it speaks, and the offer’s own number for digits', () => {
    const { sdp, media } = agreed(offer('m=audio 5000 RTP/AVP 18 0 8 96\na=rtpmap:96 telephone-event/8000'));
    expect(media).toMatchObject({
      codec: 'PCMU',
      payloadType: 0,
      eventPayloadType: 96,
      ptimeMs: 20,
      direction: 'sendrecv',
      farHold: false,
    });
    expect(media.remote).toEqual({ address: '198.51.100.7', port: 5000, rtcpPort: 5001 });
    expect(sdp).toContain('m=audio 40000 RTP/AVP 0 96\r\n');
    expect(sdp).toContain('a=rtpmap:96 telephone-event/8000\r\n');
  });

  it('understands a dynamic payload type for G.711', () => {
    const { media } = agreed(offer('m=audio 5000 RTP/AVP 97\na=rtpmap:97 PCMA/8000'));
    expect(media).toMatchObject({ codec: 'PCMA', payloadType: 97 });
    expect(media.eventPayloadType).toBeUndefined();
  });

  it('does not take telephone-event at another clock rate', () => {
    expect(agreed(offer('m=audio 5000 RTP/AVP 8 96\na=rtpmap:96 telephone-event/48000')).media.eventPayloadType).toBeUndefined();
  });

  it('refuses every other medium with port 0 and keeps their order', () => {
    const { sdp } = agreed(offer('m=video 6000 RTP/AVP 31\nm=audio 5000 RTP/AVP 8\nm=image 7000 udptl t38\nm=audio 5002 RTP/AVP 0'));
    expect(sdp.match(/^m=.*$/gm)).toEqual([
      'm=video 0 RTP/AVP 31',
      'm=audio 40000 RTP/AVP 8',
      'm=image 0 udptl t38',
      'm=audio 0 RTP/AVP 0',
    ]);
  });

  it('passes over encrypted audio when plain audio stands beside it', () => {
    const { sdp } = agreed(offer('m=audio 6000 RTP/SAVP 8\nm=audio 5000 RTP/AVP 8'));
    expect(sdp.match(/^m=.*$/gm)).toEqual(['m=audio 0 RTP/SAVP 8', 'm=audio 40000 RTP/AVP 8']);
  });

  it.each<[string, string, Direction, boolean]>([
    ['sendrecv', 'a=sendrecv', 'sendrecv', false],
    ['nothing said', 'a=tool:x', 'sendrecv', false],
    ['sendonly', 'a=sendonly', 'recvonly', true],
    ['recvonly', 'a=recvonly', 'sendonly', false],
    ['inactive', 'a=inactive', 'inactive', true],
    ['the address 0.0.0.0', 'c=IN IP4 0.0.0.0', 'recvonly', true],
  ])('answers the direction of an offer: %s', (_title, line, direction, farHold) => {
    const { sdp, media } = agreed(offer(`m=audio 5000 RTP/AVP 8\n${line}`));
    expect(media).toMatchObject({ direction, farHold });
    expect(sdp).toContain(`a=${direction}\r\n`);
  });

  it('takes the direction of the session where the medium says none', () => {
    expect(agreed(offer('a=sendonly\nm=audio 5000 RTP/AVP 8')).media.direction).toBe('recvonly');
  });

  it('never takes more than this side wants', () => {
    expect(agreed(offer('m=audio 5000 RTP/AVP 8'), { ...us, direction: 'sendonly' }).media.direction).toBe('sendonly');
    expect(agreed(offer('m=audio 5000 RTP/AVP 8\na=sendonly'), { ...us, direction: 'sendonly' }).media.direction).toBe('inactive');
  });

  it('speaks IPv6, per medium and per session', () => {
    const { sdp, media } = agreed('v=0\no=- 1 1 IN IP6 2001:db8::7\ns=-\nt=0 0\nm=audio 5000 RTP/AVP 8\nc=IN IP6 2001:db8::9\n', {
      ...us,
      address: '2001:db8::1',
    });
    expect(media.remote.address).toBe('2001:db8::9');
    expect(sdp).toContain('c=IN IP6 2001:db8::1\r\n');
  });

  it('takes reports on the port of the audio where the offer says so, and only there', () => {
    const { sdp, media } = agreed(offer('m=audio 5000 RTP/AVP 8\na=rtcp-mux'));
    expect([media.rtcpMux, sdp.includes('a=rtcp-mux')]).toEqual([true, true]);
    expect(agreed(offer('m=audio 5000 RTP/AVP 8')).sdp).not.toContain('rtcp-mux');
  });

  it('reads ptime and an RTCP port of its own', () => {
    const { media } = agreed(offer('m=audio 5000 RTP/AVP 8\na=ptime:30\na=rtcp:5100'));
    expect(media).toMatchObject({ ptimeMs: 30, remote: { rtcpPort: 5100 } });
  });

  it.each([
    ['other codecs only', 'm=audio 5000 RTP/AVP 18 4'],
    ['stereo G.711', 'm=audio 5000 RTP/AVP 97\na=rtpmap:97 PCMA/8000/2'],
    ['encrypted audio only', 'm=audio 5000 RTP/SAVP 8'],
    ['video only', 'm=video 5000 RTP/AVP 31'],
    ['audio switched off', 'm=audio 0 RTP/AVP 8'],
    ['a multicast address', 'm=audio 5000 RTP/AVP 8\nc=IN IP4 224.2.1.1/127'],
    ['the broadcast address', 'm=audio 5000 RTP/AVP 8\nc=IN IP4 255.255.255.255'],
    ['a name for an address', 'm=audio 5000 RTP/AVP 8\nc=IN IP4 media.example.com'],
    ['no medium', 'a=sendrecv'],
  ])('refuses with 488: %s', (_title, lines) => {
    expect(answerOffer(offer(lines), us)).toMatchObject({ refused: 'media.unsupported', status: 488 });
  });

  it.each([
    ['nothing', ''],
    ['another text', 'hello'],
    ['an m= line without formats', 'v=0\nm=audio 5000 RTP/AVP'],
    ['a port beyond 65535', 'v=0\nm=audio 70000 RTP/AVP 8'],
    ['a broken c= line', 'v=0\nc=IN IP4 300.1.1\nm=audio 5000 RTP/AVP 8\nc=IN IP9 x'],
    ['too many media', `v=0\n${'m=audio 5000 RTP/AVP 8\n'.repeat(17)}`],
    ['too many lines', `v=0\n${'a=x\n'.repeat(1001)}`],
    ['too long a text', `v=0\n${'a=x'.padEnd(40_000, 'y')}`],
  ])('says that it is no SDP: %s', (_title, text) => {
    expect(answerOffer(text, us)).toMatchObject({ refused: 'sdp.invalid', status: 400 });
  });
});

describe('offering', () => {
  it('reads back what it wrote, and every pair of sides agrees', () => {
    const direction = fc.constantFrom<Direction>('sendrecv', 'sendonly', 'recvonly', 'inactive');
    const codecs = fc.constantFrom<readonly ('PCMA' | 'PCMU')[]>(['PCMA', 'PCMU'], ['PCMU', 'PCMA'], ['PCMA'], ['PCMU']);
    const port = fc.integer({ min: 1024, max: 65_534 });
    const side = fc.record({ direction, codecs, port }).map((choice): LocalMedia => ({ ...us, ...choice }));
    fc.assert(
      fc.property(side, side, (a, b) => {
        const answer = answerOffer(makeOffer(a), b);
        const shared = a.codecs?.find((codec) => b.codecs?.includes(codec));
        if (shared === undefined) {
          expect(answer).toMatchObject({ refused: 'media.unsupported' });
          return;
        }
        if ('refused' in answer) throw new Error(answer.message);
        const settled = settleAnswer(answer.sdp, a);
        if ('refused' in settled) throw new Error(settled.message);
        expect([answer.media.codec, settled.codec]).toEqual([shared, shared]);
        expect([settled.remote.port, answer.media.remote.port]).toEqual([b.port, a.port]);
        expect([settled.eventPayloadType, answer.media.eventPayloadType]).toEqual([101, 101]);
        // one side sends exactly where the other side listens
        expect(/send/.test(settled.direction)).toBe(/recv/.test(answer.media.direction));
        expect(/recv/.test(settled.direction)).toBe(/send/.test(answer.media.direction));
      }),
    );
  });

  it('reads what Chromium offers without stumbling over ICE and DTLS', () => {
    const text = offer(
      'a=group:BUNDLE 0\nm=audio 9 UDP/TLS/RTP/SAVPF 111 8 110\na=ice-ufrag:x\na=fingerprint:sha-256 AA\na=rtcp-mux\na=rtpmap:8 PCMA/8000',
    );
    const session = parseSdp(text);
    expect(session).toMatchObject({ media: [{ protocol: 'UDP/TLS/RTP/SAVPF', rtcpMux: true }] });
    expect(answerOffer(text, us)).toMatchObject({ refused: 'media.unsupported' });
  });

  it('never throws on mutated text', () => {
    const base = offer(
      'm=audio 5000 RTP/AVP 8 0 101\na=rtpmap:101 telephone-event/8000\na=ptime:20\na=rtcp:5001 IN IP4 1.2.3.4\na=sendonly',
    );
    const edit = fc.tuple(fc.nat(base.length), fc.nat(6), fc.string({ unit: 'binary', maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
        const text = edits.reduce((so, [at, cut, put]) => so.slice(0, at) + put + so.slice(at + cut), base);
        const answer = answerOffer(text, us);
        expect('refused' in answer || answer.sdp.startsWith('v=0')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
