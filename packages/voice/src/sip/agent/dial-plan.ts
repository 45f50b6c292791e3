import type { Address } from '../address.ts';
import { destinationOfUri } from '../dialog.ts';
import { isToken, NO_PARAMS } from '../lexical.ts';
import type { Header } from '../message.ts';
import type { Destination } from '../transport.ts';
import { escapeUser, parseUri, type Uri } from '../uri.ts';
import type { DialRefusal, DialRequest, RegistrationOrder } from '../user-agent.ts';
import type { DialPlan } from './dialled-call.ts';
import type { RegistrationPlan } from './trunk-registration.ts';

/** Timer C: how long a call may ring (RFC 3261 §16.6). */
const RING_MS = 180_000;
/** Written by the agent itself. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  ...['via', 'from', 'to', 'call-id', 'cseq', 'contact', 'max-forwards', 'route', 'record-route', 'content-length'],
  ...['content-type', 'allow', 'supported', 'require', 'authorization', 'proxy-authorization', 'session-expires'],
]);

/**
 * Checks a dial request; `home` is the URI text of our own user, for the host of a From given as a user part. `flow`: where
 * it goes whatever the URI says.
 */
export function planDial(
  request: DialRequest,
  home: { readonly user: string; readonly hostPort: string },
  tag: string,
  flow?: Destination,
): DialPlan | DialRefusal {
  const uri = parseUri(request.uri);
  if (uri === undefined || uri.headers !== undefined || !(uri.scheme === 'sip' || uri.scheme === 'tel')) {
    return invalid(`${quoted(request.uri)} is not a sip: or tel: URI`);
  }
  const proxy = request.proxy === undefined ? undefined : parseUri(request.proxy);
  if (request.proxy !== undefined && proxy === undefined) return invalid(`the proxy ${quoted(request.proxy)} is not a sip: URI`);
  const destination = flow ?? destinationOfUri(proxy ?? uri);
  if (destination === undefined) return invalid('the next hop must be a sip: URI over udp or tcp; a tel: URI needs a proxy');
  const from = fromOf(request, home, tag);
  if (from === undefined) return invalid(`the sender ${quoted(request.from ?? '')} is neither a user part nor a sip: URI`);
  const headers = (request.headers ?? []).map(([name, value]): Header => ({ name: name.toLowerCase(), value }));
  const wrong = headers.find(({ name, value }) => !isToken(name) || OWN_FIELDS.has(name) || /[\r\n]/.test(value));
  if (wrong) return { refused: 'header.invalid', message: `the header field ${quoted(wrong.name)} is the agent's own or no header field` };
  return {
    uri,
    routes: proxy === undefined ? [] : [routeTo(proxy)],
    destination,
    from,
    to: { uri, params: NO_PARAMS },
    sdp: request.sdp,
    ...(request.credentials === undefined ? {} : { credentials: request.credentials }),
    timeoutMs: request.timeoutMs ?? RING_MS,
    headers,
  };
}

/** Checks an order to register; refused with `uri.invalid`. */
export function planRegistration({ registrar, user, credentials, expiresS = 600 }: RegistrationOrder): RegistrationPlan | DialRefusal {
  const domain = parseUri(registrar);
  const destination = domain && destinationOfUri(domain);
  if (domain === undefined || destination === undefined)
    return invalid(`the registrar ${quoted(registrar)} is not a sip: URI over udp or tcp`);
  const port = domain.port === undefined ? '' : `:${domain.port}`;
  // A REGISTER names the domain alone (RFC 3261 §10.2).
  const host = domain.host?.includes(':') ? `[${domain.host}]` : domain.host;
  const [target, address] = [parseUri(`sip:${host}${port}`), parseUri(`sip:${escapeUser(user)}@${host}${port}`)];
  if (target === undefined || address === undefined) return invalid(`${quoted(user)} is no user part of a sip: URI`);
  if (!(expiresS >= 60 && expiresS <= 86_400)) return invalid(`a registration lasts 60 to 86400 seconds, not ${expiresS}`);
  return { registrar: target, address, destination, expiresS, ...(credentials === undefined ? {} : { credentials }) };
}

function invalid(message: string): DialRefusal {
  return { refused: 'uri.invalid', message };
}

function quoted(text: string): string {
  return `"${text.slice(0, 80)}"`;
}

function fromOf(request: DialRequest, home: { readonly user: string; readonly hostPort: string }, tag: string): Address | undefined {
  const given = request.from ?? home.user;
  const uri = /^sip:/i.test(given) ? parseUri(given) : parseUri(`sip:${escapeUser(given)}@${home.hostPort}`);
  if (uri === undefined || uri.headers !== undefined) return undefined;
  const name = request.displayName === undefined ? {} : { displayName: request.displayName.replace(/[\r\n]/g, ' ') };
  return { ...name, uri, params: new Map([['tag', tag]]) };
}

/** A preloaded route is a loose one; without `lr` the proxy would be taken for one of RFC 2543. */
function routeTo(proxy: Uri): string {
  return `<${proxy.text}${proxy.params.has('lr') ? '' : ';lr'}>`;
}
