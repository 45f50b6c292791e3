import { describe, expect, it } from 'vitest';
import { ANSWER, CALLER, HOTLINE, OFFER, Pair } from '../simulation/pair.ts';

const HEAD = `Via: SIP/2.0/UDP ${CALLER};branch=z9hG4bKinvite\nFrom: <sip:a@${CALLER}>;tag=1\nCall-ID: x\n`;

/** A caller that demands 100rel, told by hand; the hotline plays before the answer. */
function demanding(onArrival: Pair['onArrival'] = (call) => call.earlyMedia(ANSWER)) {
  const pair = new Pair();
  pair.onArrival = onArrival;
  const inject = (text: string) => pair.network.inject(Buffer.from(text.replaceAll('\n', '\r\n')), CALLER, HOTLINE);
  inject(
    `INVITE sip:12333@${HOTLINE} SIP/2.0\n${HEAD}To: <sip:c@d>\nCSeq: 7 INVITE\nContact: <sip:a@${CALLER}>\nRequire: 100rel\nContent-Type: application/sdp\n\n${OFFER}`,
  );
  const sent = (status: number) => pair.network.sent.map(({ text }) => text).filter((text) => text.startsWith(`SIP/2.0 ${status} `));
  const tag = () => /^To: .*;tag=(\w+)/m.exec(sent(183)[0] ?? sent(180)[0] ?? '')?.[1] ?? '';
  const rseqs = (status: number) => sent(status).map((text) => Number(/^rseq: (\d+)\r$/im.exec(text)?.[1]));
  let prackNumber = 7;
  const prack = (rseq: number | undefined, more = '\n', rack = `${rseq} 7 INVITE`) => {
    prackNumber += 1;
    inject(
      `PRACK sip:12333@${HOTLINE} SIP/2.0\n${HEAD.replace('invite', `prack${prackNumber}`)}To: <sip:c@d>;tag=${tag()}\nCSeq: ${prackNumber} PRACK\nRAck: ${rack}\n${more}`,
    );
    return /^SIP\/2\.0 (\d+)/.exec(pair.network.sent.at(-1)?.text ?? '')?.[1];
  };
  const ack = () => inject(`ACK sip:12333@${HOTLINE} SIP/2.0\n${HEAD.replace('invite', 'ack')}To: <sip:c@d>;tag=${tag()}\nCSeq: 7 ACK\n\n`);
  return { pair, sent, rseqs, prack, ack };
}

describe('progress to a caller who demands to acknowledge it', () => {
  it('is numbered and repeated in doubling intervals until its PRACK', () => {
    const { pair, sent, rseqs, prack, ack } = demanding();
    expect(sent(183)[0]).toMatch(/^Require: 100rel\r$/m);
    pair.clock.advance(1600);
    expect(rseqs(183)).toHaveLength(3);
    expect(new Set(rseqs(183)).size).toBe(1);
    prack(rseqs(183)[0]);
    expect(sent(200)).toHaveLength(1);
    pair.clock.advance(30_000);
    expect(rseqs(183)).toHaveLength(3);
    pair.arrival.call.answer(ANSWER);
    ack();
    expect(pair.arrival.diary.lines).toEqual(['answered']);
  });

  it('is sent one at a time, and the answer waits for the last of them', () => {
    const { pair, sent, rseqs, prack } = demanding((call) => {
      call.ring();
      call.earlyMedia(ANSWER);
      call.answer(ANSWER);
    });
    expect([rseqs(180).length, rseqs(183).length]).toEqual([1, 0]);
    prack(rseqs(180)[0]);
    expect(rseqs(183)).toEqual([(rseqs(180)[0] ?? 0) + 1]);
    expect(sent(200).filter((text) => /^CSeq: 7 INVITE\r$/m.test(text))).toEqual([]);
    prack(rseqs(183)[0]);
    expect(sent(200).filter((text) => /^CSeq: 7 INVITE\r$/m.test(text))).toHaveLength(1);
    expect(pair.notes).toEqual([]);
  });

  it('is not acknowledged by a PRACK of something else', () => {
    const { rseqs, prack } = demanding();
    const [rseq = 0] = rseqs(183);
    expect(prack(rseq + 1)).toBe('481');
    expect(prack(rseq, '\n', `${rseq} 8 INVITE`)).toBe('481');
    expect(prack(rseq, '\n', 'nonsense')).toBe('481');
    expect(prack(rseq)).toBe('200');
    expect(prack(rseq), 'the second time').toBe('481');
  });

  it('takes an offer that comes with the PRACK', () => {
    const { pair, rseqs, prack } = demanding();
    expect(prack(rseqs(183)[0], `Content-Type: application/sdp\n\n${OFFER}`)).toBe('200');
    expect(pair.arrival.diary.lines).toEqual(['reoffered sdp']);
    expect(pair.network.sent.at(-1)?.text).toContain('v=0');
  });

  it('ends the call with 504 when no PRACK comes for 32 s, and nothing is left', () => {
    const { pair, sent } = demanding();
    pair.clock.advance(32_500);
    expect(sent(504).length).toBeGreaterThan(0);
    expect(pair.arrival.diary.lines).toEqual(['ended failure no-ack']);
    pair.clock.advance(120_000);
    expect([pair.hotline.calls, pair.hotline.remembered, pair.clock.pending]).toEqual([0, 0, 0]);
  });

  it('stops when the caller is refused or hung up before the PRACK', () => {
    const { pair, rseqs } = demanding((call) => {
      call.earlyMedia(ANSWER);
      call.answer(ANSWER);
    });
    pair.arrival.call.hangUp();
    const before = rseqs(183).length;
    pair.clock.advance(20_000);
    expect(rseqs(183)).toHaveLength(before);
    expect(pair.arrival.diary.lines).toEqual(['ended near hung-up']);
    pair.clock.advance(120_000);
    expect([pair.hotline.remembered, pair.clock.pending]).toEqual([0, 0]);
  });
});
