import { type Address, printAddress } from './address.ts';
import { type Header, headerValues, type Refused, type SipRequest, type SipResponse, tagOf } from './message.ts';
import { printRaw } from './print.ts';
import type { Origin } from './transport.ts';
import { printVia, stampVia } from './via.ts';

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  504: 'Server Time-out',
  505: 'Version Not Supported',
  600: 'Busy Everywhere',
  603: 'Decline',
};
const EMPTY = Buffer.alloc(0);

export interface ResponseParts {
  readonly reason?: string;
  /** Added to the To of a request that has no tag yet; every response above 100 needs one. */
  readonly tag?: string;
  readonly contact?: Address;
  /** Further fields in lower-case names. */
  readonly headers?: readonly Header[];
  readonly sdp?: string;
}

export function reasonOf(status: number): string {
  return REASONS[status] ?? '';
}

/** A response as RFC 3261 §8.2.6 asks: Via, From, To, Call-ID, CSeq of the request, Record-Route where a dialog may begin. */
export function buildResponse(request: SipRequest, status: number, parts: ResponseParts = {}): SipResponse {
  const to = withTag(request.to, parts.tag);
  const startsDialog = status > 100 && status < 300;
  const copied = request.headers.filter(({ name }) => name === 'via' || (startsDialog && name === 'record-route'));
  const headers: Header[] = [
    ...copied,
    { name: 'from', value: headerValues(request, 'from')[0] ?? printAddress(request.from) },
    { name: 'to', value: to === request.to ? (headerValues(request, 'to')[0] ?? printAddress(to)) : printAddress(to) },
    { name: 'call-id', value: request.callId },
    { name: 'cseq', value: `${request.cseq.number} ${request.cseq.method}` },
    ...(parts.contact === undefined ? [] : [{ name: 'contact', value: printAddress(parts.contact) }]),
    ...(parts.headers ?? []),
    ...(parts.sdp === undefined ? [] : [{ name: 'content-type', value: 'application/sdp' }]),
  ];
  return Object.freeze({
    kind: 'response',
    status,
    reason: parts.reason ?? reasonOf(status),
    headers: Object.freeze(headers),
    body: parts.sdp === undefined ? EMPTY : Buffer.from(parts.sdp, 'utf8'),
    via: request.via,
    from: request.from,
    to,
    callId: request.callId,
    cseq: request.cseq,
    ...(parts.contact === undefined ? {} : { contact: parts.contact }),
  });
}

function withTag(to: Address, tag: string | undefined): Address {
  if (tag === undefined || tagOf(to) !== undefined) return to;
  return Object.freeze({ ...to, params: new Map([...to.params, ['tag', tag]]) });
}

/** The answer to a request that could not be parsed, from the fields that could be read; undefined = silence. */
export function printRefusal(refused: Refused, origin: Origin, tag: string): Buffer | undefined {
  if (refused.echo === undefined || refused.status === 0) return undefined;
  const { via, headers } = refused.echo;
  const top = headers.findIndex(({ name }) => name === 'via');
  const stamped = headers.map((field, index) =>
    via !== undefined && index === top ? { name: 'via', value: printVia(stampVia(via, origin)) } : field,
  );
  const tagged = stamped.map((field) => (field.name === 'to' && !/;\s*tag\s*=/i.test(field.value) ? addTag(field, tag) : field));
  const reason = refused.status === 400 ? `Bad Request (${refused.reason})` : reasonOf(refused.status);
  return printRaw(`SIP/2.0 ${refused.status} ${reason}`, tagged, EMPTY);
}

function addTag(field: Header, tag: string): Header {
  return { name: field.name, value: `${field.value};tag=${tag}` };
}

/** The same request with `received` and `rport` in its topmost Via, as every layer above the transport sees it. */
export function stampRequest(request: SipRequest, origin: Origin): SipRequest {
  const via = stampVia(request.via, origin);
  const top = request.headers.findIndex(({ name }) => name === 'via');
  const headers = request.headers.map((field, index) => (index === top ? { name: 'via', value: printVia(via) } : field));
  return Object.freeze({ ...request, via, headers: Object.freeze(headers) });
}
