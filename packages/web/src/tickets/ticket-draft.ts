import type { PauseReason } from '@threerings/core/tickets/clock';
import type { SuggestionValue, TicketResult } from '@threerings/core/tickets/state';
import type { TicketAct, TicketChange } from '@threerings/core/wire/tickets';
import type { PlainKey } from '../app/i18n/translate.ts';

/** What was typed for an act; each act uses its own part. */
export interface Draft {
  readonly reason: string;
  readonly text: string;
  readonly department: string;
  readonly dueAt: number | undefined;
  readonly because: 'incomplete' | 'not-ours' | 'duplicate';
  readonly pause: PauseReason;
  readonly exception: 'extension' | 'not-ours';
  readonly result: TicketResult;
  readonly channel: 'phone' | 'sms' | 'mail' | 'visit' | 'chat';
  readonly yes: boolean;
  readonly score: '' | '1' | '2' | '3' | '4' | '5';
  readonly to: string;
  readonly value: SuggestionValue;
  readonly award: string;
}

export const emptyDraft: Draft = {
  reason: '',
  text: '',
  department: '',
  dueAt: undefined,
  because: 'incomplete',
  pause: 'customer-material',
  exception: 'extension',
  result: 'solved',
  channel: 'phone',
  yes: true,
  score: '',
  to: '',
  value: 'some',
  award: '',
};

/** The first thing that is still missing, as the word beside the button; undefined = it can be sent. */
export function lacking(act: TicketAct, { reason, text, department, dueAt, because, exception, yes, to }: Draft): PlainKey | undefined {
  const noReason = reason.trim() === '' ? 'ticket.reason' : undefined;
  const noDue = dueAt === undefined ? 'due.label' : undefined;
  const noText = text.trim() === '';
  switch (act) {
    case 'dispatch':
      return department === '' ? 'ticket.department' : noDue;
    case 'return':
      return because === 'incomplete' && noText ? 'ticket.missing' : noReason;
    case 'note':
      return noText ? 'ticket.note' : undefined;
    case 'resolve':
      return noText ? 'ticket.answer' : undefined;
    case 'supervise':
      return noReason;
    case 'ask-exception':
      return noReason ?? (exception === 'extension' ? noDue : undefined);
    case 'decide-exception':
      return yes ? undefined : noReason;
    case 'revisit':
      return yes ? undefined : (noReason ?? noDue);
    case 'reopen':
      return noReason ?? noDue;
    case 'change-owner':
      return to.trim() === '' ? 'ticket.to' : undefined;
    default:
      return undefined;
  }
}

/** The items of a list that was typed one a line. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function changeOf(act: TicketAct, draft: Draft): TicketChange | undefined {
  const { text, department, because, pause, exception, result, channel, yes, score } = draft;
  const reason = draft.reason.trim();
  const due = draft.dueAt === undefined ? {} : { dueAt: draft.dueAt };
  const dueAt = draft.dueAt ?? 0;
  switch (act) {
    case 'dispatch':
      return { do: act, department, dueAt };
    case 'return':
      return { do: act, because, reason, missing: because === 'incomplete' ? linesOf(text) : [] };
    case 'note':
      return { do: act, note: text.trim() };
    case 'pause':
      return { do: act, reason: pause };
    case 'supervise':
      return { do: act, reason };
    case 'ask-exception':
      return { do: act, exception, reason, ...(exception === 'extension' ? due : {}) };
    case 'decide-exception':
      return { do: act, approved: yes, reason };
    case 'resolve':
      return { do: act, result, answer: text.trim() };
    case 'tell-customer':
      return { do: act, channel };
    case 'revisit':
      return { do: act, resolved: yes, ...(score === '' ? {} : { score: Number(score) }), ...(yes ? {} : { reason, ...due }) };
    case 'reopen':
      return { do: act, reason, dueAt };
    case 'change-owner':
      return { do: act, to: draft.to.trim() };
    case 'value':
      return { do: act, value: draft.value, ...(draft.award.trim() === '' ? {} : { award: draft.award.trim() }) };
    default:
      return { do: act };
  }
}
