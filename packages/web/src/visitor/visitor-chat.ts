import { attachmentRow } from '@threerings/core/wire/attachments';
import { chatDoor, startedChat, type VisitorMessage, visitorPush } from '@threerings/core/wire/chat';
import { HttpFailure, request, requestFile } from '../app/http.ts';
import type { Language } from '../app/i18n/words.ts';
import { uuid } from '../app/uuid.ts';
import { ReconnectingSocket } from '../live/socket.ts';
import { afterPush, afterWriting, atTheDoor, unsent, type VisitorChatState } from './visitor-state.ts';

/** What the visitor gives before a chat. `remember`: the chat may be found again after a reload of the page. */
export interface Opening {
  readonly language: Language;
  readonly name: string;
  readonly text: string;
  readonly queue?: string | undefined;
  readonly remember: boolean;
}

const tokenKey = 'threerings.chat';
/** The agent is told of typing at most so often, ms. */
const typingEveryMs = 3000;

/** One chat from the public page: a socket that comes back, and what was written meanwhile. Nothing is stored before the visitor agrees. */
export class VisitorChat {
  #state: VisitorChatState = atTheDoor;
  readonly #listeners = new Set<() => void>();
  #socket: ReconnectingSocket | undefined;
  #token = '';
  /** files on their way, by message */
  readonly #files = new Map<string, File>();
  #typedAt = 0;
  #read: string | undefined;

  getState = (): VisitorChatState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** What is known before a chat; and the chat of this tab, where the visitor agreed to keep it. */
  async look(queue: string | undefined): Promise<void> {
    const kept = keptToken();
    if (kept !== undefined) this.#connect(kept);
    try {
      const query = queue === undefined ? '' : `?queue=${encodeURIComponent(queue)}`;
      this.#set({ door: await request(`/api/chat${query}`, chatDoor) });
    } catch (error) {
      this.#set({ problem: wordsOf(error) });
    }
  }

  async start({ language, name, text, queue, remember }: Opening): Promise<void> {
    if (this.#state.phase !== 'door') return;
    this.#set({ phase: 'starting', problem: undefined });
    try {
      const body = { language, ...(name.trim() === '' ? {} : { name: name.trim() }), ...(queue === undefined ? {} : { queue }) };
      const { token } = await request('/api/chat/chats', startedChat, { method: 'POST', body });
      if (remember) keepToken(token);
      this.#connect(token);
      if (text.trim() !== '') this.write(text);
    } catch (error) {
      this.#set({ phase: 'door', problem: wordsOf(error) });
    }
  }

  write = (text: string): void => {
    const written = { message: uuid(), text: text.trim(), at: Date.now() };
    if (written.text === '') return;
    this.#state = afterWriting(this.#state, written);
    this.#changed();
    this.#send({ kind: 'write', message: written.message, text: written.text });
  };

  /** A file that is too large for the server is not sent there at all. */
  sendFile = (file: File, tooLarge: string): void => {
    const message = uuid();
    const most = this.#state.door?.mostFileMegabytes;
    const refused = most !== undefined && file.size > most * 1_048_576 ? tooLarge : undefined;
    this.#state = afterWriting(this.#state, { message, text: file.name.slice(-300), at: Date.now(), file: true, refused });
    this.#changed();
    if (refused !== undefined) return;
    this.#files.set(message, file);
    void this.#upload(message, file);
  };

  /** The bytes of a file of this chat. */
  file = (attachment: string): Promise<Blob> =>
    requestFile(`/api/chat/files/${encodeURIComponent(attachment)}`, { headers: { 'x-chat-token': this.#token } });

  typing = (): void => {
    if (Date.now() - this.#typedAt < typingEveryMs) return;
    this.#typedAt = Date.now();
    this.#send({ kind: 'typing' });
  };

  /** The visitor sees the newest message of the agent. */
  read = (): void => {
    const newest = this.#state.messages.findLast(({ from }) => from === 'agent')?.message;
    if (newest === undefined || newest === this.#read) return;
    this.#read = newest;
    this.#send({ kind: 'read', message: newest });
  };

  leave = (): void => this.#send({ kind: 'leave' });

  askReply = (contact: string, text: string): void => {
    const words = text.trim() === '' ? {} : { text: text.trim() };
    this.#send({ kind: 'ask-reply', contact, message: uuid(), ...words });
  };

  rate = (score: number): void => {
    this.#send({ kind: 'rate', score });
    this.#set({ rated: true });
  };

  again = (): void => {
    this.#end();
    this.#state = { ...atTheDoor, door: this.#state.door };
    this.#changed();
  };

  stop(): void {
    this.#socket?.stop();
    this.#socket = undefined;
  }

  #connect(token: string): void {
    this.#token = token;
    this.#set({ phase: 'up' });
    this.#socket = new ReconnectingSocket(() => `/chat-live?token=${encodeURIComponent(token)}&after=${this.#state.upTo}`, {
      onOpen: () => {
        // The same ids again: what the server has already it takes as done.
        for (const { message, text, file } of unsent(this.#state)) {
          const bytes = this.#files.get(message);
          if (bytes !== undefined) void this.#upload(message, bytes);
          else if (file !== true) this.#send({ kind: 'write', message, text });
        }
      },
      onMessage: (data) => {
        const read = visitorPush.safeParse(data);
        if (!read.success) return;
        this.#state = afterPush(this.#state, read.data, Date.now());
        this.#changed();
      },
      onState: (link) => this.#set({ lineLost: link.kind === 'lost' }),
      onFinal: () => {
        forgetToken();
        // A chat that is unknown by now never came up: the door is shown again.
        if (this.#state.push === undefined) this.again();
        else this.#set({ over: true });
      },
    });
    this.#socket.start();
  }

  /** Lost on the way, it goes again with the next line; the id says that it is the same. */
  async #upload(message: string, bytes: File): Promise<void> {
    const name = bytes.name.slice(-300) || 'file';
    try {
      const path = `/api/chat/files?${new URLSearchParams({ message, name })}`;
      await request(path, attachmentRow, { method: 'POST', bytes, headers: { 'x-chat-token': this.#token } });
      this.#files.delete(message);
    } catch (error) {
      if (!(error instanceof HttpFailure) || error.kind === 'network') return;
      this.#files.delete(message);
      this.#state = afterPush(this.#state, { kind: 'refused', refused: '', words: wordsOf(error) || error.message, message }, Date.now());
      this.#changed();
    }
  }

  #send(message: VisitorMessage): void {
    this.#socket?.send(message);
  }

  #end(): void {
    forgetToken();
    this.stop();
  }

  #set(change: Partial<VisitorChatState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function wordsOf(error: unknown): string {
  return error instanceof HttpFailure ? (error.refusal?.message ?? '') : '';
}

function keepToken(token: string): void {
  try {
    sessionStorage.setItem(tokenKey, token);
  } catch {
    // Inside another site the browser may refuse: a reload then begins anew, as without consent.
  }
}

function keptToken(): string | undefined {
  try {
    return sessionStorage.getItem(tokenKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function forgetToken(): void {
  try {
    sessionStorage.removeItem(tokenKey);
  } catch {
    // Nothing was kept.
  }
}
