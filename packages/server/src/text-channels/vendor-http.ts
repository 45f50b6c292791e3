import { type FetchedFile, type OutgoingFile, type VendorFault, vendorFault } from './vendor.ts';

type Json = Readonly<Record<string, unknown>>;

export interface VendorAnswer {
  readonly status: number;
  readonly json: Json;
}

export interface VendorRequest {
  /** https, or http on this machine */
  readonly url: URL;
  /** absent = GET */
  readonly body?: Json | FormData | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

const timeoutMs = 15_000;
const fileTimeoutMs = 60_000;
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
      headers: { ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
      redirect: 'error',
      signal: AbortSignal.timeout(body instanceof FormData ? fileTimeoutMs : timeoutMs),
    });
    const read = await bytesOf(answer, mostBytes);
    if (read === undefined) return vendorFault('busy', 'an answer of more than 8 MB');
    return jsonAnswer(answer.status, read);
  } catch (error) {
    return unreachable(error);
  }
}

/**
 * A file from a vendor: what it answers with JSON is no file. Its size is bounded while it comes, whatever it says of itself, and so is
 * the time, 60 s.
 */
export async function askVendorForFile(
  { url, headers }: Pick<VendorRequest, 'url' | 'headers'>,
  largest: number,
): Promise<FetchedFile | VendorAnswer | 'too-large' | VendorFault> {
  try {
    const answer = await fetch(url, { headers: { ...headers }, redirect: 'error', signal: AbortSignal.timeout(fileTimeoutMs) });
    const disposition = answer.headers.get('content-disposition') ?? '';
    const isFile =
      answer.ok && (disposition !== '' || !/^(?:application\/json|text\/plain)\b/.test(answer.headers.get('content-type') ?? ''));
    const bytes = await bytesOf(answer, isFile ? largest : mostBytes);
    if (bytes === undefined) return 'too-large';
    if (!answer.ok && answer.status >= 400 && answer.status < 500) return { status: answer.status, json: jsonOf(bytes.toString()) ?? {} };
    if (isFile) return { bytes, name: nameIn(disposition) };
    return jsonAnswer(answer.status, bytes);
  } catch (error) {
    return unreachable(error);
  }
}

/** A file as these APIs take one: a form with the field `media`. */
export function fileForm({ name, type, bytes }: OutgoingFile): FormData {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)], { type }), name);
  return form;
}

function jsonAnswer(status: number, bytes: Buffer): VendorAnswer | VendorFault {
  const json = jsonOf(bytes.toString('utf8'));
  return json === undefined ? vendorFault('busy', `${status} without JSON`) : { status, json };
}

function unreachable(error: unknown): VendorFault {
  const { name, cause } = error instanceof Error ? error : new Error(String(error));
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return vendorFault('unreachable', `${name} ${code}`.trim());
}

async function bytesOf(answer: Response, largest: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > largest) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The name in a `content-disposition`, as far as it can be read; what is made of it is decided where it is kept. */
function nameIn(disposition: string): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? [];
  const [, plain] = /filename="?([^";]+)/i.exec(disposition) ?? [];
  try {
    return encoded === undefined ? plain : decodeURIComponent(encoded);
  } catch {
    return plain;
  }
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
