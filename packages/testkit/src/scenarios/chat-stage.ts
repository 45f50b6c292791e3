import type { ChatTold } from '@threerings/core/hotline/chat-inputs';
import { type ChatAct, chatAct } from '@threerings/core/wire/chat';
import type { Instant } from '@threerings/norms/trace';
import type { ChatDeskAct, VisitorAct } from './steps.ts';

/** Message ids of a scenario, the same from every driver. */
export class MessageIds {
  #count = 0;
  readonly #newest = new Map<string, string>();

  /** `again`: the newest one of this person, sent once more. */
  of(person: string, again = false): string {
    const before = this.#newest.get(person);
    if (again && before !== undefined) return before;
    this.#count += 1;
    const id = `00000000-0000-4000-8000-${String(this.#count).padStart(12, '0')}`;
    this.#newest.set(person, id);
    return id;
  }
}

/** `newest`: the newest message of the other side. */
export interface WriterPlace {
  readonly thread: string;
  readonly newest: string;
  readonly now: Instant;
  readonly message: () => string;
}

/** What the hotline is told of somebody who writes. */
export function toldBy(act: VisitorAct, { thread, message, newest, now }: WriterPlace): ChatTold {
  switch (act.does) {
    case 'opens-chat':
      return { kind: 'opens', channel: 'web', thread, queue: act.queue, name: act.name };
    case 'writes-over':
      return { kind: 'writes', message: `kf-${hex32(message())}`, text: act.text, as: 'text', writtenAt: wholeSecond(now) };
    case 'writes':
      return { kind: 'writes', message: message(), text: act.text, as: 'text' };
    case 'sends-file': {
      // The id of the message is that of the file.
      const id = message();
      return { kind: 'writes', message: id, attachment: id, text: act.name, as: act.as };
    }
    case 'reads':
      return { kind: 'reads', message: newest };
    case 'leaves-chat':
      return { kind: 'leaves' };
    case 'asks-reply':
      return { kind: 'asks-reply', contact: act.contact, message: message(), text: act.text };
    case 'rates':
      return { kind: 'rates', score: act.score };
  }
}

const hex32 = (uuid: string) => uuid.replaceAll('-', '');
/** Vendors tell when something was written in seconds. */
const wholeSecond = (at: Instant) => Math.floor(at / 1000) * 1000;

/** The act of an agent as the page sends it. */
export function chatActOf(
  act: ChatDeskAct,
  { interaction, message, newest, now }: { interaction: string; message: () => string; newest: string; now: Instant },
): ChatAct {
  const place = { interaction, message: act.kind === 'send' ? message() : newest };
  const due = act.kind === 'promise' && 'inMs' in act ? { dueAt: now + act.inMs } : {};
  return chatAct.parse({ ...act, ...place, ...due });
}
