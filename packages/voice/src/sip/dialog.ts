/** Dialogs (RFC 3261 §12) as frozen data: who talks to whom, by which way, and the counting of requests. */

import { type Address, parseAddress } from './address.ts';
import { headerValues, type SipRequest, type SipResponse, tagOf } from './message.ts';
import type { RequestParts } from './request.ts';
import type { Destination, Origin } from './transport.ts';
import type { Uri } from './uri.ts';

export interface Dialog {
  readonly callId: string;
  /** With their tags. */
  readonly local: Address;
  readonly remote: Address;
  /** The number of our last request. */
  readonly localSequence: number;
  /** The number of the far end's last request. */
  readonly remoteSequence: number;
  /** Where the far end wants its requests: its newest Contact. */
  readonly target: Uri;
  /** Route values in the order of use. */
  readonly routes: readonly string[];
  /** How the dialog began: its transport, and the connection that later requests go on as long as it is open. */
  readonly flow: Destination;
}

export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId} ${localTag} ${remoteTag}`;
}

export function keyOf(dialog: Dialog): string {
  return dialogKey(dialog.callId, tagOf(dialog.local) ?? '', tagOf(dialog.remote) ?? '');
}

/** The dialog of an INVITE that came in. Without a Contact (RFC 2543) the far end is where its From says. */
export function dialogOfArrived(invite: SipRequest, origin: Origin, tag: string, sequence: number): Dialog {
  const { transport, address, port, connection } = origin;
  return Object.freeze({
    callId: invite.callId,
    local: tagged(invite.to, tag),
    remote: invite.from,
    localSequence: sequence,
    remoteSequence: invite.cseq.number,
    target: (invite.contact ?? invite.from).uri,
    routes: headerValues(invite, 'record-route'),
    flow: { transport, host: address, port, ...(connection === undefined ? {} : { connection }) },
  });
}

/** The dialog of a 2xx to an INVITE of ours, sent to `flow`. */
export function dialogOfDialled(invite: SipRequest, response: SipResponse, flow: Destination): Dialog {
  return Object.freeze({
    callId: invite.callId,
    local: invite.from,
    remote: response.to,
    localSequence: invite.cseq.number,
    remoteSequence: -1,
    target: (response.contact ?? { uri: invite.uri }).uri,
    routes: headerValues(response, 'record-route').reverse(),
    flow,
  });
}

function tagged(address: Address, tag: string): Address {
  return tagOf(address) === undefined ? Object.freeze({ ...address, params: new Map([...address.params, ['tag', tag]]) }) : address;
}

/** A request inside the dialog. `sequence` is given for an ACK, which has the number of its INVITE. */
export function requestWithin(dialog: Dialog, method: string, sequence: number): RequestParts {
  const { uri, routes } = routed(dialog);
  return { method, uri, from: dialog.local, to: dialog.remote, callId: dialog.callId, sequence, routes };
}

/** A first route without `lr` is a strict router of RFC 2543: it takes the Request-URI, the target goes last (§12.2.1.1). */
function routed(dialog: Dialog): { readonly uri: Uri; readonly routes: readonly string[] } {
  const first = parseAddress(dialog.routes[0] ?? '');
  if (first === undefined || first.uri.params.has('lr')) return { uri: dialog.target, routes: dialog.routes };
  return { uri: first.uri, routes: [...dialog.routes.slice(1), `<${dialog.target.text}>`] };
}

/** Where requests of the dialog go: its first route, else its target; on a stream, the connection while it is open. */
export function destinationOf(dialog: Dialog): Destination {
  const hop = parseAddress(dialog.routes[0] ?? '')?.uri ?? dialog.target;
  const wanted = destinationOfUri(hop, dialog.flow.transport) ?? dialog.flow;
  const { connection } = dialog.flow;
  return connection === undefined ? wanted : { ...wanted, transport: dialog.flow.transport, connection };
}

/** Undefined for what we cannot send to: another scheme, sips, or a transport other than UDP and TCP. */
export function destinationOfUri(uri: Uri, fallback: Destination['transport'] = 'UDP'): Destination | undefined {
  const named = uri.params.get('transport')?.toUpperCase();
  if (uri.scheme !== 'sip' || uri.host === undefined) return undefined;
  if (named !== undefined && named !== 'UDP' && named !== 'TCP') return undefined;
  return { transport: named ?? fallback, host: uri.host, port: uri.port ?? 5060 };
}

/** Takes a request of the far end: undefined when it is older than the last (500, §12.2.2). */
export function receive(dialog: Dialog, request: SipRequest): Dialog | undefined {
  if (request.cseq.number < dialog.remoteSequence) return undefined;
  return Object.freeze({ ...dialog, remoteSequence: request.cseq.number });
}

/** An INVITE or UPDATE that was accepted, and the 2xx to one of ours, carry the far end's present address. */
export function retarget(dialog: Dialog, message: SipRequest | SipResponse): Dialog {
  return message.contact ? Object.freeze({ ...dialog, target: message.contact.uri }) : dialog;
}
