import type { Instant } from '@threerings/norms/trace';
import type { ActingAct, ActTemplate } from '../wire/acting.ts';
import type { Medium } from './templates.ts';

/** The conversation in which an agent acts, as it stands at this instant. */
export interface ActingScene {
  readonly interaction: string;
  readonly agent: string;
  readonly at: Instant;
  readonly medium: Medium;
  /** 工号 of who has the customer; absent = the conversation is over, or has not begun */
  readonly holder?: string | undefined;
  /** everybody who has had the customer */
  readonly handlers: readonly string[];
  /** the customer hears music and nothing else */
  readonly away: boolean;
  readonly templates: readonly ActTemplate[];
  /** whose data plan, company and contact are */
  readonly subject: string;
  /** keyed digest of a text; equal texts have equal digests, and without the key nobody can try values out */
  digest(text: string): string;
  newId(): string;
}

export type Act<Kind extends ActingAct['kind']> = Extract<ActingAct, { readonly kind: Kind }>;
