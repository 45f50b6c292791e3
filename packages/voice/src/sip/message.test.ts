import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress, parseAddresses, printAddress } from './address.ts';
import { type Header, header, headerValues, headerWords, type SipMessage } from './message.ts';
import { parseMessage } from './parse.ts';
import { printMessage } from './print.ts';
import { buildResponse, printRefusal, stampRequest } from './response.ts';
import type { Origin } from './transport.ts';
import { parseUri, userOf } from './uri.ts';
import { parseVia, printVia, responseDestination } from './via.ts';

const from: Origin = { transport: 'UDP', address: '192.0.2.9', port: 5070 };
const INVITE = [
  'INVITE sip:12333@example.com SIP/2.0',
  'Via: SIP/2.0/UDP phone.example.com:5062;branch=z9hG4bKabc;rport',
  'v: SIP/2.0/TCP older.example.com, SIP/2.0/UDP oldest.example.com',
  'f: "张 \\"三\\"" <sip:138%2A1@example.com>;tag=1',
  't: <sip:12333@example.com>',
  'i: call-1',
  'CSeq: 7 INVITE',
  'Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>',
  'm: <sip:me@192.0.2.9:5070>',
  'k: timer, 100rel',
  'Subject: one',
  ' two',
  'l: 3',
  '',
  'abcdef',
].join('\r\n');

function parsed(text: string): SipMessage {
  const message = parseMessage(Buffer.from(text));
  if (message.kind === 'refused') throw new Error(message.reason);
  return message;
}

function asRequest(text: string) {
  const message = parsed(text);
  if (message.kind !== 'request') throw new Error('a response');
  return message;
}

describe('reading a message', () => {
  it('understands compact names, folding, joined values and a body shorter than the datagram', () => {
    const message = asRequest(INVITE);
    expect(message).toMatchObject({ method: 'INVITE', callId: 'call-1', cseq: { number: 7, method: 'INVITE' } });
    expect(message.from.displayName).toBe('张 "三"');
    expect(userOf(message.from.uri)).toBe('138*1');
    expect(headerValues(message, 'via')).toHaveLength(3);
    expect(headerValues(message, 'record-route')).toEqual(['<sip:p1.example.com;lr>', '<sip:p2.example.com;lr>']);
    expect(headerWords(message, 'supported')).toEqual(['timer', '100rel']);
    expect(header(message, 'subject')).toBe('one two');
    expect(message.body.toString()).toBe('abc');
  });

  it('reads what it printed as the same message', () => {
    const message = parsed(INVITE);
    const again = parsed(printMessage(message).toString());
    expect({ ...again, headers: withoutLength(again.headers) }).toEqual({ ...message, headers: withoutLength(message.headers) });
  });

  it.each([
    ['a second To', 't: <sip:12333@example.com>', 't: <sip:1@example.com>\r\nTo: <sip:2@example.com>', 400],
    ['no Call-ID', 'i: call-1\r\n', '', 400],
    ['a sequence number of 2³¹', 'CSeq: 7', 'CSeq: 2147483648', 400],
    ['a field without a name', 'Subject: one', ': one', 400],
    ['a line feed alone', 'Subject: one', 'Subject: one\nX: two', 400],
    ['too long a field', 'Subject: one', `Subject: ${'x'.repeat(9000)}`, 400],
    ['too many fields', 'Subject: one', 'X: y\r\n'.repeat(260).trim(), 400],
    ['too many joined Contacts', 'm: <sip:me@192.0.2.9:5070>', `m: ${'<sip:a@b>,'.repeat(300)}<sip:a@b>`, 400],
    ['a Content-Length with a sign', 'l: 3', 'l: +3', 400],
    ['a repeated tag', 'tag=1', 'tag=1;tag=2', 400],
    ['a later version', 'INVITE sip:12333@example.com SIP/2.0', 'INVITE sip:12333@example.com SIP/3.0', 505],
    ['header fields in the Request-URI', '12333@example.com SIP/2.0', '12333@example.com?a=b SIP/2.0', 400],
  ])('refuses with a status: %s', (_title, old, fresh, status) => {
    expect(INVITE).toContain(old);
    const refused = parseMessage(Buffer.from(INVITE.replace(old, fresh)));
    expect(refused).toMatchObject({ kind: 'refused', status });
    if (refused.kind !== 'refused') return;
    const answer = printRefusal(refused, from, 'x')?.toString() ?? '';
    expect(answer).toContain(`SIP/2.0 ${status} `);
    expect(answer).toContain('phone.example.com:5062;branch=z9hG4bKabc;rport=5070;received=192.0.2.9');
    expect(answer.match(/^CSeq:/gm)).toHaveLength(1);
  });

  it.each([
    ['a keep-alive', '\r\n\r\n'],
    ['noise', '\u0000\u0001hello'],
    ['a broken response', 'SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n\r\n'],
    ['a status of three nines', INVITE.replace(/^.*/, 'SIP/2.0 999 Odd')],
    ['a broken ACK', INVITE.replace('INVITE', 'ACK').replace('i: call-1\r\n', '')],
    ['a broken request without a Via', 'INVITE sip:a@b SIP/2.0\r\nTo: x\r\n\r\n'],
    ['more than 64 kB', `${INVITE}${'x'.repeat(65_536)}`],
  ])('keeps silent at %s', (_title, text) => {
    const refused = parseMessage(Buffer.from(text));
    expect(refused).toMatchObject({ kind: 'refused', status: 0 });
    if (refused.kind === 'refused') expect(printRefusal(refused, from, 'x')).toBeUndefined();
  });

  it('takes time in proportion to the length, whatever the blanks', () => {
    // Quadratic reading of these would take seconds; the test's own time limit is what fails.
    const blanks = ' '.repeat(60_000);
    for (const line of [`INVITE ${blanks}x`, `${INVITE}\r\n`, `V: SIP/2.0/UDP a${blanks}`, `X: ${blanks}`]) {
      for (let round = 0; round < 50; round += 1) parseMessage(Buffer.from(`INVITE sip:a@b SIP/2.0\r\n${line}\r\n\r\n`));
    }
    for (let round = 0; round < 50; round += 1) parseMessage(Buffer.from(`INVITE${' \t'.repeat(30_000)}`));
    for (let round = 0; round < 50; round += 1) parseVia(`SIP/2.0/UDP a${' '.repeat(8000)}x`);
  }, 5_000);
});

function withoutLength(headers: readonly Header[]): Header[] {
  return headers.filter(({ name }) => name !== 'content-length');
}

describe('answering', () => {
  it('copies what a response must carry and tags To', () => {
    const response = buildResponse(stampRequest(asRequest(INVITE), from), 180, { tag: 'mine' });
    const again = parsed(printMessage(response).toString());
    expect(headerValues(again, 'via')[0]).toBe('SIP/2.0/UDP phone.example.com:5062;branch=z9hG4bKabc;rport=5070;received=192.0.2.9');
    expect(headerValues(again, 'via')).toHaveLength(3);
    expect(headerValues(again, 'record-route')).toHaveLength(2);
    expect(again.to.params.get('tag')).toBe('mine');
    expect(headerValues(buildResponse(asRequest(INVITE), 404, { tag: 'x' }), 'record-route')).toEqual([]);
  });

  it('sends to where the request came from, never to where its Via points', () => {
    const via = (text: string) => parseVia(text) ?? expect.fail('broken Via');
    expect(responseDestination(via('SIP/2.0/UDP 203.0.113.1:7000;maddr=224.2.0.1'), from)).toMatchObject({ host: '192.0.2.9', port: 7000 });
    expect(responseDestination(via('SIP/2.0/UDP 203.0.113.1:7000;rport'), from)).toMatchObject({ host: '192.0.2.9', port: 5070 });
    expect(responseDestination(via('SIP/2.0/UDP 203.0.113.1'), from)).toMatchObject({ port: 5060 });
  });

  it('lets no text begin a header field of its own', () => {
    const response = buildResponse(asRequest(INVITE), 486, {
      reason: 'Busy\r\nX-Evil: 1',
      headers: [{ name: 'x-note', value: 'a\r\nX-Evil: 2' }],
    });
    expect(printMessage(response).toString()).not.toMatch(/^X-Evil/m);
  });
});

describe('addresses and URIs', () => {
  it.each([
    ['sip:+8613800000000@example.com:5070;transport=TCP;lr', { user: '+8613800000000', host: 'example.com', port: 5070 }],
    ['SIPS:[2001:DB8::1]:5061', { scheme: 'sips', host: '2001:db8::1', port: 5061 }],
    ['sip:user:secret@h', { user: 'user:secret', host: 'h' }],
    ['tel:+86-20-12333;phone-context=x', { scheme: 'tel', user: '+86-20-12333' }],
    ['urn:service:sos', { scheme: 'urn' }],
    ['sip:a@h;transport=tcp;transport=udp', { params: new Map([['transport', 'tcp']]) }],
  ])('reads %s', (text, expected) => {
    expect(parseUri(text)).toMatchObject(expected);
  });

  it.each([
    'sip:',
    'sip:@h',
    'sip:h:0',
    'sip:h:70000',
    'sip:a b@h',
    'sip:a@h>',
    'tel:',
    'tel:abcxyz',
    '12333',
    `sip:${'a'.repeat(3000)}@h`,
  ])('refuses %s', (text) => {
    expect(parseUri(text)).toBeUndefined();
  });

  it.each([
    ['sip:1234:pw@h', '1234'],
    ['sip:1234;phone-context=x@h', '1234'],
    ['sip:%E5%BC%A0@h', '张'],
    ['sip:100%@h', '100%'],
    ['sip:a%00b@h', 'a%00b'],
    ['sip:h', undefined],
    ['tel:+86-(20)-12.33', '+86201233'],
  ])('names the user of %s', (text, user) => {
    expect(userOf(parseUri(text) ?? expect.fail('broken'))).toBe(user);
  });

  it('knows whose parameter is whose with and without brackets', () => {
    expect(parseAddress('<sip:a@h;x=1>;tag=2')).toMatchObject({ params: new Map([['tag', '2']]) });
    expect(parseAddress('sip:a@h;tag=2')).toMatchObject({ uri: { params: new Map() }, params: new Map([['tag', '2']]) });
    expect(parseAddress('张三 <sip:a@h>')).toMatchObject({ displayName: '张三' });
    expect(parseAddresses(['<sip:a@h>, "x, y" <sip:b@h>'])).toHaveLength(2);
    for (const broken of ['', '"open <sip:a@h>', '<sip:a@h', 'a, b <sip:a@h>', '<sip:a@h>x', '"n" sip:a@h', '< sip:a@h >']) {
      expect(parseAddress(broken)).toBeUndefined();
    }
  });

  it('prints every display name and parameter so that it reads back the same', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', ';', '<', ',', '张', '='), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(text, text, (displayName, value) => {
        const uri = parseUri('sip:a@h') ?? expect.fail('broken');
        const printed = printAddress({ displayName, uri, params: new Map([['p', value]]) });
        expect(parseAddress(printed)).toEqual({ displayName, uri, params: new Map([['p', value]]) });
      }),
    );
  });

  it('prints a Via that reads back the same', () => {
    const via = parseVia('SIP / 2.0 / UDP  [2001:db8::1] : 5062 ;branch = z9hG4bK1; rport') ?? expect.fail('broken');
    expect(parseVia(printVia(via))).toEqual(via);
    expect(via).toMatchObject({ transport: 'UDP', host: '2001:db8::1', port: 5062 });
  });
});
