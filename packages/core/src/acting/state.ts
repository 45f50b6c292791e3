import { type Happened, textOf } from '../timeline/decider.ts';

export type Identity = 'none' | 'owner' | 'authorised' | 'unknown' | 'refused';
export type Right = 'owner' | 'authorised';

/** One operation that the customer of a conversation asked for. Plain data. */
export interface Operation {
  readonly proxy: string;
  readonly template: string;
  readonly right?: Right | undefined;
  /** digest of the plan as it stands, what it lacks and what is to be told of it; its values are personal and stand in the vault */
  readonly plan?: { readonly digest: string; readonly missing: readonly string[]; readonly extras: readonly string[] } | undefined;
  /** items that the customer was told, whatever plan they belonged to */
  readonly told: readonly string[];
  /** digest of the plan that was read back to the customer */
  readonly readBack?: string | undefined;
  /** the customer's yes in this conversation, to the plan with this digest */
  readonly consent?: { readonly consent: string; readonly digest: string } | undefined;
  /** the yes that was given and holds no more, and why */
  readonly lapsed?: 'plan' | 'handover' | 'identity' | undefined;
  readonly executed: boolean;
  readonly resultTold: boolean;
  readonly declined: boolean;
  /** plans that were filled in, and attempts that were stopped */
  readonly fills: number;
  readonly blocks: number;
}

export type ContactState = 'none' | 'requested' | 'accepted' | 'named' | 'misnamed';

/**
 * What was done for the customer of one conversation; a fold of its events. INVARIANT (consent is of this conversation): nothing of
 * another conversation ever comes in here, so that no consent can be carried over.
 */
export interface Acting {
  readonly identity: Identity;
  readonly operations: readonly Operation[];
  readonly company: 'none' | 'matches' | 'differs';
  readonly ownerNamed: boolean;
  readonly ownerUpdated: boolean;
  readonly contact: ContactState;
}

export const noActing: Acting = {
  identity: 'none',
  operations: [],
  company: 'none',
  ownerNamed: false,
  ownerUpdated: false,
  contact: 'none',
};

/** Event types with which something of this begins. */
export function beginsActing(type: string): boolean {
  return type === 'identity.verified' || type.startsWith('proxy.') || type.startsWith('owner.') || type.startsWith('contact.');
}

export function evolveActing(state: Acting, event: Happened): Acting {
  switch (event.type) {
    case 'identity.verified':
      // Another person, or another right: what was confirmed and agreed before was of somebody else.
      return { ...lapsing(state, 'identity'), identity: (textOf(event, 'result') ?? 'unknown') as Identity };
    case 'transfer.completed':
    case 'chat.transferred':
      return lapsing(state, 'handover');
    case 'proxy.requested':
      return { ...state, operations: [...state.operations, newOperation(textOf(event, 'proxy'), textOf(event, 'product'))] };
    case 'owner.checked':
      return { ...state, company: textOf(event, 'outcome') === 'matches' ? 'matches' : 'differs' };
    case 'owner.named':
      return { ...state, ownerNamed: true };
    case 'owner.updated':
      return { ...state, ownerUpdated: true };
    case 'contact.added':
      return { ...state, contact: textOf(event, 'state') === 'accepted' ? 'accepted' : 'requested' };
    case 'contact.renamed':
      return { ...state, contact: event.fields['pattern'] === true ? 'named' : 'misnamed' };
    default: {
      const proxy = event.type.startsWith('proxy.') ? textOf(event, 'proxy') : undefined;
      if (proxy === undefined) return state;
      return { ...state, operations: state.operations.map((one) => (one.proxy === proxy ? evolveOperation(one, event) : one)) };
    }
  }
}

function newOperation(proxy = '', template = ''): Operation {
  return { proxy, template, told: [], executed: false, resultTold: false, declined: false, fills: 0, blocks: 0 };
}

function evolveOperation(operation: Operation, event: Happened): Operation {
  switch (event.type) {
    case 'proxy.right-confirmed':
      return { ...operation, right: textOf(event, 'kind') === 'owner' ? 'owner' : 'authorised' };
    case 'proxy.plan-filled': {
      const plan = { digest: textOf(event, 'digest') ?? '', missing: listOf(event, 'missing'), extras: listOf(event, 'extras') };
      return { ...withoutConsent(operation, 'plan'), plan, fills: operation.fills + 1 };
    }
    case 'proxy.disclosed':
    case 'proxy.extra-told':
      return { ...operation, told: [...new Set([...operation.told, textOf(event, 'item') ?? ''])] };
    case 'proxy.read-back':
      return { ...operation, readBack: textOf(event, 'digest') };
    case 'proxy.consented':
      return {
        ...operation,
        consent: { consent: textOf(event, 'consent') ?? '', digest: textOf(event, 'digest') ?? '' },
        lapsed: undefined,
      };
    case 'proxy.executed':
      return { ...operation, executed: true };
    case 'proxy.blocked':
      return { ...operation, blocks: operation.blocks + 1 };
    case 'proxy.result-told':
      return { ...operation, resultTold: true };
    case 'proxy.refused':
      return { ...operation, declined: true };
    default:
      return operation;
  }
}

function listOf(event: Happened, name: string): readonly string[] {
  const value = event.fields[name];
  return typeof value === 'object' ? value : [];
}

function lapsing(state: Acting, why: 'handover' | 'identity'): Acting {
  const operations = state.operations.map((one) => {
    if (one.executed) return one;
    const after = withoutConsent(one, why);
    return why === 'identity' ? { ...after, right: undefined } : after;
  });
  return { ...state, operations };
}

function withoutConsent(operation: Operation, why: Operation['lapsed']): Operation {
  const lapsed = operation.consent === undefined ? operation.lapsed : why;
  return { ...operation, consent: undefined, readBack: undefined, lapsed };
}
