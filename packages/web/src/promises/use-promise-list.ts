import type { PromiseView } from '@threerings/core/wire/desk';
import { useRef, useState } from 'react';
import { hasRole, useMe } from '../app/session.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { type LedgerView, usePromises } from './use-promises.ts';

export type KindView = Exclude<LedgerView, 'overdue'>;

/** One kind of promise as a list with a chosen row: whose, which words, the keys of every list, the row that is open beside it. */
export function usePromiseList(kind: 'message' | 'visit', shown: (row: PromiseView) => boolean) {
  const person = useMe();
  const leads = hasRole(person, 'leader', 'operations');
  const views: readonly KindView[] = leads ? ['mine', 'taken', 'team', 'settled'] : ['mine', 'taken', 'settled'];
  const [view, setView] = useState<KindView>(hasRole(person, 'agent') ? 'mine' : 'team');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const list = usePromises(view, kind);
  const rows = (list.data ?? []).filter((row) => shown(row) && holds(row, text));
  const at = rows.findIndex(({ promise }) => promise === chosen);
  const mayMake = hasRole(person, 'agent', 'leader');
  useRowKeys({
    onMove: (by) => setChosen(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.promise),
    onOpen: () => panel.current?.querySelector<HTMLElement>('button, a[href]')?.focus(),
    onNew: mayMake ? () => setAdding(true) : undefined,
  });
  const show = (next: KindView) => {
    setView(next);
    setChosen(undefined);
  };
  return { views, view, show, text, setText, chosen, setChosen, adding, setAdding, panel, list, rows, mayMake };
}

export type PromiseList = ReturnType<typeof usePromiseList>;

function holds({ about = '', owner, firstReceiver }: PromiseView, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || [about, owner, firstReceiver].some((each) => each.toLowerCase().includes(wanted));
}
