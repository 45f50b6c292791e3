import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Refusal, refuse } from '@threerings/core/errors/refusal';
import type { AttachmentRow } from '@threerings/core/wire/attachments';
import {
  attachmentsOf,
  countAttachments,
  findAttachment,
  type GoneWhy,
  insertAttachment,
  markGone,
  type Owner,
  type StoredAttachment,
} from '../store/attachment-rows.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import { type Content, contentOf, contentOfType } from './content.ts';
import { safeName } from './file-name.ts';
import { imageSizeOf } from './image-size.ts';
import { type Scanner, scanned } from './scanner.ts';

export interface AttachmentParts {
  readonly db: Database;
  readonly vault: Vault;
  /** data folder; files lie below its `attachments/` */
  readonly data: string;
  readonly now: () => number;
  readonly mostMegabytes: number;
  /** absent = files are kept unscanned and say so */
  readonly scanner?: Scanner | undefined;
  onError(error: unknown): void;
}

/** A file that somebody brings. */
export interface Brought {
  /** chosen by who sends it: the same id is the same file; UUID */
  readonly attachment: string;
  readonly owner: Owner;
  /** whom it concerns: sealed under this person's key, and gone with it */
  readonly subject: string;
  /** 工号, or `customer` */
  readonly by: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** name of the field or parameter that it came in, for refusals */
  readonly field: string;
}

export interface OpenAttachment {
  readonly name: string;
  readonly content: Content;
  readonly bytes: Buffer;
}

/** Files of one owner; pixels of one picture, in millions: what a browser decodes without falling over. */
export const mostOfOwner = 50;
const mostMegapixels = 50;
const megabyte = 1_048_576;
const nameKind = 'attachment.name';

/**
 * Keeps files that belong to something: decides by their bytes what they are, has them scanned, and seals them under the key of the person
 * whom they concern. INVARIANT (no file without its row): a file that can be asked for has a row, and a row whose file has gone says why.
 * Who may bring or see one is decided by who owns the owner; this decides nothing of it.
 */
export class Attachments {
  readonly #parts: AttachmentParts;

  constructor(parts: AttachmentParts) {
    this.#parts = parts;
  }

  /** Largest file, bytes. */
  get mostBytes(): number {
    return this.#parts.mostMegabytes * megabyte;
  }

  /** `clean` are those that a scanner has looked at; without a scanner there is none. */
  get scans(): boolean {
    return this.#parts.scanner !== undefined;
  }

  /** Keeps a file. The same id with the same bytes is answered as before; a refusal keeps nothing. */
  async keep(brought: Brought): Promise<AttachmentRow | Refusal> {
    const { db, scanner, onError } = this.#parts;
    const { attachment, owner, field, bytes } = brought;
    const content = this.#judged(brought);
    if ('refused' in content) return content;
    const known = await findAttachment(db, attachment);
    if (known !== undefined) return this.#again(known, brought);
    if ((await countAttachments(db, owner)) >= mostOfOwner) return refuse('attachment.too-many', { most: mostOfOwner });
    const found = scanner === undefined ? undefined : await scanned(scanner, bytes, onError);
    if (found === 'infected') return refuse('attachment.infected', { field });
    if (found === 'unable') return refuse('attachment.scan-failed', { field });
    const name = safeName(brought.name, content.ending);
    return (await this.#store(brought, name, content, found === 'clean')) ?? this.#again(await findAttachment(db, attachment), brought);
  }

  /** Whose file it is, for the check of access; undefined = there is none. */
  async ownerOf(attachment: string): Promise<Owner | undefined> {
    const row = await findAttachment(this.#parts.db, attachment);
    return row && { kind: row.owner_kind, id: row.owner };
  }

  /** The files of something, oldest first, also those that have gone. */
  async of(owner: Owner): Promise<AttachmentRow[]> {
    const rows = await attachmentsOf(this.#parts.db, owner, 2 * mostOfOwner);
    const names = await this.#parts.vault.read(
      this.#parts.db,
      rows.map((row) => row.name_ref),
    );
    return rows.map((row) => rowOf(row, names.get(row.name_ref)));
  }

  /** The bytes, for who may see them. `attachment.unknown`, `attachment.gone`. */
  async open(attachment: string): Promise<OpenAttachment | Refusal> {
    const { db, vault, data } = this.#parts;
    const row = await findAttachment(db, attachment);
    const content = row && contentOfType(row.type);
    if (row === undefined || content === undefined) return refuse('attachment.unknown');
    const name = (await vault.read(db, [row.name_ref])).get(row.name_ref);
    if (row.gone_at !== null || name === undefined) return refuse('attachment.gone');
    const sealed = await readFile(placeOf(data, row.file)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return undefined;
    });
    const bytes = sealed && (await vault.openFile(db, row.subject, attachment, sealed));
    return bytes === undefined ? refuse('attachment.gone') : { name, content, bytes };
  }

  /** Takes a file away, whoever decided it; its row stays. */
  async remove(attachment: string, why: GoneWhy): Promise<void> {
    const { db, data, now } = this.#parts;
    const row = await findAttachment(db, attachment);
    if (row !== undefined) await deleteAttachments(db, data, [row], why, now());
  }

  #judged({ bytes, field }: Brought): Content | Refusal {
    const { mostMegabytes } = this.#parts;
    if (bytes.length === 0) return refuse('attachment.empty', { field });
    if (bytes.length > this.mostBytes) {
      const found = (bytes.length / megabyte).toFixed(1);
      return refuse('attachment.too-large', { field, found, most: mostMegabytes });
    }
    const content = contentOf(bytes);
    if (content === undefined) return refuse('attachment.type', { field });
    if (content.family !== 'image') return content;
    const size = imageSizeOf(content.type, bytes);
    if (size === undefined || size.width * size.height === 0) return refuse('attachment.type', { field });
    const found = Math.ceil((size.width * size.height) / 1_000_000);
    return found > mostMegapixels ? refuse('attachment.picture-too-large', { field, found, most: mostMegapixels }) : content;
  }

  /** Undefined: the id was taken meanwhile. */
  async #store(brought: Brought, name: string, content: Content, isScanned: boolean): Promise<AttachmentRow | undefined> {
    const { db, vault, data, now } = this.#parts;
    const { attachment, owner, subject, by, bytes } = brought;
    const at = now();
    const file = path.posix.join('attachments', new Date(at).toISOString().slice(0, 7), attachment);
    const row = await db.transaction().execute(async (tx) => {
      const keys = await vault.keys(tx, [subject], at);
      const named = vault.seal(keys, { subject, value: name }, nameKind, at);
      const made: StoredAttachment = {
        ...{ attachment, owner_kind: owner.kind, owner: owner.id, subject, name_ref: named.ref, type: content.type, bytes: bytes.length },
        ...{ sha256: digestOf(bytes), file, by, made_at: at, scanned: isScanned, gone_at: null, gone_why: null },
      };
      if (!(await insertAttachment(tx, made))) return undefined;
      await vault.store(tx, [named]);
      const place = placeOf(data, file);
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      // Before the commit: a row never stands without its file. A file whose commit fails is nobody's, and sealed.
      await writeFile(place, vault.sealFile(keys, subject, attachment, bytes), { mode: 0o600, flush: true });
      return made;
    });
    return row && rowOf(row, name);
  }

  async #again(known: StoredAttachment | undefined, { attachment, owner, bytes }: Brought): Promise<AttachmentRow | Refusal> {
    const same = known?.owner_kind === owner.kind && known.owner === owner.id && known.sha256.equals(digestOf(bytes));
    if (known === undefined || !same) return refuse('attachment.taken', { field: 'attachment' });
    return (await this.of(owner)).find((row) => row.attachment === attachment) ?? refuse('attachment.unknown');
  }
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function rowOf(row: StoredAttachment, name: string | undefined): AttachmentRow {
  const { attachment, type, bytes, by, made_at: at, scanned: isScanned, gone_at: goneAt, gone_why: why } = row;
  const family = contentOfType(type)?.family ?? 'document';
  const gone =
    goneAt !== null && why !== null ? { gone: { at: goneAt, why } } : name === undefined ? { gone: { at, why: 'erased' as const } } : {};
  return { attachment, type, family, bytes, by, at, scanned: isScanned, ...(name === undefined ? {} : { name }), ...gone };
}

/** A stored name never leads out of the folder of attachments. */
function placeOf(data: string, file: string): string {
  const place = path.resolve(data, file);
  if (!place.startsWith(path.resolve(data, 'attachments') + path.sep)) throw new Error('an attachment lies outside of its folder');
  return place;
}

/** Deletes files, then says so in their rows: after a crash between the two the row is found again, and a file that is gone is no fault. */
export async function deleteAttachments(
  db: Database,
  data: string,
  rows: readonly Pick<StoredAttachment, 'attachment' | 'file'>[],
  why: GoneWhy,
  at: number,
): Promise<void> {
  for (const { file } of rows) await rm(placeOf(data, file), { force: true });
  const ids = rows.map(({ attachment }) => attachment);
  if (ids.length > 0) await markGone(db, ids, at, why);
}
