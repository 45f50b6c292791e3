/** The small parts of SIP's grammar (RFC 3261 §25.1) that every header field is made of. */

/** Parameters by lower-case name; `undefined` = the name stands alone (`;lr`). Values keep quotes off and escapes resolved. */
export type Params = ReadonlyMap<string, string | undefined>;

export const NO_PARAMS: Params = new Map();

const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/;
/** What may stand unquoted after `=`: a token, a host or an IPv6 reference. */
const PLAIN_VALUE = /^[A-Za-z0-9\-.!%*_+`'~:[\]]+$/;
const MAX_PARAMS = 64;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** One run of digits; undefined for anything else and for more than `max`. */
export function readNumber(text: string, max: number): number | undefined {
  if (!/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= max ? number : undefined;
}

/** Index just behind the quoted string that begins at `start`; -1 when its closing quote is missing. */
export function endOfQuoted(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === '"') return index + 1;
  }
  return -1;
}

/** `"a \" b"` → `a " b`; the text begins and ends with a quote. */
export function unquote(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\([\s\S])/g, '$1');
}

export function quote(text: string): string {
  return `"${text.replace(/(["\\])/g, '\\$1')}"`;
}

/** Cuts at `separator` outside of quotes and angle brackets and trims; undefined when a quote or bracket stays open. */
export function splitOutside(text: string, separator: ',' | ';'): string[] | undefined {
  const parts: string[] = [];
  let start = 0;
  let inBrackets = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"' && !inBrackets) {
      const end = endOfQuoted(text, index);
      if (end < 0) return undefined;
      index = end - 1;
    } else if (character === '<') inBrackets = true;
    else if (character === '>') inBrackets = false;
    else if (character === separator && !inBrackets) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  if (inBrackets) return undefined;
  parts.push(text.slice(start).trim());
  return parts;
}

/** Reads `;name=value;name` (empty = none); undefined for an empty, nameless or repeated parameter, or a broken value. */
export function parseParams(text: string): Params | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return NO_PARAMS;
  if (!trimmed.startsWith(';')) return undefined;
  const parts = splitOutside(trimmed.slice(1), ';');
  if (parts === undefined || parts.length > MAX_PARAMS) return undefined;
  const params = new Map<string, string | undefined>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase();
    if (!isToken(name) || params.has(name)) return undefined;
    const value = equals < 0 ? undefined : parseValue(part.slice(equals + 1).trim());
    if (value === null) return undefined;
    params.set(name, value);
  }
  return params;
}

/** null = neither a plain value nor one whole quoted string. */
function parseValue(text: string): string | null {
  if (text.startsWith('"')) return endOfQuoted(text, 0) === text.length ? unquote(text) : null;
  return PLAIN_VALUE.test(text) ? text : null;
}

export function printParams(params: Params): string {
  return [...params].map(([name, value]) => `;${name}${value === undefined ? '' : `=${printValue(value)}`}`).join('');
}

function printValue(value: string): string {
  return PLAIN_VALUE.test(value) ? value : quote(value);
}
