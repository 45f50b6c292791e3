import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswer, offerForBrowser, withoutCandidates } from './session.ts';

const OFFER = [
  'v=0',
  'o=rtc 1 0 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=fingerprint:sha-256 AA',
  'm=audio 40124 UDP/TLS/RTP/SAVPF 8 101',
  'c=IN IP4 192.0.2.1',
  'a=rtpmap:8 PCMA/8000/1',
  'a=rtpmap:101 telephone-event/48000/2',
  'a=ice-ufrag:x',
  'a=ice-pwd:y',
  'a=candidate:1 1 UDP 2114977791 192.0.2.1 40124 typ host',
  'a=end-of-candidates',
].join('\r\n');

const answer = (...more: readonly string[]) =>
  `${['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 8 101', 'a=ice-ufrag:x', 'a=ice-pwd:y', 'a=fingerprint:sha-256 AA', ...more].join('\r\n')}\r\n`;

describe('the offer to a browser', () => {
  it('names telephone-event at 8 kHz on payload type 101', () => {
    const sdp = offerForBrowser(OFFER);
    expect(sdp).toContain('a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n');
    expect(sdp).not.toContain('48000');
    expect(sdp).toContain(' 192.0.2.1 40124 typ host');
  });

  it('names the announced address where this machine is known by another one', () => {
    const sdp = offerForBrowser(OFFER, '203.0.113.9');
    expect(sdp).toContain('c=IN IP4 203.0.113.9\r\n');
    expect(sdp).toContain('a=candidate:1 1 UDP 2114977791 203.0.113.9 40124 typ host');
    expect(sdp).not.toContain('192.0.2.1');
  });
});

describe('the answer of a browser', () => {
  it('is taken, without names that only the browser can resolve', () => {
    const mdns = 'a=candidate:1 1 udp 2 8f1c2a.local 5000 typ host';
    const host = 'a=candidate:2 1 udp 2 192.0.2.7 5000 typ host';
    const checked = checkAnswer(answer(mdns, host));
    expect(checked).toEqual({ sdp: answer(host) });
  });

  it.each([
    ['no text of SDP', 'garbage', 'sdp.invalid', /begin with v=0/],
    ['no ICE password', answer().replace('a=ice-pwd:y\r\n', ''), 'sdp.invalid', /ice-pwd/],
    ['two media', answer('m=video 9 UDP/TLS/RTP/SAVPF 96'), 'sdp.invalid', /the one m=audio line/],
    ['the medium refused', answer().replace('m=audio 9', 'm=audio 0'), 'media.unsupported', /PCMA/],
    ['another codec only', answer().replace(' 8 101', ' 111 101'), 'media.unsupported', /PCMA/],
    ['a novel', answer('a=x:'.padEnd(40_000, 'x')), 'sdp.invalid', /characters/],
  ])('with %s is refused', (_what, sdp, refused, message) => {
    expect(checkAnswer(sdp)).toEqual({ refused, message: expect.stringMatching(message) });
  });

  it('is taken apart into its description and its candidates', () => {
    const candidate = 'candidate:2 1 udp 2 192.0.2.7 5000 typ host';
    const { description, candidates } = withoutCandidates(answer(`a=${candidate}`, 'a=end-of-candidates'));
    expect([description, candidates]).toEqual([answer(), [candidate]]);
  });

  it('never makes the check throw, and what passes it is never longer', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...answer().split('\r\n'), 'a=candidate:', 'm=', '\n', 'm=audio')), (lines) => {
        const sdp = lines.join('\r\n');
        const checked = checkAnswer(sdp);
        if ('sdp' in checked) expect(checked.sdp.length).toBeLessThanOrEqual(sdp.length + 2);
      }),
    );
  });
});
