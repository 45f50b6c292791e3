import type { VisitorPush } from '@threerings/core/wire/chat';

/** The open page of a visitor. */
export interface VisitorPage {
  send(push: VisitorPush): void;
  /** 4000 = the chat is closed; the page does not come again */
  close(): void;
}
