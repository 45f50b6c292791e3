import type { ChatDoor, ChatMessage, VisitorPush } from '@threerings/core/wire/chat';

export type StatePush = Extract<VisitorPush, { kind: 'state' }>;

/** A message of one's own that the server has not acknowledged yet. */
export interface Outgoing {
  readonly message: string;
  readonly text: string;
  readonly at: number;
  /** it is a file of this name, which goes by a request of its own */
  readonly file?: boolean | undefined;
  /** why the server did not take it */
  readonly refused?: string | undefined;
}

export interface VisitorChatState {
  /** `door` before a chat, `starting` until the server knows of it, `up` from then on */
  readonly phase: 'door' | 'starting' | 'up';
  readonly door?: ChatDoor | undefined;
  readonly push?: StatePush | undefined;
  readonly messages: readonly ChatMessage[];
  readonly outgoing: readonly Outgoing[];
  /** number of the newest message that came */
  readonly upTo: number;
  /** newest own message that the agent has seen */
  readonly seen?: string | undefined;
  readonly typingAt?: number | undefined;
  readonly lineLost: boolean;
  readonly problem?: string | undefined;
  /** the server let go for good */
  readonly over: boolean;
  readonly rated: boolean;
}

export const atTheDoor: VisitorChatState = {
  ...{ phase: 'door', messages: [], outgoing: [], upTo: 0, lineLost: false, over: false, rated: false },
};

/** The page after something from the server. INVARIANT (shown once): a message is shown once, however often it comes. */
export function afterPush(state: VisitorChatState, push: VisitorPush, now: number): VisitorChatState {
  switch (push.kind) {
    case 'state':
      return { ...state, phase: 'up', push };
    case 'messages': {
      const fresh = push.messages.filter((one) => one.seq > state.upTo && !state.messages.some(({ message }) => message === one.message));
      const ids = new Set(push.messages.map(({ message }) => message));
      return {
        ...state,
        messages: [...state.messages, ...fresh],
        outgoing: state.outgoing.filter(({ message }) => !ids.has(message)),
        upTo: Math.max(state.upTo, ...push.messages.map(({ seq }) => seq)),
        typingAt: fresh.some(({ from }) => from === 'agent') ? undefined : state.typingAt,
      };
    }
    case 'taken':
      // Shown from the stored message that follows; until then it stays where it is, and is not sent again.
      return state;
    case 'seen':
      return { ...state, seen: push.message };
    case 'typing':
      return { ...state, typingAt: now };
    case 'refused':
      return push.message === undefined
        ? { ...state, problem: push.words }
        : { ...state, outgoing: state.outgoing.map((one) => (one.message === push.message ? { ...one, refused: push.words } : one)) };
  }
}

export function afterWriting(state: VisitorChatState, written: Outgoing): VisitorChatState {
  return { ...state, outgoing: [...state.outgoing, written], problem: undefined };
}

/** What must be sent again on a new line, words and files: everything that was neither stored nor refused. */
export function unsent({ outgoing }: VisitorChatState): readonly Outgoing[] {
  return outgoing.filter(({ refused }) => refused === undefined);
}
