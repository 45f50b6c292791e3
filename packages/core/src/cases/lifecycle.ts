import type { Instant } from '@threerings/norms/trace';
import { refuse } from '../errors/refusal.ts';
import { type Decision, fact, type Happened, textOf } from '../timeline/decider.ts';

/** What a customer must be told completely and at once (一次性告知): nothing of it may be left for a second call. */
export interface FullNotice {
  readonly notice: string;
  readonly items: readonly string[];
  readonly told: readonly string[];
}

/** One matter of one customer, over all calls, promises and tickets that belong to it. A fold of one case stream. */
export interface CaseFile {
  readonly state: 'none' | 'open' | 'closed';
  readonly customer?: string | undefined;
  /** received the customer first and stays responsible, whoever works on it (首问负责) */
  readonly first: string;
  readonly openedAt: Instant;
  readonly interactions: readonly string[];
  readonly notices: readonly FullNotice[];
}

export type CaseCommand = { readonly at: Instant; readonly case: string; readonly agent: string } & (
  | { readonly kind: 'open'; readonly customer: string; readonly interaction?: string | undefined }
  /** the same customer again: the contact joins what is open */
  | { readonly kind: 'link'; readonly interaction: string }
  | { readonly kind: 'begin-notice'; readonly notice: string; readonly items: readonly string[] }
  | { readonly kind: 'tell'; readonly notice: string; readonly item: string }
  /** `owed`: open promises and tickets of it */
  | { readonly kind: 'close'; readonly owed: number }
);

export const noCase: CaseFile = { state: 'none', first: '', openedAt: 0, interactions: [], notices: [] };

/** Items of one notice, and notices of one case. */
const mostItems = 30;
const mostNotices = 20;

export function decideCase(command: CaseCommand, state: CaseFile): Decision {
  const { at, agent, case: id } = command;
  if (command.kind === 'open') {
    if (state.state !== 'none') return [];
    const { customer, interaction } = command;
    const opened = fact('case.opened', at, { case: id, first: agent, customer });
    return interaction === undefined ? [opened] : [opened, fact('case.linked', at, { case: id, interaction })];
  }
  if (state.state === 'none') return refuse('case.unknown');
  if (command.kind === 'close') return close(command, state);
  if (state.state === 'closed') return refuse('case.closed');
  switch (command.kind) {
    case 'link':
      return state.interactions.includes(command.interaction)
        ? []
        : [fact('case.linked', at, { case: id, interaction: command.interaction })];
    case 'begin-notice':
      return beginNotice(command, state);
    case 'tell':
      return tell(command, state);
  }
}

function beginNotice(command: Extract<CaseCommand, { kind: 'begin-notice' }>, state: CaseFile): Decision {
  const { at, agent, notice } = command;
  const items = [...new Set(command.items.map((item) => item.trim()))].filter((item) => item !== '');
  if (state.notices.some((one) => one.notice === notice)) return [];
  if (items.length === 0) return refuse('case.no-items');
  if (items.length > mostItems || state.notices.length >= mostNotices) return refuse('case.too-many', { most: mostItems });
  return [fact('case.notice-begun', at, { case: command.case, notice, items, agent })];
}

function tell({ at, agent, notice, item, case: id }: Extract<CaseCommand, { kind: 'tell' }>, state: CaseFile): Decision {
  const found = state.notices.find((one) => one.notice === notice);
  if (found === undefined || !found.items.includes(item)) return refuse('case.no-item');
  return found.told.includes(item) ? [] : [fact('case.notice-told', at, { case: id, notice, item, agent })];
}

function close({ at, agent, owed, case: id }: Extract<CaseCommand, { kind: 'close' }>, state: CaseFile): Decision {
  if (state.state === 'closed') return [];
  if (owed > 0) return refuse('case.owed', { owed });
  const left = state.notices.reduce((count, notice) => count + untold(notice).length, 0);
  return left > 0 ? refuse('case.untold', { left }) : [fact('case.closed', at, { case: id, agent })];
}

/** The items that the customer has not been told yet. */
export function untold({ items, told }: FullNotice): readonly string[] {
  return items.filter((item) => !told.includes(item));
}

export function evolveCase(state: CaseFile, event: Happened): CaseFile {
  switch (event.type) {
    case 'case.opened': {
      const first = textOf(event, 'first') ?? '';
      return { ...noCase, state: 'open', first, customer: textOf(event, 'customer'), openedAt: event.occurredAt };
    }
    case 'case.linked':
      return { ...state, interactions: [...state.interactions, textOf(event, 'interaction') ?? ''] };
    case 'case.notice-begun': {
      const items = event.fields['items'];
      const notice = { notice: textOf(event, 'notice') ?? '', items: Array.isArray(items) ? items.map(String) : [], told: [] };
      return { ...state, notices: [...state.notices, notice] };
    }
    case 'case.notice-told': {
      const [id, item = ''] = [textOf(event, 'notice'), textOf(event, 'item')];
      return { ...state, notices: state.notices.map((one) => (one.notice === id ? { ...one, told: [...one.told, item] } : one)) };
    }
    case 'case.closed':
      return { ...state, state: 'closed' };
    default:
      return state;
  }
}
