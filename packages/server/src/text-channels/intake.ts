import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { gradeIn } from '@threerings/core/chats/automatic-words';
import { type ChatChannel, isOver } from '@threerings/core/chats/lifecycle';
import type { ChatTold } from '@threerings/core/hotline/chat-inputs';
import { callerSubject } from '@threerings/core/hotline/inputs';
import type { Hotline } from '@threerings/core/hotline/state';
import { longestMessage } from '@threerings/core/wire/chat';
import type { Clock } from '../clock.ts';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../store/vault.ts';
import { addMedia } from './media-read-model.ts';
import { addThread, newestOf, noteReplyTo, noteTaken, wasTaken } from './threads-read-model.ts';
import type { VendorWords } from './vendor.ts';

export interface IntakeParts {
  readonly db: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  /** 32 bytes; the key that hides addresses is derived from it */
  readonly masterKey: Buffer;
  hotline(): Hotline;
  /** a message with files of this conversation is stored: they can be fetched */
  files(interaction: string): void;
  /** answers after the commit */
  tell(interaction: string, told: ChatTold): Promise<FloorAnswer>;
}

/** Of which configured channel a message is. */
export interface IntakeSource {
  readonly id: string;
  readonly channel: ChatChannel;
  readonly queue: string | undefined;
}

/** What was brought could not be stored: the vendor must bring it again. */
export class NotStored extends Error {
  override readonly name = 'NotStored';
}

/**
 * Brings what customers write into the hotline. INVARIANT (one message, one event): a message that the timeline holds is not taken
 * again, whoever repeats it and whenever; one that could not be stored is answered as such. Messages of one customer are taken one
 * after the other, those of others beside them.
 */
export class Intake {
  readonly #parts: IntakeParts;
  readonly #key: Buffer;
  readonly #running = new Map<string, Promise<void>>();

  constructor(parts: IntakeParts) {
    this.#parts = parts;
    this.#key = Buffer.from(hkdfSync('sha256', parts.masterKey, '', 'chat-threads', 32));
  }

  /** @throws NotStored */
  take(source: IntakeSource, words: VendorWords): Promise<void> {
    const thread = createHmac('sha256', this.#key).update(`${source.id} ${words.from}`).digest('hex');
    const before = this.#running.get(thread) ?? Promise.resolve();
    const running = before.catch(() => {}).then(() => this.#take(source, thread, words));
    this.#running.set(thread, running);
    const forget = () => {
      if (this.#running.get(thread) === running) this.#running.delete(thread);
    };
    running.then(forget, forget);
    return running;
  }

  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values());
  }

  async #take(source: IntakeSource, thread: string, words: VendorWords): Promise<void> {
    const pieces = piecesOf(words.text);
    for (const [place, text] of pieces.entries()) {
      const message = messageId(source.id, words.id, place);
      if (await wasTaken(this.#parts.db, message)) continue;
      const writtenAt = Math.min(words.writtenAt, this.#parts.clock.now());
      const own = { ...words, writtenAt, files: place === 0 ? words.files : undefined };
      await this.#tell(source, thread, own, { kind: 'writes', message, text, as: words.as, writtenAt });
    }
  }

  async #tell(source: IntakeSource, thread: string, words: VendorWords, told: Extract<ChatTold, { kind: 'writes' }>): Promise<void> {
    const { db } = this.#parts;
    const newest = await newestOf(db, thread);
    const chat = newest === undefined ? undefined : this.#parts.hotline().chats.get(newest.interaction);
    const grade = gradeIn(told.text);
    if (grade !== undefined && newest !== undefined && chat?.phase === 'ended' && chat.sent > 0) {
      const answer = await this.#parts.tell(newest.interaction, { kind: 'rates', score: grade });
      if ('ok' in answer) return noteTaken(db, told.message, this.#parts.clock.now());
    }
    if (newest !== undefined && chat !== undefined && !isOver(chat)) {
      await noteReplyTo(db, newest.interaction, words.id, words.writtenAt);
      await this.#noteFiles(newest.interaction, words, told.message);
      const answer = await this.#parts.tell(newest.interaction, told);
      if ('ok' in answer) return this.#fetchFiles(newest.interaction, words);
      // It ended meanwhile, or holds as much as a chat may hold: the customer's words begin another.
      if (!('refused' in answer) || !['chat.over', 'chat.unknown', 'chat.too-long'].includes(answer.refused))
        throw new NotStored('refused' in answer ? answer.refused : 'asked');
    }
    await this.#begin(source, thread, words, told);
  }

  async #begin(source: IntakeSource, thread: string, words: VendorWords, told: Extract<ChatTold, { kind: 'writes' }>): Promise<void> {
    const { db, vault, clock } = this.#parts;
    const interaction = interactionOf(thread, told.message);
    const address = { address: words.from, subject: callerSubject(interaction), replyTo: words.id, replyAt: words.writtenAt };
    await addThread(db, vault, { interaction, channel: source.id, thread, ...address, at: clock.now() });
    const opens = { kind: 'opens', channel: source.channel, thread: `${source.id}-${thread.slice(0, 16)}`, queue: source.queue } as const;
    await this.#noteFiles(interaction, words, told.message);
    for (const each of [opens, told]) {
      const answer = await this.#parts.tell(interaction, each);
      if (!('ok' in answer)) throw new NotStored('refused' in answer ? answer.refused : 'asked');
    }
    this.#fetchFiles(interaction, words);
  }

  /** What is to be fetched stands in the database before the vendor forgets the message. */
  async #noteFiles(interaction: string, { files = [] }: VendorWords, message: string): Promise<void> {
    const { db, vault, clock } = this.#parts;
    if (files.length === 0) return;
    await addMedia(db, vault, { interaction, message, subject: callerSubject(interaction), files, at: clock.now() });
  }

  #fetchFiles(interaction: string, { files = [] }: VendorWords): void {
    if (files.length > 0) this.#parts.files(interaction);
  }
}

/** Nobody's screen is filled by one message. Blank ones – a sticker, a nudge – are said. */
function piecesOf(text: string): string[] {
  if (text.trim() === '') return ['〔空白消息〕'];
  const points = [...text];
  const pieces: string[] = [];
  for (let at = 0; at < points.length; at += longestMessage) pieces.push(points.slice(at, at + longestMessage).join(''));
  return pieces.filter((piece) => piece.trim() !== '');
}

function messageId(channel: string, id: string, place: number): string {
  const hash = createHash('sha256').update(`${channel} ${id} ${place}`).digest('hex');
  return `${channel}-${hash.slice(0, 32)}`;
}

/** Derived: a process that dies between the opening and its first message opens the same one again. */
function interactionOf(thread: string, message: string): string {
  const hash = createHash('sha256').update(`${thread} ${message}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
