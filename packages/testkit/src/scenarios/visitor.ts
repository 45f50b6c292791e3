import { Caller } from './caller.ts';
import type { Step } from './steps.ts';

/** A person who writes on the hotline's page; what is expected of the chat is told as of a call. */
export class Visitor extends Caller {
  opensChat(of: { readonly queue?: string; readonly name?: string } = {}): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'opens-chat', ...of } };
  }

  writes(text: string): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'writes', text } };
  }

  /** The page heard no acknowledgement of the message before and sends it once more. */
  sendsAgain(text: string): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'writes', text, again: true } };
  }

  /** In WeCom; the first words begin a chat. `again`: the vendor brings the same message once more. */
  writesOverWecom(text: string, { again = false }: { readonly again?: boolean } = {}): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'writes-over', channel: 'wecom', text, again } };
  }

  /** A picture, or another file, by its name; `again`: the page heard no acknowledgement. */
  sendsFile(name: string, { as = 'image', again = false }: { readonly as?: 'image' | 'file'; readonly again?: boolean } = {}): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'sends-file', name, as, again } };
  }

  leavesChat(): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'leaves-chat' } };
  }

  asksForReply(contact: string, text: string): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'asks-reply', contact, text } };
  }

  rates(score: number): Step {
    return { kind: 'visitor', caller: this.name, act: { does: 'rates', score } };
  }
}
