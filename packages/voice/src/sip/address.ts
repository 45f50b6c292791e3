/** name-addr and addr-spec of From, To, Contact, Route, Record-Route and P-Asserted-Identity (RFC 3261 §20.10). */

import { endOfQuoted, NO_PARAMS, type Params, parseParams, printParams, quote, splitOutside, unquote } from './lexical.ts';
import { parseUri, type Uri } from './uri.ts';

export interface Address {
  readonly displayName?: string;
  readonly uri: Uri;
  /** Parameters of the header field (`tag`, `q`, …), not of the URI. */
  readonly params: Params;
}

/** The unquoted words before `<`: tokens, and letters of other scripts, which careless peers leave unquoted. */
const WORDS = /^[A-Za-z0-9\-.!%*_+`'~ \t\u0080-\uffff]*$/;

/** Undefined for a broken quote, bracket, URI or parameter, and for `?`, `,` or `;` of a URI that should be in brackets. */
export function parseAddress(text: string): Address | undefined {
  const { displayName, rest } = splitName(text.trim());
  if (rest === undefined) return undefined;
  const bracketed = /^<([^<>]*)>(.*)$/s.exec(rest);
  if (!bracketed) return displayName === undefined ? parseBare(rest) : undefined;
  // No blanks inside the brackets: RFC 4475 §3.1.2.14.
  const uri = parseUri(bracketed[1] ?? '');
  const params = parseParams(bracketed[2] ?? '');
  if (uri === undefined || params === undefined) return undefined;
  return Object.freeze({ ...(displayName === undefined ? {} : { displayName }), uri, params });
}

/** `displayName` is undefined without one; `rest` is undefined when the name is broken. */
function splitName(text: string): { displayName?: string; rest?: string } {
  if (text.startsWith('"')) {
    const end = endOfQuoted(text, 0);
    return end < 0 ? {} : { displayName: unquote(text.slice(0, end)), rest: text.slice(end).trim() };
  }
  const open = text.indexOf('<');
  if (open < 0) return { rest: text };
  const name = text.slice(0, open).trim();
  if (!WORDS.test(name)) return {};
  return name === '' ? { rest: text.slice(open) } : { displayName: name, rest: text.slice(open) };
}

/** Without brackets, everything from the first `;` on belongs to the header field (RFC 3261 §20). */
function parseBare(text: string): Address | undefined {
  const semicolon = text.indexOf(';');
  const uriText = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  if (/[?,]/.test(uriText)) return undefined;
  const uri = parseUri(uriText);
  const params = semicolon < 0 ? NO_PARAMS : parseParams(text.slice(semicolon));
  return uri === undefined || params === undefined ? undefined : Object.freeze({ uri, params });
}

/** All addresses of header field values that may hold several each; undefined when one of them is broken. */
export function parseAddresses(values: readonly string[]): readonly Address[] | undefined {
  const addresses: Address[] = [];
  for (const value of values) {
    for (const part of splitOutside(value, ',') ?? ['']) {
      const address = parseAddress(part);
      if (address === undefined) return undefined;
      addresses.push(address);
    }
  }
  return addresses;
}

export function printAddress(address: Address): string {
  const name = address.displayName === undefined ? '' : `${quote(address.displayName)} `;
  return `${name}<${address.uri.text}>${printParams(address.params)}`;
}
