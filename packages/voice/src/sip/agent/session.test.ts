import { describe, expect, it } from 'vitest';
import { ANSWER, CALLER, HOTLINE, OFFER, Pair } from '../simulation/pair.ts';
import type { ReofferOutcome } from '../user-agent.ts';

function connected(pair = new Pair()) {
  const { call, diary } = pair.dial();
  pair.clock.advance(100);
  expect(diary.lines.at(-1)).toBe('answered sdp');
  return { pair, call, diary, far: pair.arrival };
}

/** Sends the hotline a request inside the dialog of its only call, as a far end of another make would. */
function within(pair: Pair, method: string, sequence: number, more = '', body = ''): string {
  const answer = pair.network.sent.find(({ from, text }) => from === HOTLINE && text.startsWith('SIP/2.0 200'))?.text ?? '';
  const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(answer)?.[1]?.trim() ?? '';
  const before = pair.network.sent.length;
  const text = [
    `${method} sip:hotline@${HOTLINE} SIP/2.0`,
    `Via: SIP/2.0/UDP ${CALLER};branch=z9hG4bK${method}${sequence}`,
    `From: ${line('From')}`,
    `To: ${line('To')}`,
    `Call-ID: ${line('Call-ID')}`,
    `CSeq: ${sequence} ${method}`,
    ...(more === '' ? [] : more.split('\n')),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
  pair.network.inject(Buffer.from(text), CALLER, HOTLINE);
  return pair.network.sent[before]?.text ?? '';
}

const SDP = 'Content-Type: application/sdp';

describe('a new offer', () => {
  it('of the far end is put to the switch and answered; the new Contact is where requests go', () => {
    const { pair, far } = connected();
    const answer = within(pair, 'INVITE', 2, `Contact: <sip:moved@192.0.2.77>\n${SDP}`, OFFER);
    expect(answer).toMatch(/^SIP\/2\.0 200/);
    expect(answer).toContain(ANSWER);
    expect(far.diary.lines).toEqual(['answered', 'reoffered sdp']);
    within(pair, 'ACK', 2);
    far.call.hangUp();
    expect(pair.network.sent.at(-1)).toMatchObject({ to: '192.0.2.77' });
    expect(pair.network.sent.at(-1)?.text).toMatch(/^BYE sip:moved@192\.0\.2\.77 /);
  });

  it('without SDP asks for ours; the answer comes with the ACK', () => {
    const { pair, far } = connected();
    expect(within(pair, 'INVITE', 2)).toContain(ANSWER);
    expect(within(pair, 'INVITE', 3, SDP, OFFER)).toMatch(/^SIP\/2\.0 491/);
    within(pair, 'ACK', 2, SDP, OFFER);
    expect(far.diary.lines).toEqual(['answered', 'reoffered', 'reanswered']);
  });

  it('that the switch refuses leaves the call as it was', () => {
    const { pair, call, diary, far } = connected();
    far.diary.reply = () => ({ status: 488 });
    const outcomes: ReofferOutcome[] = [];
    expect(call.reoffer(OFFER, (outcome) => outcomes.push(outcome))).toBe(true);
    expect(call.reoffer(OFFER, () => {})).toBe(false);
    pair.clock.advance(100);
    expect(outcomes).toEqual([{ status: 488 }]);
    far.diary.reply = () => ({ sdp: 'v=0 again' });
    call.reoffer(OFFER, (outcome) => outcomes.push(outcome));
    pair.clock.advance(100);
    expect(outcomes[1]).toEqual({ answer: 'v=0 again' });
    expect(diary.lines).toEqual(['progress 180', 'answered sdp']);
  });

  it('of both sides at once is settled after a wait on each', () => {
    const { pair, call, far } = connected();
    const outcomes: string[] = [];
    call.reoffer('v=0 caller', (outcome) => outcomes.push(`caller ${'answer' in outcome}`));
    far.call.reoffer('v=0 hotline', (outcome) => outcomes.push(`hotline ${'answer' in outcome}`));
    pair.clock.advance(100);
    expect(
      pair
        .traffic()
        .filter((line) => line.endsWith('491'))
        .sort(),
    ).toEqual(['1 491', '2 491']);
    pair.clock.advance(6_000);
    expect(outcomes.sort()).toEqual(['caller true', 'hotline true']);
    call.hangUp();
    pair.clock.advance(100);
    expect(far.diary.lines.at(-1)).toBe('ended far bye');
  });

  it('that is never answered ends the call as lost', () => {
    const { pair, call, diary } = connected();
    pair.network.fate = () => [];
    call.reoffer(OFFER, () => expect.fail('nothing came back'));
    pair.clock.advance(40_000);
    expect(diary.lines.at(-1)).toBe('ended failure lost 408');
    expect(pair.traffic().at(-1)).toBe('1 BYE');
    pair.clock.advance(40_000);
    expect(pair.caller.remembered).toBe(0);
  });

  it('by UPDATE is answered in its 200, and an UPDATE without SDP only refreshes', () => {
    const { pair, far } = connected();
    expect(within(pair, 'UPDATE', 2, SDP, OFFER)).toContain(ANSWER);
    expect(within(pair, 'UPDATE', 3)).not.toContain(ANSWER);
    expect(far.diary.lines).toEqual(['answered', 'reoffered sdp']);
  });

  it('before our answer is put off', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.earlyMedia(ANSWER);
    pair.dial();
    pair.clock.advance(50);
    const early = pair.network.sent.findIndex(({ text }) => text.startsWith('SIP/2.0 183'));
    const tag = /^To: (.*)\r$/m.exec(pair.network.sent[early]?.text ?? '')?.[1] ?? '';
    const { callId } = pair.arrival.call;
    const from = /^From: (.*)\r$/m.exec(pair.network.sent[early]?.text ?? '')?.[1] ?? '';
    const text = `UPDATE sip:x@h SIP/2.0\r\nVia: SIP/2.0/UDP ${CALLER};branch=z9hG4bKu\r\nFrom: ${from}\r\nTo: ${tag}\r\nCall-ID: ${callId}\r\nCSeq: 2 UPDATE\r\n${SDP}\r\n\r\n${OFFER}`;
    pair.network.inject(Buffer.from(text), CALLER, HOTLINE);
    expect(pair.network.sent.at(-1)?.text).toMatch(/^SIP\/2\.0 500 [\s\S]*Retry-After: \d/);
    expect(pair.arrival.diary.lines).toEqual([]);
  });
});

describe('an INVITE without an offer', () => {
  it('is answered with our offer, and the answer comes with the ACK', () => {
    const pair = new Pair();
    pair.onArrival = (call) => {
      expect(call.offer).toBeUndefined();
      expect(call.earlyMedia(ANSWER)).toBe(false);
      call.answer(ANSWER);
    };
    const text = (method: string, to: string, body: string) =>
      `${method} sip:1@${HOTLINE} SIP/2.0\r\nVia: SIP/2.0/UDP ${CALLER};branch=z9hG4bK${method}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>${to}\r\nContact: <sip:a@${CALLER}>\r\nCall-ID: x\r\nCSeq: 1 ${method}\r\n${SDP}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    pair.network.inject(Buffer.from(text('INVITE', '', '')), CALLER, HOTLINE);
    const tag = /^To: .*(;tag=\w+)/m.exec(pair.network.sent.at(-1)?.text ?? '')?.[1] ?? '';
    pair.network.inject(Buffer.from(text('ACK', tag, OFFER)), CALLER, HOTLINE);
    expect(pair.arrival.diary.lines).toEqual(['answered sdp']);
  });

  it('that brings no answer with its ACK is hung up', () => {
    const pair = new Pair();
    pair.onArrival = (call) => call.answer(ANSWER);
    const text = (method: string, to: string) =>
      `${method} sip:1@${HOTLINE} SIP/2.0\r\nVia: SIP/2.0/UDP ${CALLER};branch=z9hG4bK${method}\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>${to}\r\nContact: <sip:a@${CALLER}>\r\nCall-ID: x\r\nCSeq: 1 ${method}\r\n\r\n`;
    pair.network.inject(Buffer.from(text('INVITE', '')), CALLER, HOTLINE);
    const tag = /^To: .*(;tag=\w+)/m.exec(pair.network.sent.at(-1)?.text ?? '')?.[1] ?? '';
    pair.network.inject(Buffer.from(text('ACK', tag)), CALLER, HOTLINE);
    expect(pair.arrival.diary.lines).toEqual(['ended failure refused 488']);
    expect(pair.traffic().at(-1)).toBe('2 BYE');
  });
});

describe('requests inside a call', () => {
  it.each([
    ['INFO', 'Content-Type: application/dtmf-relay', 'Signal=5\r\nDuration=250\r\n', 200, 'digit 5 250'],
    ['INFO', 'Content-Type: application/dtmf-relay', 'Signal= 11\r\n', 200, 'digit # 160'],
    ['INFO', 'Content-Type: application/dtmf', '*', 200, 'digit * 160'],
    ['INFO', 'Content-Type: application/dtmf-relay', 'Signal=16\r\n', 200, 'answered'],
    ['INFO', '', '', 200, 'answered'],
    ['INFO', 'Content-Type: text/plain', 'hello', 415, 'answered'],
    ['OPTIONS', '', '', 200, 'answered'],
    ['REFER', 'Refer-To: <sip:evil@h>', '', 603, 'answered'],
    ['PRACK', 'RAck: 1 1 INVITE', '', 481, 'answered'],
    ['NOTIFY', '', '', 405, 'answered'],
    ['INVITE', 'Require: precondition', '', 420, 'answered'],
    ['BYE', '', '', 200, 'ended far bye'],
  ])('%s (%s, %j) is answered %i', (method, more, body, status, last) => {
    const { pair, far } = connected();
    expect(within(pair, method, 2, more, body)).toMatch(new RegExp(`^SIP/2\\.0 ${status} `));
    expect(far.diary.lines.at(-1)).toBe(last);
  });

  it('that are older than the last are refused, and unknown dialogs do not exist', () => {
    const { pair } = connected();
    within(pair, 'OPTIONS', 9);
    expect(within(pair, 'INFO', 8)).toMatch(/^SIP\/2\.0 500/);
    within(pair, 'BYE', 10);
    expect(within(pair, 'INFO', 11)).toMatch(/^SIP\/2\.0 481/);
  });
});

describe('offers without end', () => {
  it('are answered ten times, then refused with a time to come back, and the call stands', () => {
    const { pair, far } = connected();
    const statuses = Array.from({ length: 200 }, (_, i) =>
      Number(/^SIP\/2\.0 (\d+)/.exec(within(pair, 'UPDATE', 2 + i, 'Content-Type: application/sdp', OFFER))?.[1]),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    pair.clock.advance(3000);
    expect(within(pair, 'UPDATE', 300, 'Content-Type: application/sdp', OFFER)).toMatch(/^SIP\/2\.0 200/);
    expect(far.diary.lines.filter((line) => line === 'reoffered sdp')).toHaveLength(11);
  });
});

describe('a session timer', () => {
  it('that the far end refreshes ends the call when it does not', () => {
    const pair = new Pair();
    const { diary } = pair.dial({ headers: [] });
    pair.clock.advance(100);
    const answer = within(pair, 'UPDATE', 2, 'Supported: timer\nSession-Expires: 90;refresher=uac');
    expect(answer).toMatch(/^Session-Expires: 90;refresher=uac\r$/m);
    expect(answer).toMatch(/^Require: timer\r$/m);
    pair.clock.advance(50_000);
    within(pair, 'UPDATE', 3, 'Supported: timer\nSession-Expires: 90;refresher=uac');
    pair.clock.advance(59_000);
    expect(pair.arrival.diary.lines).toEqual(['answered']);
    pair.clock.advance(1_500);
    expect(pair.arrival.diary.lines).toEqual(['answered', 'ended failure session-expired']);
    expect(diary.lines.at(-1)).toBe('ended far bye');
  });

  it('that we refresh is refreshed by our last description at half time', () => {
    const { pair, diary, far } = connected();
    expect(within(pair, 'UPDATE', 2, 'Supported: timer\nSession-Expires: 100;refresher=uas')).toMatch(/refresher=uas\r$/m);
    pair.clock.advance(51_000);
    expect(diary.lines.at(-1)).toBe('reoffered sdp');
    expect(far.diary.lines.at(-1)).toBe('reanswered');
    const refresh = pair.network.sent.find(({ from, text }) => from === HOTLINE && text.startsWith('INVITE'));
    expect(refresh?.text).toContain('Session-Expires: 100;refresher=uac');
    pair.clock.advance(500_000);
    expect(diary.lines.at(-1)).toMatch(/reoffered/);
  });
});

describe('a session timer of a call of ours', () => {
  it('is kept as the far end decided it', () => {
    const pair = new Pair();
    const { diary } = pair.dial();
    pair.clock.advance(15);
    const answer = pair.network.sent.find(({ text }) => text.startsWith('SIP/2.0 200'))?.text ?? '';
    pair.network.inject(Buffer.from(answer.replace('Contact:', 'Session-Expires: 90;refresher=uas\r\nContact:')), HOTLINE, CALLER);
    pair.clock.advance(59_000);
    expect(diary.lines).toEqual(['answered sdp']);
    pair.clock.advance(2_000);
    expect(diary.lines).toEqual(['answered sdp', 'ended failure session-expired']);
    expect(pair.arrival.diary.lines.at(-1)).toBe('ended far bye');
  });
});

describe('a forked call', () => {
  it('takes the first answer, acknowledges the second and hangs it up', () => {
    const pair = new Pair();
    const { diary } = pair.dial();
    pair.clock.advance(15);
    const ours = pair.network.sent.find(({ text }) => text.startsWith('SIP/2.0 200'))?.text ?? '';
    const other = ours.replace(/(To: .*tag=)\w+/, '$1fork').replaceAll(`@${HOTLINE}`, '@192.0.2.50');
    pair.network.inject(Buffer.from(ours), HOTLINE, CALLER);
    pair.network.inject(Buffer.from(other), '192.0.2.50', CALLER);
    pair.network.inject(Buffer.from(other), '192.0.2.50', CALLER);
    const toFork = pair.network.sent.filter(({ to }) => to === '192.0.2.50').map(({ text }) => text.split(' ')[0]);
    expect(toFork).toEqual(['ACK', 'BYE', 'ACK']);
    pair.clock.advance(100);
    expect(diary.lines).toEqual(['answered sdp']);
  });
});
