import { refuse } from '../errors/refusal.ts';
import { type Decision, fact } from '../timeline/decider.ts';
import { heard, inConversation } from './barriers.ts';
import type { Act, ActingScene } from './commands.ts';
import type { Acting } from './state.ts';

/**
 * Somebody says that they are not, or no longer, in charge of the account (S1h-01 to S1h-03): the company of the account is checked,
 * who is in charge and how to reach that person is noted, and only the person in charge, verified in this conversation, changes it.
 */
export function ownerAct(act: Act<'check-owner' | 'name-owner' | 'update-owner'>, acting: Acting, scene: ActingScene): Decision {
  const refusal = act.kind === 'check-owner' ? heard(scene) : inConversation(scene);
  if (refusal !== undefined) return refusal;
  const { at, subject } = scene;
  switch (act.kind) {
    case 'check-owner': {
      const company = { subject, value: act.company };
      return [fact('owner.checked', at, { outcome: act.outcome }, { personal: { company } })];
    }
    case 'name-owner':
      if (acting.company !== 'matches') return refuse('owner.company-unchecked');
      return [fact('owner.named', at, {}, { personal: ownerOf(act, subject) })];
    case 'update-owner':
      if (acting.company !== 'matches') return refuse('owner.company-unchecked');
      if (acting.identity !== 'owner') return refuse('owner.unverified');
      return [fact('owner.updated', at, {}, { personal: ownerOf(act, subject) })];
  }
}

function ownerOf({ owner }: Act<'name-owner' | 'update-owner'>, subject: string) {
  return { owner: { subject, value: JSON.stringify(owner) } };
}
