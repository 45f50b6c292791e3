import { deliveryRules, fileKindOn, partsOf } from '@threerings/core/chats/delivery';
import { isRefusal, type Refusal } from '@threerings/core/errors/refusal';
import type { ChatTold } from '@threerings/core/hotline/chat-inputs';
import type { Hotline } from '@threerings/core/hotline/state';
import type { TimelineEvent } from '@threerings/core/timeline/event';
import type { OpenAttachment } from '../attachments/attachments.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import {
  beginTry,
  type DeliveryRow,
  deliveryOf,
  nextPart,
  noteDead,
  noteLater,
  noteSent,
  partsOfMessage,
  threadOf,
  waitingDeliveries,
} from './threads-read-model.ts';
import { type DeliveryReason, deliveryReasons, type OutgoingFile, type TextVendor, type VendorFault, vendorFault } from './vendor.ts';

export interface DeliveriesParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  hotline(): Hotline;
  tell(interaction: string, told: Extract<ChatTold, { kind: 'delivered' | 'undelivered' }>): Promise<void>;
  /** a file of the house that a message is */
  openFile(attachment: string): Promise<OpenAttachment | Refusal>;
  vendor(channel: string): TextVendor | undefined;
  /** an attempt at this channel ended: undefined = well */
  tried(channel: string, reason: DeliveryReason | undefined): void;
  onError(error: unknown, interaction: string): void;
}

/** 1 s, 2 s, 4 s … between tries, at most ten minutes. */
const firstRetryMs = 1000;
const longestRetryMs = 600_000;
/** The agent hears that a message waits after so many tries in vain: a hiccup is nobody's business. */
const triesUntold = 3;

/**
 * Brings what agents write to their customers' channels: each chat's messages one after the other, at least once, under ids by which
 * vendors that can drop repetitions. Nothing is lost: what waits stands in the database and is tried until it arrives, is refused, or
 * the channel's window is over; each of these is told to the hotline.
 */
export class Deliveries {
  readonly #parts: DeliveriesParts;
  readonly #running = new Map<string, Promise<void>>();
  readonly #asked = new Set<string>();
  readonly #planned = new Map<string, () => void>();
  #stopped = false;

  constructor(parts: DeliveriesParts) {
    this.#parts = parts;
  }

  /** Takes up what an earlier process left: what it had not told, and what it had not sent. */
  async start(): Promise<void> {
    for (const { id, underWay } of this.#parts.hotline().chats.values()) for (const message of underWay) await this.#settle(id, message);
    for (const interaction of await waitingDeliveries(this.#parts.db)) this.#kick(interaction);
  }

  /** A reader of the live timelines. */
  readonly take = (interaction: string, events: readonly TimelineEvent[]): void => {
    if (events.some(({ type, fields }) => type === 'chat.sent' && fields['parts'] !== undefined)) this.#kick(interaction);
  };

  /** The vendor had taken a part and could not bring it. */
  async failed(part: string, reason: DeliveryReason): Promise<void> {
    const row = await deliveryOf(this.#parts.db, part);
    if (row === undefined || row.state === 'dead') return;
    await this.#giveUp(row, vendorFault(reason, 'told later'));
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

  #kick(interaction: string): void {
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
        if (this.#asked.has(interaction)) this.#kick(interaction);
      });
    this.#running.set(interaction, running);
  }

  async #settle(interaction: string, message: string): Promise<void> {
    const parts = await partsOfMessage(this.#parts.db, interaction, message);
    const dead = parts.find(({ state }) => state === 'dead');
    if (dead !== undefined) await this.#giveUp(dead, vendorFault(reasonIn(dead.fault), 'told late'));
    else if (parts.length > 0 && parts.every(({ state }) => state === 'sent'))
      await this.#parts.tell(interaction, { kind: 'delivered', message });
  }

  async #run(interaction: string): Promise<void> {
    const { db, clock } = this.#parts;
    this.#asked.delete(interaction);
    for (let row = await nextPart(db, interaction); row !== undefined && !this.#stopped; row = await nextPart(db, interaction)) {
      if (row.next_at > clock.now()) return this.#plan(interaction, row.next_at);
      await this.#bring(row);
    }
  }

  #plan(interaction: string, at: number): void {
    this.#planned.get(interaction)?.();
    if (this.#stopped) return;
    const due = Math.max(at, this.#parts.clock.now() + 1);
    const cancel = this.#parts.clock.at(due, () => {
      this.#planned.delete(interaction);
      this.#kick(interaction);
    });
    this.#planned.set(interaction, cancel);
  }

  async #bring(row: DeliveryRow): Promise<void> {
    const { db, clock } = this.#parts;
    const fault = await this.#send(row);
    if (fault === undefined) {
      await noteSent(db, row.part);
      if (row.place === row.parts - 1) await this.#parts.tell(row.interaction, { kind: 'delivered', message: row.message });
      return;
    }
    if (fault.permanent) return this.#giveUp(row, fault);
    const attempts = row.attempts + 1;
    const wait = Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs);
    await noteLater(db, row.part, `${fault.reason}: ${fault.detail}`, clock.now() + wait);
    if (attempts < triesUntold && fault.reason !== 'unauthorised') return;
    await this.#parts.tell(row.interaction, { kind: 'undelivered', message: row.message, reason: fault.reason, final: false });
  }

  /** Undefined = the vendor has it. */
  async #send(row: DeliveryRow): Promise<VendorFault | undefined> {
    const { db, vault } = this.#parts;
    const thread = await threadOf(db, row.interaction);
    const vendor = thread === undefined ? undefined : this.#parts.vendor(thread.channel);
    if (thread === undefined || vendor === undefined) return vendorFault('no-channel', thread?.channel ?? 'unknown');
    const rules = deliveryRules(vendor.channel);
    if (this.#isOver(row.interaction)) return vendorFault('window-closed', 'not asked');
    const values = await vault.read(db, [thread.address_ref, row.text_ref]);
    const [to, whole] = [values.get(thread.address_ref), values.get(row.text_ref)];
    const text = whole === undefined ? undefined : partsOf(whole, rules?.mostBytes ?? whole.length * 4)[row.place];
    const file = await this.#fileOf(row, vendor.channel);
    if (to === undefined || text === undefined || file === 'gone') return vendorFault('erased', 'nothing to send');
    const begun = await beginTry(db, row);
    const outgoing = { part: row.part, to, text, file, replyTo: begun.reply_to ?? '', number: begun.number ?? 1, again: row.attempts > 0 };
    const answer = await vendor.send(outgoing);
    this.#parts.tried(thread.channel, answer === 'sent' ? undefined : answer.reason);
    return answer === 'sent' ? undefined : answer;
  }

  async #fileOf({ attachment }: DeliveryRow, channel: string): Promise<OutgoingFile | undefined | 'gone'> {
    if (attachment === null) return undefined;
    const found = await this.#parts.openFile(attachment);
    if (isRefusal(found)) return 'gone';
    const { name, bytes, content } = found;
    const as = fileKindOn(channel, { type: content.type, bytes: bytes.length }) ?? 'file';
    return { as, name, type: content.type, bytes };
  }

  /** Time that passed since the agent wrote may have closed the window: then the vendor need not be asked. */
  #isOver(interaction: string): boolean {
    const chat = this.#parts.hotline().chats.get(interaction);
    const rules = chat === undefined ? undefined : deliveryRules(chat.channel);
    return chat !== undefined && rules !== undefined && this.#parts.clock.now() >= chat.customerAt + rules.windowMs;
  }

  async #giveUp(row: DeliveryRow, { reason, detail }: VendorFault): Promise<void> {
    const { db, vault } = this.#parts;
    await noteDead(db, row, `${reason}: ${detail}`);
    const text = (await vault.read(db, [row.text_ref])).get(row.text_ref);
    await this.#parts.tell(row.interaction, { kind: 'undelivered', message: row.message, reason, final: true, text });
  }
}

function reasonIn(fault: string | null): DeliveryReason {
  const [reason] = (fault ?? '').split(':');
  return deliveryReasons.find((each) => each === reason) ?? 'refused';
}
