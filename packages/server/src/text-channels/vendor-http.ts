import { type VendorFault, vendorFault } from './vendor.ts';

type Json = Readonly<Record<string, unknown>>;

export interface VendorAnswer {
  readonly status: number;
  readonly json: Json;
}

export interface VendorRequest {
  /** https, or http on this machine */
  readonly url: URL;
  /** absent = GET */
  readonly body?: Json | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

const timeoutMs = 15_000;
/** A page of a thousand messages is the largest answer. */
const mostBytes = 8_388_608;

/**
 * One request to a vendor's API. Addresses hold tokens: they stand in no fault and in no log. Redirects are not followed, so that a token
 * goes nowhere else.
 */
export async function askVendor({ url, body, headers }: VendorRequest): Promise<VendorAnswer | VendorFault> {
  try {
    const answer = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await textOf(answer);
    if (text === undefined) return vendorFault('busy', 'an answer of more than 8 MB');
    const json = jsonOf(text);
    if (json === undefined) return vendorFault('busy', `${answer.status} without JSON`);
    return { status: answer.status, json };
  } catch (error) {
    const { name, cause } = error instanceof Error ? error : new Error(String(error));
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    return vendorFault('unreachable', `${name} ${code}`.trim());
  }
}

async function textOf(answer: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): Json | undefined {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** The code in an answer, by the name that this vendor gives it; undefined where there is none. */
export function codeOf({ json }: VendorAnswer, field: 'errcode' | 'code'): number | undefined {
  const code = json[field];
  return typeof code === 'number' ? code : undefined;
}
