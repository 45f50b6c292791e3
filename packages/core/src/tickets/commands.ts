import type { Instant } from '@threerings/norms/trace';
import type { PersonalValue } from '../timeline/event.ts';
import type { PauseReason } from './clock.ts';
import type { SuggestionValue, TicketKind, TicketResult } from './state.ts';

/** `agent`: 工号 of the person who does it. Who may do what is the caller's to check (roles, units); here only what the ticket allows. */
export type TicketCommand = { readonly at: Instant; readonly ticket: string; readonly agent: string } & (
  | {
      readonly kind: 'create';
      readonly what: TicketKind;
      /** absent = the person who writes it down */
      readonly owner?: string | undefined;
      readonly first?: string | undefined;
      readonly title: PersonalValue;
      readonly about: PersonalValue;
      readonly customer?: string | undefined;
      readonly case?: string | undefined;
      readonly proposal?: string | undefined;
      readonly secret?: boolean | undefined;
      /** of a complaint: what is demanded is written down, and which sort of cause */
      readonly demand?: boolean | undefined;
      readonly category?: string | undefined;
      /** the customer can be answered */
      readonly contact?: boolean | undefined;
    }
  | { readonly kind: 'dispatch'; readonly department: string; readonly due: Instant }
  | { readonly kind: 'acknowledge' }
  | {
      readonly kind: 'return';
      readonly because: 'incomplete' | 'not-ours' | 'duplicate';
      readonly reason: string;
      readonly missing: readonly string[];
    }
  | { readonly kind: 'note'; readonly note: PersonalValue }
  | { readonly kind: 'pause'; readonly reason: PauseReason }
  | { readonly kind: 'resume' }
  | { readonly kind: 'urge' }
  | { readonly kind: 'supervise'; readonly reason: string }
  | {
      readonly kind: 'ask-exception';
      readonly exception: 'extension' | 'not-ours';
      readonly reason: string;
      readonly due?: Instant | undefined;
    }
  | { readonly kind: 'decide-exception'; readonly approved: boolean; readonly reason: string }
  | { readonly kind: 'resolve'; readonly result: TicketResult; readonly answer: PersonalValue }
  | { readonly kind: 'tell-customer'; readonly channel: string }
  /** `due`: until when it must be done again where the customer is not content */
  | {
      readonly kind: 'revisit';
      readonly resolved: boolean;
      readonly score?: number | undefined;
      readonly reason?: string | undefined;
      readonly due?: Instant | undefined;
    }
  | { readonly kind: 'reopen'; readonly reason: string; readonly due: Instant }
  /** of a suggestion: what it is worth, and what its author is thanked with */
  | { readonly kind: 'value'; readonly value: SuggestionValue; readonly award?: string | undefined }
  | { readonly kind: 'change-owner'; readonly to: string; readonly approved: boolean }
  | { readonly kind: 'close' }
);

export type TicketDo<Kind extends TicketCommand['kind']> = Extract<TicketCommand, { readonly kind: Kind }>;
