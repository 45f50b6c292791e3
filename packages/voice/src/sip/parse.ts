/**
 * Bytes to messages. Bounded in size, number and length of fields; refuses with the status that RFC 3261 asks for, and
 * never throws. What is checked is what we use: Via, From, To, Call-ID, CSeq, Max-Forwards, Contact, Route, Record-Route and
 * Content-Length; other fields are carried as text (a broken Date must not cost a caller the call).
 */

import { parseAddress, parseAddresses } from './address.ts';
import { isToken, readNumber, splitOutside } from './lexical.ts';
import { type CSeq, type Header, header, headerValues, type Refused, type SipMessage } from './message.ts';
import { parseUri, type Uri } from './uri.ts';
import { parseVia } from './via.ts';

export const MAX_MESSAGE_BYTES = 65_536;
const MAX_HEADERS = 256;
const MAX_LINE_CHARACTERS = 8_192;
const MAX_CSEQ = 2 ** 31 - 1;

const LONG_NAMES: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
};
/** Fields whose values may be joined by commas and are needed one by one. */
const LISTS: ReadonlySet<string> = new Set(['via', 'route', 'record-route', 'contact']);
const SINGLE = ['call-id', 'cseq', 'from', 'to', 'max-forwards', 'content-length'];

type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly uri: Uri; readonly wrong?: undefined }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string; readonly wrong?: undefined }
  | { readonly kind: 'request'; readonly method: string; readonly wrong: Fault };

interface Fault {
  readonly status: number;
  readonly reason: string;
}

/** One datagram, or one frame of a stream. Bytes behind the Content-Length are ignored (RFC 3261 §18.3). */
export function parseMessage(bytes: Buffer): SipMessage | Refused {
  if (bytes.length > MAX_MESSAGE_BYTES) return silent(`message of ${bytes.length} bytes; at most ${MAX_MESSAGE_BYTES} are read`);
  const start = skipLineEnds(bytes);
  if (start === bytes.length) return silent('keep-alive');
  const blank = bytes.indexOf('\r\n\r\n', start);
  const head = bytes.toString('utf8', start, blank < 0 ? bytes.length : blank);
  const [first = '', ...lines] = unfold(head);
  const startLine = first.length > MAX_LINE_CHARACTERS ? undefined : parseStartLine(first);
  if (startLine === undefined) return silent('neither a request line nor a status line');
  const fields = readHeaders(lines);
  if ('status' in fields) return refuse(startLine, fields, readable(lines));
  if (startLine.wrong) return refuse(startLine, startLine.wrong, fields);
  if (blank < 0) return refuse(startLine, bad('no blank line behind the header fields'), fields);
  const body = bodyOf(bytes.subarray(blank + 4), fields);
  if ('status' in body) return refuse(startLine, body, fields);
  return assemble(startLine, fields, body.body);
}

function bad(reason: string): Fault {
  return { status: 400, reason };
}

function silent(reason: string): Refused {
  return { kind: 'refused', status: 0, reason };
}

/** A broken response or ACK, and a request that does not say where an answer goes, get silence. */
function refuse(startLine: StartLine, fault: Fault, headers: readonly Header[]): Refused {
  const written = header({ headers }, 'via');
  const via = parseVia(written ?? '');
  const answerable = startLine.kind === 'request' && startLine.method !== 'ACK';
  if (!answerable || written === undefined) return silent(fault.reason);
  const echoed = headers.filter(({ name }, index) => name === 'via' || isFirstEcho(headers, name, index));
  return { kind: 'refused', status: fault.status, reason: fault.reason, echo: { ...(via === undefined ? {} : { via }), headers: echoed } };
}

function isFirstEcho(headers: readonly Header[], name: string, index: number): boolean {
  if (name !== 'from' && name !== 'to' && name !== 'call-id' && name !== 'cseq') return false;
  return headers.findIndex((each) => each.name === name) === index;
}

function skipLineEnds(bytes: Buffer): number {
  let start = 0;
  while (start < bytes.length && (bytes[start] === 13 || bytes[start] === 10)) start += 1;
  return start;
}

/** Lines with continuation lines joined by one blank (RFC 3261 §7.3.1). */
function unfold(head: string): string[] {
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
}

function parseStartLine(line: string): StartLine | undefined {
  const status = /^SIP\/2\.0 (\d{3})(?: (.*))?$/i.exec(line);
  if (status) {
    const code = Number(status[1]);
    return code >= 100 && code <= 699 ? { kind: 'response', status: code, reason: status[2] ?? '' } : undefined;
  }
  return parseRequestLine(line);
}

/** Cut by hand: an expression with three runs of blanks takes quadratic time on a line of blanks. */
function parseRequestLine(line: string): StartLine | undefined {
  const first = line.search(/[ \t]/);
  const last = line.trimEnd().search(/[ \t]SIP\/\d{1,3}\.\d{1,3}$/i);
  const method = line.slice(0, Math.max(first, 0));
  if (last < first || !isToken(method)) return undefined;
  const refusal = (wrong: Fault): StartLine => ({ kind: 'request', method, wrong });
  if (!/^SIP\/2\.0[ \t]*$/i.test(line.slice(last + 1))) return refusal({ status: 505, reason: 'Version Not Supported' });
  const uri = parseUri(line.slice(first + 1, last));
  if (uri === undefined) return refusal(bad('Request-URI is not a URI'));
  if (line !== line.trimEnd()) return refusal(bad('blanks behind the request line'));
  return uri.headers === undefined ? { kind: 'request', method, uri } : refusal(bad('header fields in the Request-URI'));
}

function readHeaders(lines: readonly string[]): readonly Header[] | Fault {
  if (lines.length > MAX_HEADERS) return bad(`${lines.length} header fields; at most ${MAX_HEADERS} are read`);
  const headers: Header[] = [];
  for (const line of lines) {
    if (line === '') continue;
    if (line.length > MAX_LINE_CHARACTERS) return bad(`header field of more than ${MAX_LINE_CHARACTERS} characters`);
    const fields = readLine(line);
    if (fields === undefined) return bad('a header field is "name: value"');
    headers.push(...fields);
    if (headers.length > MAX_HEADERS) return bad(`more than ${MAX_HEADERS} header values`);
  }
  return headers;
}

/** What can be read of a head that is refused as a whole. */
function readable(lines: readonly string[]): readonly Header[] {
  return lines
    .slice(0, MAX_HEADERS)
    .filter((line) => line.length <= MAX_LINE_CHARACTERS)
    .flatMap((line) => readLine(line) ?? [])
    .slice(0, MAX_HEADERS);
}

function readLine(line: string): Header[] | undefined {
  const colon = line.indexOf(':');
  const written = line.slice(0, Math.max(colon, 0)).trimEnd().toLowerCase();
  // A CR or LF alone would end the line for somebody further down the path.
  if (!isToken(written) || /[\r\n]/.test(line)) return undefined;
  const name = LONG_NAMES[written] ?? written;
  const value = line.slice(colon + 1).trim();
  if (!LISTS.has(name)) return [Object.freeze({ name, value })];
  return splitOutside(value, ',')?.map((each) => Object.freeze({ name, value: each }));
}

function bodyOf(rest: Buffer, headers: readonly Header[]): { readonly body: Buffer } | Fault {
  const text = header({ headers }, 'content-length');
  if (text === undefined) return { body: rest };
  const length = readNumber(text, MAX_MESSAGE_BYTES);
  if (length === undefined) return bad('Content-Length is not a number of bytes');
  return length > rest.length ? bad('Content-Length is larger than the message') : { body: rest.subarray(0, length) };
}

function assemble(startLine: Exclude<StartLine, { wrong: Fault }>, headers: readonly Header[], body: Buffer): SipMessage | Refused {
  const wrong = (reason: string) => refuse(startLine, bad(reason), headers);
  const repeated = SINGLE.find((name) => headerValues({ headers }, name).length > 1);
  if (repeated !== undefined) return wrong(`more than one ${repeated}`);
  const via = parseVia(header({ headers }, 'via') ?? '');
  const from = parseAddress(header({ headers }, 'from') ?? '');
  const to = parseAddress(header({ headers }, 'to') ?? '');
  const callId = header({ headers }, 'call-id') ?? '';
  const cseq = parseCSeq(header({ headers }, 'cseq') ?? '');
  if (!via) return wrong('missing or broken Via');
  if (!from) return wrong('missing or broken From');
  if (!to) return wrong('missing or broken To');
  if (!/^\S{1,1024}$/.test(callId)) return wrong('missing or broken Call-ID');
  if (!cseq) return wrong('missing or broken CSeq');
  const contacts = addressesOf(headers);
  if (contacts === undefined) return wrong('broken Contact, Route or Record-Route');
  const forwards = header({ headers }, 'max-forwards');
  if (forwards !== undefined && readNumber(forwards, 255) === undefined) return wrong('Max-Forwards is not 0 to 255');
  const contact = contacts[0] === undefined ? {} : { contact: contacts[0] };
  const common = { headers: Object.freeze(headers), body, via, from, to, callId, cseq, ...contact };
  if (startLine.kind === 'response') return Object.freeze({ ...common, ...startLine });
  return cseq.method === startLine.method ? Object.freeze({ ...common, ...startLine }) : wrong('CSeq names another method');
}

/** The Contacts; undefined when one of them or a Route or Record-Route is broken. */
function addressesOf(headers: readonly Header[]) {
  const written = headerValues({ headers }, 'contact');
  const isStar = written.length === 1 && written[0] === '*';
  const routes = [...headerValues({ headers }, 'route'), ...headerValues({ headers }, 'record-route')];
  return parseAddresses(routes) === undefined ? undefined : parseAddresses(isStar ? [] : written);
}

function parseCSeq(text: string): CSeq | undefined {
  const parts = /^(\d{1,16})[ \t]+(\S+)$/.exec(text);
  const number = readNumber(parts?.[1] ?? '', MAX_CSEQ);
  const method = parts?.[2] ?? '';
  return number === undefined || !isToken(method) ? undefined : Object.freeze({ number, method });
}
