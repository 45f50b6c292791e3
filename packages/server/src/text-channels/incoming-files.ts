import { isRefusal } from '@threerings/core/errors/refusal';
import { callerSubject } from '@threerings/core/hotline/inputs';
import { fact } from '@threerings/core/timeline/decider';
import type { NewEvent } from '@threerings/core/timeline/event';
import type { Attachments } from '../attachments/attachments.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import { forgetMedia, type MediaRow, nextMedia, noteMedia, noteMediaLater, waitingMedia } from './media-read-model.ts';
import { threadOf, wasTaken } from './threads-read-model.ts';
import type { TextVendor, VendorFile } from './vendor.ts';

export interface IncomingFilesParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly attachments: Pick<Attachments, 'keep' | 'mostBytes'>;
  vendor(channel: string): TextVendor | undefined;
  /** writes into the conversation's timeline, also after its end */
  report(interaction: string, event: NewEvent): Promise<void>;
  onError(error: unknown, interaction: string): void;
}

/** Vendors keep what customers send for three days, ms. */
const keptMs = 3 * 86_400_000;
/** 1 s, 2 s, 4 s … between tries, at most ten minutes. */
const firstRetryMs = 1000;
const longestRetryMs = 600_000;

/** What an attempt came to: in the house, not there for good (a stable code), or later again. */
type Attempt = 'kept' | { readonly missing: string } | { readonly later: string };

/** Why a file is not taken, by the refusal of the store of files. */
const whyNot: Readonly<Record<string, string>> = {
  'attachment.type': 'type',
  'attachment.empty': 'type',
  'attachment.too-large': 'too-large',
  'attachment.picture-too-large': 'too-large',
  'attachment.infected': 'infected',
  'attachment.too-many': 'too-many',
};

/**
 * Fetches what customers sent on other houses' channels and keeps it like any file of a chat: known by its content, scanned, sealed. The
 * message stands before its file does; each file is told once, as kept or as missing with the reason. What the vendor does not give out
 * now is asked for again until it would have thrown it away.
 */
export class IncomingFiles {
  readonly #parts: IncomingFilesParts;
  readonly #running = new Map<string, Promise<void>>();
  readonly #asked = new Set<string>();
  readonly #planned = new Map<string, () => void>();
  #stopped = false;

  constructor(parts: IncomingFilesParts) {
    this.#parts = parts;
  }

  /** Takes up what an earlier process left. */
  async start(forgetBefore: number): Promise<void> {
    await forgetMedia(this.#parts.db, forgetBefore);
    for (const interaction of await waitingMedia(this.#parts.db)) this.expected(interaction);
  }

  /** A message with files of this conversation is stored. */
  expected(interaction: string): void {
    if (this.#stopped) return;
    this.#asked.add(interaction);
    if (this.#running.has(interaction)) return;
    const running = this.#run(interaction)
      .catch((error: unknown) => {
        this.#parts.onError(error, interaction);
        this.#plan(interaction, this.#parts.clock.now() + longestRetryMs / 10);
      })
      .finally(() => {
        this.#running.delete(interaction);
        if (this.#asked.has(interaction)) this.expected(interaction);
      });
    this.#running.set(interaction, running);
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#planned.values()) cancel();
    this.#planned.clear();
    await this.settled();
  }

  async #run(interaction: string): Promise<void> {
    const { db, clock } = this.#parts;
    this.#asked.delete(interaction);
    for (let row = await nextMedia(db, interaction); row !== undefined && !this.#stopped; row = await nextMedia(db, interaction)) {
      if (row.next_at > clock.now()) return this.#plan(interaction, row.next_at);
      await this.#settle(row, await this.#attempt(row));
    }
  }

  async #settle(row: MediaRow, attempt: Attempt): Promise<void> {
    const { db, clock, report } = this.#parts;
    const { interaction, message, attachment } = row;
    const at = clock.now();
    if (attempt !== 'kept' && 'later' in attempt && at < row.made_at + keptMs) {
      const wait = Math.min(firstRetryMs * 2 ** row.attempts, longestRetryMs);
      return noteMediaLater(db, row, attempt.later, at + wait);
    }
    const reason = attempt === 'kept' ? undefined : 'missing' in attempt ? attempt.missing : 'expired';
    // The message was never taken: the vendor brings it again, or nobody wrote it.
    if (await wasTaken(db, message))
      await report(
        interaction,
        reason === undefined ? fact('chat.file-kept', at, { message, attachment }) : fact('chat.file-missing', at, { message, reason }),
      );
    await noteMedia(db, attachment, reason === undefined ? 'kept' : 'missing', reason ?? null);
  }

  async #attempt({ interaction, media_ref: ref, attachment }: MediaRow): Promise<Attempt> {
    const { db, vault, attachments } = this.#parts;
    const thread = await threadOf(db, interaction);
    const vendor = thread === undefined ? undefined : this.#parts.vendor(thread.channel);
    if (vendor === undefined) return { missing: 'no-channel' };
    const sealed = (await vault.read(db, [ref])).get(ref);
    if (sealed === undefined) return { missing: 'erased' };
    // Written by `addMedia` alone.
    const file = JSON.parse(sealed) as VendorFile;
    const fetched = await vendor.fetch(file, attachments.mostBytes);
    if (typeof fetched === 'string') return { missing: fetched };
    if ('reason' in fetched) return fetched.permanent ? { missing: 'refused' } : { later: `${fetched.reason}: ${fetched.detail}` };
    const owner = { kind: 'chat', id: interaction } as const;
    const name = file.name ?? fetched.name ?? '';
    const subject = callerSubject(interaction);
    const kept = await attachments.keep({ attachment, owner, subject, by: 'customer', name, bytes: fetched.bytes, field: 'file' });
    if (!isRefusal(kept)) return 'kept';
    const why = whyNot[kept.refused];
    return why === undefined ? { later: kept.refused } : { missing: why };
  }

  #plan(interaction: string, at: number): void {
    this.#planned.get(interaction)?.();
    if (this.#stopped) return;
    this.#planned.set(
      interaction,
      this.#parts.clock.at(at, () => this.expected(interaction)),
    );
  }
}
