/** Via (RFC 3261 §20.42) with `received` and `rport` (RFC 3581). */

import { type Params, parseParams, printParams } from './lexical.ts';
import type { Destination, Origin, Transport } from './transport.ts';
import { printHost } from './uri.ts';

export interface Via {
  /** Upper case: UDP, TCP, or one that we do not speak. */
  readonly transport: string;
  /** sent-by, IPv6 without brackets. */
  readonly host: string;
  readonly port?: number;
  readonly params: Params;
}

/** What a branch begins with when it is unique by itself (RFC 3261 §8.1.1.7). */
export const MAGIC_COOKIE = 'z9hG4bK';

const SENT_BY = /^SIP ?\/ ?2\.0 ?\/ ?([A-Za-z0-9\-.!%*_+`'~]+) (\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+) ?(?:: ?(\d{1,5}))? ?(;.*)?$/is;

export function parseVia(text: string): Via | undefined {
  // Runs of blanks are joined first: the optional blanks of the expression would take quadratic time on them.
  const parts = SENT_BY.exec(text.replace(/\s+/g, ' ').trim());
  if (!parts) return undefined;
  const [, transport = '', host = '', portText, paramText = ''] = parts;
  const port = portText === undefined ? undefined : Number(portText);
  const params = parseParams(paramText);
  if (params === undefined || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return Object.freeze({
    transport: transport.toUpperCase(),
    host: host.replace(/^\[|\]$/g, '').toLowerCase(),
    ...(port === undefined ? {} : { port }),
    params,
  });
}

export function printVia(via: Via): string {
  return `SIP/2.0/${via.transport} ${printHost(via.host)}${via.port === undefined ? '' : `:${via.port}`}${printParams(via.params)}`;
}

/** The Via that a response must carry: `received` where sent-by is not the real source, `rport` filled in when it was asked for. */
export function stampVia(via: Via, origin: Origin): Via {
  const params = new Map(via.params);
  const asked = params.has('rport');
  params.delete('received');
  if (asked) params.set('rport', String(origin.port));
  if (asked || via.host !== origin.address) params.set('received', origin.address);
  return Object.freeze({ ...via, params });
}

/**
 * Where the response to a request goes (RFC 3261 §18.2.2, RFC 3581 §4). Always the address the request came from: a Via
 * cannot make us send to a third party. `maddr` is ignored for the same reason.
 */
export function responseDestination(via: Via, origin: Origin): Destination {
  const port = origin.transport === 'UDP' && via.params.has('rport') ? origin.port : (via.port ?? 5060);
  const connection = origin.connection === undefined ? {} : { connection: origin.connection };
  return { transport: origin.transport, host: origin.address, port, ...connection };
}

/** The Via of a request of ours; `rport` makes peers behind NATs and ours answer to the real source. */
export function ownVia(transport: Transport, sentBy: { readonly host: string; readonly port: number }, branch: string): Via {
  const params: Params = new Map([
    ['branch', branch],
    ['rport', undefined],
  ]);
  return Object.freeze({ transport, host: sentBy.host, port: sentBy.port, params });
}
