import { fileKindOn } from '@threerings/core/chats/delivery';
import { isOver, notHeldBy } from '@threerings/core/chats/lifecycle';
import { isRefusal, type Refusal, refuse } from '@threerings/core/errors/refusal';
import type { ChatTold, FileSent } from '@threerings/core/hotline/chat-inputs';
import { callerSubject } from '@threerings/core/hotline/inputs';
import type { Hotline } from '@threerings/core/hotline/state';
import type { AttachmentRow } from '@threerings/core/wire/attachments';
import type { Attachments, OpenAttachment } from '../attachments/attachments.ts';
import type { FloorAnswer } from '../hotline/floor.ts';
import type { AppendRefusal } from '../store/stream-refusals.ts';

export interface ChatFilesParts {
  attachments(): Pick<Attachments, 'keep' | 'open' | 'of' | 'ownerOf' | 'remove'>;
  hotline(): Pick<Hotline, 'chats'>;
  /** answers after the commit */
  tell(interaction: string, told: ChatTold): Promise<FloorAnswer>;
  ask(agent: string, act: FileSent): Promise<FloorAnswer>;
}

/** A file as it came in a request. */
export interface SentBytes {
  /** id of the message, and of the file */
  readonly message: string;
  readonly name: string;
  readonly bytes: Buffer;
}

const field = 'file';

/** Files in chats: kept first, then written into the conversation, which holds their id alone. */
export class ChatFiles {
  readonly #parts: ChatFilesParts;

  constructor(parts: ChatFilesParts) {
    this.#parts = parts;
  }

  /** The customer sends one, also while nobody has the chat yet. */
  async fromCustomer(chat: string, sent: SentBytes): Promise<AttachmentRow | AppendRefusal> {
    const known = this.#parts.hotline().chats.get(chat);
    if (known === undefined || isOver(known)) return refuse('chat.over');
    return this.#send(chat, 'customer', sent, ({ name = '', family }) =>
      this.#parts.tell(chat, { kind: 'writes', message: sent.message, attachment: sent.message, text: name, as: kindOf(family) }),
    );
  }

  /** The agent who has the chat sends one. */
  async fromAgent(agent: string, chat: string, sent: SentBytes): Promise<AttachmentRow | AppendRefusal> {
    const known = this.#parts.hotline().chats.get(chat);
    const refusal = known === undefined ? refuse('chat.unknown') : notHeldBy(known, agent);
    if (refusal !== undefined) return refusal;
    return this.#send(chat, agent, sent, async ({ name = '', type, bytes }) => {
      const { message } = sent;
      const as = fileKindOn(known?.channel ?? 'web', { type, bytes });
      if (as === undefined) return refuse('chat.no-files-there');
      return this.#parts.ask(agent, { kind: 'send-file', interaction: chat, message, attachment: message, name, as });
    });
  }

  /** A file of this chat; one of another chat is as unknown as one that never was. */
  async open(chat: string, attachment: string): Promise<OpenAttachment | Refusal> {
    const owner = await this.#parts.attachments().ownerOf(attachment);
    if (owner?.kind !== 'chat' || owner.id !== chat) return refuse('attachment.unknown');
    return this.#parts.attachments().open(attachment);
  }

  of(chat: string): Promise<AttachmentRow[]> {
    return this.#parts.attachments().of({ kind: 'chat', id: chat });
  }

  async #send(
    chat: string,
    by: string,
    { message, name, bytes }: SentBytes,
    write: (row: AttachmentRow) => Promise<FloorAnswer>,
  ): Promise<AttachmentRow | AppendRefusal> {
    const attachments = this.#parts.attachments();
    const owner = { kind: 'chat', id: chat } as const;
    const kept = await attachments.keep({ attachment: message, owner, subject: callerSubject(chat), by, name, bytes, field });
    if (isRefusal(kept)) return kept;
    const answer = await write(kept);
    if (!('refused' in answer)) return kept;
    // Nobody will see it. What the database did not answer may stand there all the same, and is sent again.
    if (answer.refused !== 'store.busy') await attachments.remove(message, 'removed');
    return answer;
  }
}

function kindOf(family: AttachmentRow['family']): 'image' | 'file' {
  return family === 'image' ? 'image' : 'file';
}
