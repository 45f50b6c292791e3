/** Which transaction a message belongs to (RFC 3261 §17.1.3, §17.2.3). */

import { type SipRequest, type SipResponse, tagOf } from '../message.ts';
import { MAGIC_COOKIE, printVia } from '../via.ts';

/**
 * The key of the server transaction of a request. An ACK has the key of its INVITE; `method` gives the key of the same
 * branch with another method, which is how a CANCEL finds its INVITE.
 */
export function serverKey(request: SipRequest, method = request.method): string {
  const { via } = request;
  const kind = method === 'ACK' ? 'INVITE' : method;
  const branch = via.params.get('branch') ?? '';
  if (branch.startsWith(MAGIC_COOKIE) && branch.length > MAGIC_COOKIE.length) return [branch, via.host, via.port ?? '', kind].join(' ');
  // RFC 2543: no unique branch. The To tag is left out, because an ACK has one where its INVITE had none.
  return [request.callId, request.cseq.number, tagOf(request.from) ?? '', request.uri.text, printVia(via), kind].join(' ');
}

export function clientKey(branch: string, method: string): string {
  return `${branch} ${method}`;
}

export function clientKeyOf(response: SipResponse): string {
  return clientKey(response.via.params.get('branch') ?? '', response.cseq.method);
}
