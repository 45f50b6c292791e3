/** What canonical JSON can hold. Keys whose value is undefined are left out, as in `JSON.stringify`. */
export type CanonicalValue =
  | null
  | boolean
  | number
  | string
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/**
 * JSON in the one form of RFC 8785: object keys sorted by UTF-16 code units, no white space, numbers and strings as
 * ECMAScript prints them. Two equal values give the same text, so that hashes over it can be compared.
 * Numbers that JSON has no form for are a bug of the caller, and so are lone surrogates (RFC 8785, 3.2.2.2).
 */
export function canonical(value: CanonicalValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`canonical JSON: expected a finite number, found ${value}`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member !== undefined) members.push(`${quoted(key)}:${canonical(member)}`);
  }
  return `{${members.join(',')}}`;
}

function isList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function quoted(text: string): string {
  if (loneSurrogate.test(text)) throw new RangeError('canonical JSON: expected well-formed Unicode, found a lone surrogate');
  return JSON.stringify(text);
}
