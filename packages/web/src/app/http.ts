import { type RefusalOnWire, refusal } from '@threerings/core/wire/refusal';
import type { z } from 'zod';

/**
 * Why a request had no result. `network`: no answer at all, so repeating is safe for reads and for commands with an id.
 * `refused`: the server said no, with words. `signed-out`: no session. `server`: 5xx. `shape`: an answer this page cannot read.
 */
export type HttpFailureKind = 'network' | 'refused' | 'signed-out' | 'server' | 'shape';

export class HttpFailure extends Error {
  readonly kind: HttpFailureKind;
  readonly status: number;
  readonly refusal: RefusalOnWire | undefined;

  constructor(kind: HttpFailureKind, status: number, refused?: RefusalOnWire) {
    super(refused?.message ?? `${kind} ${status}`);
    this.kind = kind;
    this.status = status;
    this.refusal = refused;
  }
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  /** a file as the whole body, instead of `body` */
  readonly bytes?: Blob;
  readonly headers?: Readonly<Record<string, string>>;
  readonly csrf?: string;
  readonly signal?: AbortSignal;
}

/** One request to our own server; the answer is checked against `schema`. Throws `HttpFailure` only. */
export async function request<S extends z.ZodType>(path: string, schema: S, options: Request = {}): Promise<z.infer<S>> {
  const response = await send(path, options);
  const body = await bodyOf(response);
  if (!response.ok) throw failureOf(response.status, body);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new HttpFailure('shape', response.status);
  return parsed.data;
}

/** The bytes of a file. Throws `HttpFailure` only. */
export async function requestFile(path: string, options: Request = {}): Promise<Blob> {
  const response = await send(path, options);
  if (!response.ok) throw failureOf(response.status, await bodyOf(response));
  return response.blob();
}

async function send(path: string, { method = 'GET', body, bytes, csrf, signal, headers: more }: Request): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', ...language(), ...more };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (bytes !== undefined) headers['content-type'] = 'application/octet-stream';
  if (csrf !== undefined) headers['x-csrf-token'] = csrf;
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(bytes === undefined ? {} : { body: bytes }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch {
    throw new HttpFailure('network', 0);
  }
}

/** Refusals come in the language of the page, not of the browser. */
function language(): Record<string, string> {
  return typeof document === 'undefined' ? {} : { 'accept-language': document.documentElement.lang };
}

async function bodyOf(response: Response): Promise<unknown> {
  if (response.status === 204) return {};
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function failureOf(status: number, body: unknown): HttpFailure {
  const words = refusal.safeParse(body);
  const said = words.success ? words.data : undefined;
  if (status === 401) return new HttpFailure('signed-out', status, said);
  if (status >= 500) return new HttpFailure('server', status, said);
  return new HttpFailure('refused', status, said);
}
