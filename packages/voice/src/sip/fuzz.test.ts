import { expect, it } from 'vitest';
import { StreamFramer } from './framing.ts';
import { ANSWER, CALLER, HOTLINE, OFFER, Pair, seededRandomness } from './simulation/pair.ts';

/** THREERINGS_RUNS multiplies the number of mutated messages. */
const MESSAGES = 20_000 * Number(process.env['THREERINGS_RUNS'] ?? 1);
const PER_ROUND = 500;

/** Numbers from 0 to `below` − 1; the seed of a failing round is in its message. */
function dice(seed: number): (below: number) => number {
  const random = seededRandomness(seed);
  return (below) => Number.parseInt(random(4), 16) % below;
}

const SCRAPS = [
  ...[
    '\r\n',
    '\r\n\r\n',
    ' ',
    '\t',
    ',',
    ';',
    ':',
    '"',
    '<',
    '>',
    '\\',
    '=',
    '%',
    '%00',
    '\u0000',
    '\u00ff',
    '张',
    '🙂',
    '@',
    '?',
    '[',
    ']',
    '*',
  ],
  ...['-1', '0', '4294967296', '99999999999999999999', 'SIP/2.0', 'sip:', 'tag=', 'branch=z9hG4bK', 'Content-Length: 9\r\n', 'Via: ', 'l:'],
  ...[
    'INVITE',
    'BYE',
    'CANCEL',
    'ACK',
    'UPDATE',
    'Require: x\r\n',
    'Session-Expires: 100;refresher=uas\r\n',
    'Contact: *\r\n',
    'a'.repeat(9_000),
  ],
];

const LINES = [
  'Require: x',
  'Content-Encoding: gzip',
  'Supported: timer\r\nSession-Expires: 20',
  'Via: SIP/2.0/UDP 1.1.1.1',
  'Accept: a/b',
];
const METHODS = ['INVITE', 'BYE', 'CANCEL', 'OPTIONS', 'UPDATE', 'INFO', 'REFER', 'REGISTER', 'NOTIFY', 'PRACK', 'NEW'];

function mutate(original: string, roll: (below: number) => number): Buffer {
  // Sometimes another method altogether: single edits never change request line and CSeq together.
  const renamed = original.replaceAll(/\b(INVITE|BYE)\b/g, METHODS[roll(METHODS.length)] ?? '');
  const line = LINES[roll(LINES.length * 4)];
  const text = roll(4) === 0 ? renamed : original;
  let bytes = Buffer.from(line === undefined ? text : text.replace('\r\n', `\r\n${line}\r\n`));
  for (let edits = roll(4); edits >= 0; edits -= 1) {
    const at = roll(bytes.length + 1);
    const until = Math.min(bytes.length, at + roll(30));
    const scrap = Buffer.from(SCRAPS[roll(SCRAPS.length)] ?? '');
    const kind = roll(5);
    const middle = [
      Buffer.alloc(0),
      scrap,
      Buffer.concat([bytes.subarray(at, until), bytes.subarray(at, until)]),
      Buffer.from([roll(256)]),
      scrap,
    ];
    bytes = Buffer.concat([bytes.subarray(0, at), middle[kind] ?? scrap, bytes.subarray(kind === 1 ? at : until)]);
  }
  return roll(40) === 0 ? bytes.subarray(0, roll(bytes.length + 1)) : bytes;
}

/** Calls that stand. The same seed makes the same tags, so that the messages of one pair are addressed to the dialogs of another. */
function standingCalls(seed: number) {
  const pair = new Pair(seed, { invitesPerSecondPerSource: 10_000, maxCalls: 200 });
  const calls = Array.from({ length: 8 }, () => pair.dial({ credentials: { username: 'u', password: 'p' }, displayName: '张三' }));
  pair.clock.advance(100);
  return { pair, calls };
}

/** What is mutated: INVITEs and their answers, re-INVITEs of both sides, a CANCEL, two BYEs. */
function lively(seed: number): Pair {
  const { pair, calls } = standingCalls(seed);
  for (const { call } of calls.slice(0, 4)) call.reoffer(OFFER, () => {});
  for (const { call } of pair.arrivals.slice(4)) call.reoffer(ANSWER, () => {});
  pair.clock.advance(100);
  pair.dial().call.hangUp();
  pair.clock.advance(100);
  calls[0]?.call.hangUp();
  pair.arrivals[1]?.call.hangUp();
  pair.clock.advance(10);
  return pair;
}

it(`takes ${MESSAGES} mutated messages without a bug and without growing`, { timeout: 60_000 * Math.max(1, MESSAGES / 20_000) }, () => {
  const answers = new Set<string>();
  const heard = new Set<string>();
  for (let round = 0; round * PER_ROUND < MESSAGES; round += 1) {
    const roll = dice(round + 1);
    const seeds = lively(round + 1).network.sent.map(({ from, to, text }) => ({ from, to, text }));
    const { pair } = standingCalls(round + 1);
    pair.onArrival = (call) => {
      call.ring();
      if (roll(2) === 0) call.answer(ANSWER);
    };
    const framer = new StreamFramer();
    for (let count = 0; count < PER_ROUND; count += 1) {
      const seed = seeds[roll(seeds.length)];
      if (seed === undefined) throw new Error('no seeds');
      const bytes = mutate(seed.text, roll);
      pair.network.inject(bytes, seed.from, seed.to, roll(4) === 0 ? 'TCP' : 'UDP');
      for (const frame of framer.push(bytes).messages) pair.network.inject(frame, CALLER, HOTLINE, 'TCP');
      if (roll(20) === 0) pair.clock.advance(roll(3_000));
    }
    for (const { call } of pair.arrivals) call.hangUp();
    pair.caller.shutDown(40_000, () => {});
    pair.clock.advance(300_000);
    for (const { diary } of pair.arrivals) {
      expect(diary.ends).toHaveLength(1);
      for (const line of diary.lines) heard.add(line);
    }
    expect({ round, bugs: pair.notes.filter(({ kind }) => kind === 'bug') }).toEqual({ round, bugs: [] });
    expect({ round, left: [pair.hotline.calls, pair.hotline.remembered, pair.caller.remembered] }).toEqual({ round, left: [0, 0, 0] });
    for (const { text } of pair.network.sent) answers.add(text.slice(0, 11));
  }
  // The mutations are not all noise: they reached parser, transactions, dialogs and admission.
  for (const status of [100, 180, 200, 400, 405, 415, 420, 481, 487, 500]) expect(answers).toContain(`SIP/2.0 ${status}`);
  for (const line of ['reoffered sdp', 'ended far bye', 'ended far cancelled 487', 'ended failure no-ack']) expect(heard).toContain(line);
});

it('cuts a stream the same way however it comes in pieces, within bounds', () => {
  const pair = lively(1);
  const whole = Buffer.from(pair.network.sent.map(({ text }) => text).join('\r\n\r\n'));
  const expected = pair.network.sent.map(({ text }) => text);
  for (let seed = 1; seed <= 16; seed += 1) {
    const roll = dice(seed);
    const framer = new StreamFramer();
    const messages: string[] = [];
    for (let at = 0; at < whole.length; ) {
      const size = 1 + roll(seed % 2 === 0 ? 7 : 3_000);
      const frames = framer.push(whole.subarray(at, at + size));
      expect(frames.broken).toBeUndefined();
      messages.push(...frames.messages.map((message) => message.toString()));
      at += size;
    }
    expect(messages).toEqual(expected);
  }
});

it.each([
  ['a flood without a line end', 'x'.repeat(200_000), 'message too large'],
  ['a length beyond the bound', `OPTIONS sip:a SIP/2.0\r\nContent-Length: 9999999\r\n\r\n`, 'bad Content-Length'],
  ['a length that is none', `OPTIONS sip:a SIP/2.0\r\nl: 1x\r\n\r\n`, 'bad Content-Length'],
  ['two lengths', `OPTIONS sip:a SIP/2.0\r\nl: 1\r\nContent-Length: 1\r\n\r\n`, 'bad Content-Length'],
  ['another protocol', `GET / HTTP/1.1\r\nHost: x\r\n\r\n`, 'not SIP'],
])('gives a stream up at %s', (_title, text, broken) => {
  const framer = new StreamFramer();
  expect(framer.push(Buffer.from(text))).toMatchObject({ broken });
  expect(framer.push(Buffer.from('OPTIONS sip:a SIP/2.0\r\n\r\n')).messages).toEqual([]);
});

it('hears the ping of a phone that keeps its connection', () => {
  expect(new StreamFramer().push(Buffer.from('\r\n\r\n'))).toEqual({ messages: [], ping: true });
});
