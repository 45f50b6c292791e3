/** SIP and tel URIs (RFC 3261 §19.1, RFC 3966). Other schemes are kept as text: a request to them is answered 416. */

export interface Uri {
  /** Lower case. */
  readonly scheme: string;
  /** As written, escapes included; for `tel` the number with its visual separators. */
  readonly user?: string;
  /** Without the brackets of IPv6; lower case. Absent for every scheme but sip and sips. */
  readonly host?: string;
  readonly port?: number;
  /** Names in lower case, values as written. */
  readonly params: ReadonlyMap<string, string>;
  /** What follows `?`; must not stand in a Request-URI. */
  readonly headers?: string;
  /** As received. */
  readonly text: string;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):(\S+)$/;
const HOST_PORT = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
/** user and password: unreserved, user-unreserved, escapes; `#` is forbidden there but common in dial strings (*31#…). */
const USER_INFO = /^[A-Za-z0-9\-_.!~*'()&=+$,;?/:%#]*$/;
const PARAMETER = /^[A-Za-z0-9\-_.!~*'()[\]/:&+$%]+$/;
const MAX_LENGTH = 2_048;

/** Undefined for text that is no absolute URI, or a sip/sips/tel URI that breaks its grammar. */
export function parseUri(text: string): Uri | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const parts = SCHEME.exec(text);
  if (!parts) return undefined;
  const scheme = (parts[1] ?? '').toLowerCase();
  const rest = parts[2] ?? '';
  // Brackets and quotes would break out of the header field that the URI is printed into later.
  if (/[<>"]/.test(rest)) return undefined;
  if (scheme === 'sip' || scheme === 'sips') return parseSip(scheme, rest, text);
  if (scheme === 'tel') return parseTel(rest, text);
  return Object.freeze({ scheme, params: new Map(), text });
}

function parseSip(scheme: string, rest: string, text: string): Uri | undefined {
  const at = rest.lastIndexOf('@');
  const user = at < 0 ? undefined : rest.slice(0, at);
  if (user !== undefined && (user === '' || !USER_INFO.test(user))) return undefined;
  const [address = '', ...headerParts] = rest.slice(at + 1).split('?');
  const [hostPort = '', ...paramTexts] = address.split(';');
  const where = HOST_PORT.exec(hostPort);
  const port = where?.[2] === undefined ? undefined : Number(where[2]);
  const params = parseUriParams(paramTexts);
  if (!where || params === undefined || (port !== undefined && (port < 1 || port > 65_535))) return undefined;
  return Object.freeze({
    scheme,
    ...(user === undefined ? {} : { user }),
    host: (where[1] ?? '').replace(/^\[|\]$/g, '').toLowerCase(),
    ...(port === undefined ? {} : { port }),
    params,
    ...(headerParts.length === 0 ? {} : { headers: headerParts.join('?') }),
    text,
  });
}

function parseTel(rest: string, text: string): Uri | undefined {
  const [number = '', ...paramTexts] = rest.split(';');
  const params = parseUriParams(paramTexts);
  if (!/^\+?[0-9A-Fa-f*#\-.()]+$/.test(number) || params === undefined) return undefined;
  return Object.freeze({ scheme: 'tel', user: number, params, text });
}

function parseUriParams(texts: readonly string[]): ReadonlyMap<string, string> | undefined {
  const params = new Map<string, string>();
  for (const text of texts) {
    const equals = text.indexOf('=');
    const name = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
    const value = equals < 0 ? '' : text.slice(equals + 1);
    if (!PARAMETER.test(name) || (equals >= 0 && !PARAMETER.test(value))) return undefined;
    // Forbidden twice, but soft phones add a `transport` of their own to a typed one: the first counts.
    if (!params.has(name)) params.set(name, value);
  }
  return params;
}

/**
 * The user part as people know it: escapes resolved, password and user parameters (`;phone-context=…`) left out, and the
 * visual separators of a tel number. A control character that an escape would bring in leaves the text as written.
 */
export function userOf(uri: Uri): string | undefined {
  if (uri.user === undefined) return undefined;
  if (uri.scheme === 'tel') return uri.user.replace(/[-.()]/g, '');
  const bare = (uri.user.split(':')[0] ?? '').split(';')[0] ?? '';
  const plain = withoutEscapes(bare);
  return plain === '' ? undefined : plain;
}

function withoutEscapes(text: string): string {
  try {
    const plain = decodeURIComponent(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    return /[\u0000-\u001f\u007f]/.test(plain) ? text : plain;
  } catch {
    return text; // `%` that is no escape (RFC 4475 §3.1.1.5)
  }
}

export function escapeUser(user: string): string {
  return encodeURIComponent(user).replace(/%(24|26|2B|2C|3D)/g, (code) => decodeURIComponent(code));
}

/** Host as it stands in a URI or Via: IPv6 in brackets. */
export function printHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
