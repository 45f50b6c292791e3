import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import { inConversation } from './barriers.ts';
import type { Act, ActingScene } from './commands.ts';
import type { Acting } from './state.ts';

/**
 * A contact in WeChat (W18): asked for once it is known who is in charge (S1h-21), accepted by the customer (S1h-22), then named by the
 * user name or id of the account (S1h-23). Naming may follow when the conversation is over, by who had the customer.
 */
export function contactAct(
  act: Act<'ask-contact' | 'contact-accepted' | 'name-contact'>,
  { identity, contact }: Acting,
  scene: ActingScene,
): Decision {
  const personal = { contact: { subject: scene.subject, value: act.kind === 'name-contact' ? act.name : act.contact } };
  if (act.kind === 'ask-contact') {
    const refusal = inConversation(scene);
    if (refusal !== undefined) return refusal;
    if (identity !== 'owner' && identity !== 'authorised') return refuse('contact.owner-unconfirmed');
    return [fact('contact.added', scene.at, { state: 'requested' }, { by: 'agent', personal })];
  }
  if (!scene.handlers.includes(scene.agent)) return refuse('acting.not-yours');
  if (contact === 'none') return refuse('contact.not-asked');
  if (act.kind === 'contact-accepted')
    return contact === 'requested' ? [fact('contact.added', scene.at, { state: 'accepted' }, { by: 'customer', personal })] : [];
  if (contact === 'requested') return refuse('contact.not-accepted');
  return [fact('contact.renamed', scene.at, { pattern: namedBy(act) }, { by: 'agent', personal })];
}

/** The name of the contact begins with the user name or id of the account; capital letters and spaces do not matter. */
export function namedBy({ user, name }: Pick<Act<'name-contact'>, 'user' | 'name'>): boolean {
  const plain = (text: string) => text.replaceAll(/\s+/g, '').toLowerCase();
  return plain(user) !== '' && plain(name).startsWith(plain(user));
}
