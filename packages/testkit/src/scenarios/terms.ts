import type { HoldReason } from '@threerings/core/wire/desk';
import type { OutboundPurpose } from '@threerings/core/wire/outbound';
import type { DeskAct } from './steps.ts';

/** Somebody else at a desk, by 工号. */
interface Colleague {
  readonly number: string;
}

/** The terms of a hold as the agent gives them at the desk; `because` answers a norm that asked. */
export interface HoldTerms {
  readonly reason?: HoldReason;
  readonly limitMs?: number;
  readonly consent?: boolean;
  readonly because?: string;
}

/** Where the caller is to go; `because` answers a norm, or the limit of transfers. */
export interface TransferTerms {
  /** `item`: self-service; `seat`: an expert seat, whoever is free there, or this expert by name */
  readonly to:
    | Colleague
    | { readonly outside: string; readonly name?: string }
    | { readonly queue: string }
    | { readonly item: string }
    | { readonly seat: string; readonly expert?: Colleague };
  readonly how?: 'warm' | 'cold';
  readonly brief?: string;
  readonly consent?: boolean;
  readonly because?: string;
  readonly reason?: string;
}

/** How somebody is called; `because`: why outside of the calling hours. */
export interface DialTerms {
  readonly purpose?: OutboundPurpose;
  readonly note?: string;
  readonly because?: string;
  readonly number?: string;
}

/** What is promised to the caller. `confirming`: it is made of what lies on the desk. */
export interface PromiseTerms {
  readonly about: string;
  readonly inMs: number;
  readonly what?: 'callback' | 'leader-callback' | 'expert-callback' | 'correction' | 'message' | 'visit';
  readonly number?: string;
  readonly owner?: string;
  readonly soothed?: boolean;
  readonly readBack?: boolean;
  readonly confirming?: boolean;
}

/** The act of a promise. */
export function promiseOf({ confirming, ...terms }: PromiseTerms): DeskAct {
  return { kind: 'promise-callback', ...terms, ...(confirming === true ? { proposal: true } : {}) };
}

/** The act of a transfer. */
export function transferOf({ to, how = 'warm', brief = '问补缴，已核对身份', consent = true, because, reason }: TransferTerms): DeskAct {
  const target = 'number' in to ? { agent: to.number } : 'seat' in to ? { seat: to.seat, agent: to.expert?.number } : to;
  return { kind: 'transfer', to: target, how, brief, consent, reason, ...(because === undefined ? {} : { override: because }) };
}

/** The act of a hold. */
export function holdOf({ reason = 'lookup', limitMs = 60_000, consent = false, because }: HoldTerms): DeskAct {
  return { kind: 'hold', reason, limitMs, consent, ...(because === undefined ? {} : { override: because }) };
}
