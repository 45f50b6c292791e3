import { ticketAct, ticketChange } from '@threerings/core/wire/tickets';
import { expect, it } from 'vitest';
import { changeOf, type Draft, emptyDraft, lacking, linesOf } from './ticket-draft.ts';

const full: Draft = {
  ...emptyDraft,
  reason: '等银行回执',
  text: '身份证\n银行卡 \n',
  department: 'benefits',
  dueAt: 9,
  to: '0209',
  yes: false,
};

it('a full draft of every act is one that the server understands', () => {
  for (const act of ticketAct.options) {
    expect(lacking(act, full), act).toBeUndefined();
    expect(ticketChange.safeParse(changeOf(act, full)).success, act).toBe(true);
  }
});

it('what is missing is named, one thing at a time', () => {
  expect(lacking('dispatch', emptyDraft)).toBe('ticket.department');
  expect(lacking('dispatch', { ...emptyDraft, department: 'x' })).toBe('due.label');
  expect(lacking('return', emptyDraft)).toBe('ticket.missing');
  expect(lacking('revisit', emptyDraft)).toBeUndefined();
  expect(lacking('revisit', { ...emptyDraft, yes: false })).toBe('ticket.reason');
  expect(lacking('decide-exception', { ...emptyDraft, yes: false })).toBe('ticket.reason');
});

it('a list is typed one item a line', () => {
  expect(linesOf(' 身份证\n\n银行卡 ')).toEqual(['身份证', '银行卡']);
});
