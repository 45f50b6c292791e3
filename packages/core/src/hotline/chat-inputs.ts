import type { Instant } from '@threerings/norms/trace';
import type { ChatChannel, MessageKind } from '../chats/lifecycle.ts';

/** What the customer of a chat does, or the channel on the customer's behalf. */
export type ChatTold =
  | {
      readonly kind: 'opens';
      readonly channel: ChatChannel;
      /** the conversation as the channel names it */
      readonly thread: string;
      readonly queue?: string | undefined;
      readonly language?: string | undefined;
      /** as the customer gave it */
      readonly name?: string | undefined;
    }
  /** `message`: chosen by the sender; the same id is the same message */
  | {
      readonly kind: 'writes';
      readonly message: string;
      /** of a file its name */
      readonly text: string;
      readonly as: MessageKind;
      /** id of a file that is kept for this chat */
      readonly attachment?: string | undefined;
      /** by the channel's clock, where it brings messages later than they were written */
      readonly writtenAt?: Instant | undefined;
    }
  /** the channel has a message of the house, or cannot bring it; `final`: it is not tried again. `reason` is a stable code */
  | { readonly kind: 'delivered'; readonly message: string }
  | {
      readonly kind: 'undelivered';
      readonly message: string;
      readonly reason: string;
      readonly final: boolean;
      readonly text?: string | undefined;
    }
  | { readonly kind: 'reads'; readonly message: string }
  | { readonly kind: 'leaves' }
  /** to be answered later, at this number */
  | { readonly kind: 'asks-reply'; readonly contact: string; readonly message: string; readonly text?: string | undefined }
  | { readonly kind: 'rates'; readonly score: number; readonly resolved?: boolean | undefined };

/** An agent sends a file that is kept for this chat; the server knows it, the page only its id. */
export interface FileSent {
  readonly kind: 'send-file';
  readonly interaction: string;
  readonly message: string;
  readonly attachment: string;
  readonly name: string;
  readonly as: 'image' | 'file';
}

/** What the check before sending found in a message: it went out all the same, for a reason, or it was stopped. */
export interface WordsChecked {
  readonly kind: 'words-checked';
  readonly interaction: string;
  readonly message: string;
  /** codes of what was found */
  readonly findings: readonly string[];
  readonly outcome: 'sent' | 'stopped';
  readonly reason?: string | undefined;
}
