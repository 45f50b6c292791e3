import { type Address, printAddress } from './address.ts';
import type { Header, SipRequest } from './message.ts';
import type { Uri } from './uri.ts';
import { printVia, type Via } from './via.ts';

/** Everything a request of ours is made of; the Via comes from the transaction. */
export interface RequestParts {
  readonly method: string;
  readonly uri: Uri;
  readonly from: Address;
  readonly to: Address;
  readonly callId: string;
  readonly sequence: number;
  /** Route values, printed. */
  readonly routes?: readonly string[];
  readonly contact?: Address;
  /** Further fields in lower-case names. */
  readonly headers?: readonly Header[];
  readonly body?: { readonly type: string; readonly text: string };
}

const EMPTY = Buffer.alloc(0);

export function buildRequest(parts: RequestParts, via: Via): SipRequest {
  const headers: Header[] = [
    { name: 'via', value: printVia(via) },
    { name: 'max-forwards', value: '70' },
    ...(parts.routes ?? []).map((value) => ({ name: 'route', value })),
    { name: 'from', value: printAddress(parts.from) },
    { name: 'to', value: printAddress(parts.to) },
    { name: 'call-id', value: parts.callId },
    { name: 'cseq', value: `${parts.sequence} ${parts.method}` },
    ...(parts.contact === undefined ? [] : [{ name: 'contact', value: printAddress(parts.contact) }]),
    ...(parts.headers ?? []),
    ...(parts.body === undefined ? [] : [{ name: 'content-type', value: parts.body.type }]),
  ];
  return Object.freeze({
    kind: 'request',
    method: parts.method,
    uri: parts.uri,
    headers: Object.freeze(headers),
    body: parts.body === undefined ? EMPTY : Buffer.from(parts.body.text, 'utf8'),
    via,
    from: parts.from,
    to: parts.to,
    callId: parts.callId,
    cseq: Object.freeze({ number: parts.sequence, method: parts.method }),
    ...(parts.contact === undefined ? {} : { contact: parts.contact }),
  });
}

/** The CANCEL of an INVITE of ours (RFC 3261 §9.1): same Via, Request-URI, Call-ID, From, To, Routes and sequence number. */
export function buildCancel(invite: SipRequest, reason?: string): SipRequest {
  return derive(invite, 'CANCEL', invite.to, reason === undefined ? [] : [{ name: 'reason', value: reason }]);
}

/** The ACK of a refused INVITE (RFC 3261 §17.1.1.3), sent by its transaction; To is the one of the response. */
export function buildRefusalAck(invite: SipRequest, to: Address): SipRequest {
  return derive(invite, 'ACK', to, []);
}

function derive(invite: SipRequest, method: 'ACK' | 'CANCEL', to: Address, headers: readonly Header[]): SipRequest {
  const routes = invite.headers.filter(({ name }) => name === 'route').map(({ value }) => value);
  const { uri, from, callId } = invite;
  return buildRequest({ method, uri, from, to, callId, sequence: invite.cseq.number, routes, headers }, invite.via);
}
