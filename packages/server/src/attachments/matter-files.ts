import { permits } from '@threerings/core/people/permissions';
import type { KnowledgeDesk } from '../knowledge/knowledge-desk.ts';
import type { Person } from '../session/sessions.ts';
import type { Owner } from '../store/attachment-rows.ts';
import { subjectOf } from '../tickets/ticket-change.ts';
import type { TicketDesk } from '../tickets/ticket-desk.ts';
import type { Attachments } from './attachments.ts';

export interface MatterFilesParts {
  readonly attachments: Attachments;
  readonly tickets: TicketDesk;
  readonly knowledge: KnowledgeDesk;
}

/** What a person may do with the files of a ticket or an article, and whose key they are sealed under. */
export interface Standing {
  readonly subject: string;
  readonly add: boolean;
  /** also files that others brought */
  readonly removeAny: boolean;
}

/** Undefined: there is no such ticket or article, or this person may not see it. Files of chats are given out by the chats. */
export async function standingWith({ tickets, knowledge }: MatterFilesParts, person: Person, owner: Owner): Promise<Standing | undefined> {
  if (owner.kind === 'ticket') {
    const reads = permits(person.roles, 'tickets.see-own') || permits(person.roles, 'tickets.see-unit');
    const found = reads ? await tickets.find(person, owner.id) : undefined;
    if (found === undefined) return undefined;
    const { customer, interaction } = found.row;
    const subject = subjectOf(owner.id, customer ?? undefined, interaction ?? undefined);
    return { subject, add: found.state.stage !== 'closed', removeAny: false };
  }
  if (owner.kind === 'knowledge' && permits(person.roles, 'knowledge.see') && (await knowledge.detail(person, owner.id)) !== undefined) {
    const edits = permits(person.roles, 'knowledge.edit');
    return { subject: `article-${owner.id}`, add: edits, removeAny: edits };
  }
  return undefined;
}
