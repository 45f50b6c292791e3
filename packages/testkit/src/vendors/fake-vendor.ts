import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Callback } from '@threerings/server/text-channels/vendor';

/**
 * What is wrong at the vendor: nobody answers; what was sent arrives and the answer is lost; the credentials are not known any more; files
 * alone are not given out.
 */
export type Trouble = 'down' | 'lost-answers' | 'revoked' | 'no-files';

/** A customer's words, or a file: `gone` is none that the vendor keeps any more. */
export interface Words {
  readonly id: string;
  readonly text: string;
  readonly file?: SentFile | undefined;
}

export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer | 'gone';
}

/** The vendor's side of a text channel, on loopback: an API that this house calls, and the callbacks that it would send. */
export interface FakeVendor {
  /** its entry in the settings file */
  readonly account: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly dropsRepeated: boolean;
  /** A customer writes: the callback that tells of it, signed at `at`, ms. Asked again with the same id it is the vendor's repetition. */
  writes(who: string, words: Words, at: number): Callback;
  /** What reached this customer, in order. */
  arrived(who: string): readonly string[];
  /** requests that the vendor refused because its window was over */
  readonly beyondWindow: number;
  readonly tokens: number;
  trouble: Trouble | undefined;
  /** the access token that is held is none any more */
  endToken(): void;
  close(): Promise<void>;
}

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
  /** name and bytes of a file that was handed over in a form */
  readonly form?: { readonly name: string; readonly bytes: Buffer } | undefined;
}

export interface Given {
  readonly status?: number;
  readonly json: object;
}

/** A file in place of JSON. */
export interface GivenFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an API; `lost`: this answer goes nowhere. */
export async function serveApi(answer: (asked: Asked) => Given | GivenFile | 'lost'): Promise<Served> {
  const server: Server = createServer((request, response) => {
    void askedOf(request).then((asked) => {
      const given = answer(asked);
      if (given === 'lost') return request.socket.destroy();
      if ('bytes' in given) {
        const disposition = `attachment; filename="${encodeURIComponent(given.name)}"`;
        response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': disposition, connection: 'close' });
        return response.end(given.bytes);
      }
      response.writeHead(given.status ?? 200, { 'content-type': 'application/json', connection: 'close' });
      return response.end(JSON.stringify(given.json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function askedOf(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const { headers } = request;
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/'))
    return { path, query, headers, body: raw.length === 0 ? {} : (JSON.parse(raw.toString()) as Asked['body']) };
  const media = (await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData()).get('media');
  if (!(media instanceof File)) throw new Error('a form without the field media');
  return { path, query, headers, body: {}, form: { name: media.name, bytes: Buffer.from(await media.arrayBuffer()) } };
}

/** Files that lie at a vendor: those of its customers, and those that the house handed over. */
export class Media {
  readonly #files = new Map<string, SentFile>();

  put(file: SentFile): string {
    const id = `media-${this.#files.size + 1}`;
    this.#files.set(id, file);
    return id;
  }

  /** Undefined: not there, or not any more. */
  get(id: string): GivenFile | undefined {
    const { name, bytes = 'gone' } = this.#files.get(id) ?? {};
    return bytes === 'gone' ? undefined : { name: name ?? '', bytes };
  }

  /** How a customer's side shows one that the house sent. */
  shown(id: unknown): string {
    const file = this.get(String(id));
    return file === undefined ? 'a file that nobody handed over' : `${file.name}, ${file.bytes.length} bytes`;
  }
}

/** Access tokens of a vendor that ends them at will. */
export class Tokens {
  #count = 0;
  #valid: string | undefined;

  get count(): number {
    return this.#count;
  }

  give(): string {
    this.#count += 1;
    this.#valid = `token-${this.#count}`;
    return this.#valid;
  }

  end(): void {
    this.#valid = undefined;
  }

  isValid(token: string | null): boolean {
    return token !== null && token === this.#valid;
  }
}

/** What reached whom, under which id; and how much more may be written to them: 5 until they write again. */
export class Mailbox {
  readonly #arrived = new Map<string, string[]>();
  readonly #left = new Map<string, number>();
  readonly #ids = new Set<string>();
  beyond = 0;

  opened(who: string): void {
    this.#left.set(who, 5);
  }

  of(who: string): readonly string[] {
    return this.#arrived.get(who) ?? [];
  }

  /** `id` absent: this vendor knows none, whatever comes is new. */
  put(who: string, text: string, id: string | undefined): 'taken' | 'known' | 'beyond' {
    if (id !== undefined && this.#ids.has(id)) return 'known';
    const left = this.#left.get(who) ?? 0;
    if (left === 0) {
      this.beyond += 1;
      return 'beyond';
    }
    if (id !== undefined) this.#ids.add(id);
    this.#left.set(who, left - 1);
    this.#arrived.set(who, [...this.of(who), text]);
    return 'taken';
  }
}
