import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import type { Deliveries } from './deliveries.ts';
import type { Intake } from './intake.ts';
import { SeenCallbacks } from './seen-callbacks.ts';
import { cursorOf, storeCursor } from './threads-read-model.ts';
import type { Callback, CallbackFault, DeliveryReason, News, Reply, TextVendor, VendorInbox } from './vendor.ts';

export interface TextChannelLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface TextChannelParts {
  readonly id: string;
  readonly vendor: TextVendor;
  readonly queue: string | undefined;
  readonly db: Database;
  readonly clock: Clock;
  readonly intake: Pick<Intake, 'take'>;
  readonly deliveries: Pick<Deliveries, 'failed'>;
  readonly log: TextChannelLog;
}

/** What a callback is answered. `busy`: what waits is more than can be stored, the vendor brings it again. */
export type CallbackAnswer = { readonly reply: Reply } | { readonly refused: CallbackFault | 'replay' | 'busy' };

/** Callbacks that are being stored at a time. */
const mostUnderWay = 100;
/** An inbox is looked into at least so often: a callback may be lost, and fetching without one is allowed rarely. */
const lookEveryMs = 3_600_000;
const firstRetryMs = 1000;
const longestRetryMs = 600_000;
/** Pages in one go: an inbox that never ends holds up nobody else. */
const mostPages = 100;
/** A message that was written so long before this server first looked belongs to whoever answered until then, ms. */
const beforeUsMs = 600_000;

/** One configured account at a vendor, in the running hotline: callbacks and inbox come in, their messages go to the intake. */
export class TextChannel {
  readonly #parts: TextChannelParts;
  readonly #seen = new SeenCallbacks();
  readonly #fetching = new Map<string, Promise<void>>();
  readonly #asked = new Map<string, string | undefined>();
  readonly #tries = new Map<string, number>();
  readonly #planned = new Map<string, () => void>();
  #underWay = 0;
  #stopped = false;
  #fault: DeliveryReason | undefined;

  constructor(parts: TextChannelParts) {
    this.#parts = parts;
  }

  /** What is wrong with the account, as the last request told; undefined = nothing. */
  get fault(): DeliveryReason | undefined {
    return this.#fault;
  }

  get vendor(): TextVendor {
    return this.#parts.vendor;
  }

  /** Fetches what came while nobody looked. */
  start(): void {
    for (const source of this.#parts.vendor.inbox?.sources ?? []) this.#look(source, undefined);
  }

  tried(reason: DeliveryReason | undefined): void {
    const { id, log } = this.#parts;
    if (reason === 'unauthorised' && this.#fault !== reason) log.error({ channel: id }, 'the vendor does not accept the credentials');
    this.#fault = reason === 'unauthorised' || reason === 'unreachable' ? reason : undefined;
  }

  /** Answers a callback after the commit of what it brings: the vendor forgets what was acknowledged. */
  async callback(callback: Callback): Promise<CallbackAnswer> {
    const { vendor, clock, log, id } = this.#parts;
    const taken = vendor.take(callback, clock.now());
    if ('fault' in taken) {
      log.warn({ channel: id, fault: taken.fault }, 'a callback was refused');
      return { refused: taken.fault };
    }
    if ('proof' in taken) return { reply: taken.proof };
    const look = this.#seen.look(taken.once, clock.now());
    if (look === 'again') return { reply: taken.reply };
    if (look === 'replay') {
      log.warn({ channel: id }, 'a callback was replayed');
      return { refused: 'replay' };
    }
    if (this.#underWay >= mostUnderWay) return { refused: 'busy' };
    this.#underWay += 1;
    try {
      for (const news of taken.news) await this.#bring(news);
      this.#seen.remember(taken.once, clock.now());
      return { reply: taken.reply };
    } catch (error) {
      log.error({ err: error, channel: id }, 'what a callback brought could not be stored');
      return { reply: taken.retry };
    } finally {
      this.#underWay -= 1;
    }
  }

  async settled(): Promise<void> {
    while (this.#fetching.size > 0) await Promise.all(this.#fetching.values());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const cancel of this.#planned.values()) cancel();
    this.#planned.clear();
    await this.settled();
  }

  async #bring(news: News): Promise<void> {
    const { id, queue, vendor, intake, deliveries } = this.#parts;
    if (news.kind === 'waiting') this.#look(news.source, news.token);
    else if (news.kind === 'undelivered') await deliveries.failed(news.part, news.reason);
    else await intake.take({ id, channel: vendor.channel, queue }, news.message);
  }

  /** Fetches what waits in an inbox; asked for while it is fetched, once more. */
  #look(source: string, token: string | undefined): void {
    const { inbox } = this.#parts.vendor;
    if (this.#stopped || inbox === undefined) return;
    this.#asked.set(source, token ?? this.#asked.get(source));
    if (this.#fetching.has(source)) return;
    const fetching = this.#fetch(inbox, source).finally(() => {
      this.#fetching.delete(source);
      if (this.#asked.has(source)) this.#look(source, undefined);
    });
    this.#fetching.set(source, fetching);
  }

  async #fetch(inbox: VendorInbox, source: string): Promise<void> {
    const { clock, log, id } = this.#parts;
    const token = this.#asked.get(source);
    this.#asked.delete(source);
    const done = await this.#pages(inbox, source, token).catch((error: unknown) => {
      log.error({ err: error, channel: id }, 'what an inbox holds could not be stored');
      return false;
    });
    const tries = done ? 0 : (this.#tries.get(source) ?? 0) + 1;
    this.#tries.set(source, tries);
    const wait = done ? lookEveryMs : Math.min(firstRetryMs * 2 ** (tries - 1), longestRetryMs);
    this.#planned.get(source)?.();
    if (!this.#stopped)
      this.#planned.set(
        source,
        clock.at(clock.now() + wait, () => this.#look(source, undefined)),
      );
  }

  /** The cursor goes on only after everything before it is stored. False: again later. */
  async #pages(inbox: VendorInbox, source: string, token: string | undefined): Promise<boolean> {
    const { db, clock, id, log } = this.#parts;
    const begun = await cursorOf(db, id, source, clock.now());
    let cursor = begun.cursor ?? undefined;
    for (let pages = 0; pages < mostPages; pages += 1) {
      const page = await inbox.page(source, cursor, token);
      if ('reason' in page) {
        this.tried(page.reason);
        log.warn({ channel: id, reason: page.reason, detail: page.detail }, 'an inbox could not be read');
        // A cursor that the vendor does not know any more: what it still keeps is read again, nothing is taken twice.
        if (page.reason === 'refused' && cursor !== undefined) await storeCursor(db, id, source, null);
        return false;
      }
      this.tried(undefined);
      for (const news of page.news) if (isOurs(news, begun.since)) await this.#bring(news);
      await storeCursor(db, id, source, page.cursor);
      cursor = page.cursor;
      if (!page.more || this.#stopped) return true;
    }
    return false;
  }
}

function isOurs(news: News, since: number): boolean {
  return news.kind !== 'message' || news.message.writtenAt >= since - beforeUsMs;
}
