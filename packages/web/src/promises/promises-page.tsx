import type { PromiseView } from '@threerings/core/wire/desk';
import { Handshake, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input, Select } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { LedgerFigures } from './ledger-figures.tsx';
import { NewPromiseSheet } from './new-promise-sheet.tsx';
import { PromisePanel } from './promise-panel.tsx';
import { PromiseTable } from './promise-table.tsx';
import { type LedgerView, usePromises } from './use-promises.ts';
import './promises-page.css';

/** 承诺台账: what is owed to callers, the most urgent on top; beside it one promise with its number and what can be done. */
export function PromisesPage() {
  const t = useWords();
  const person = useMe();
  const now = useNow();
  const leads = hasRole(person, 'leader', 'operations');
  const [view, setView] = useState<LedgerView>('mine');
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const list = usePromises(view);
  const rows = (list.data ?? []).filter((row) => (kind === '' || row.kind === kind) && matches(row, text));
  const at = rows.findIndex(({ promise }) => promise === chosen);
  const mayMake = hasRole(person, 'agent', 'leader');
  useRowKeys({
    onMove: (by) => setChosen(rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.promise),
    onOpen: () => panel.current?.querySelector<HTMLElement>('button, a[href]')?.focus(),
    onNew: mayMake ? () => setAdding(true) : undefined,
  });
  const views: readonly LedgerView[] = leads ? ['mine', 'taken', 'team', 'overdue', 'settled'] : ['mine', 'taken', 'overdue', 'settled'];
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('ledger.title')}</h1>
        <Segmented<LedgerView>
          label={t('ledger.view')}
          value={view}
          onChange={(next) => {
            setView(next);
            setChosen(undefined);
          }}
          options={views.map((value) => ({ value, label: t(`ledger.view.${value}`) }))}
        />
        <Select aria-label={t('ledger.any-kind')} value={kind} onChange={(event) => setKind(event.target.value)}>
          <option value="">{t('ledger.any-kind')}</option>
          {[...new Set((list.data ?? []).map((row) => row.kind))].map((value) => (
            <option key={value} value={value}>
              {wordOfCode(t, 'promise.kind', value)}
            </option>
          ))}
        </Select>
        <Input
          className="ledger-filter"
          aria-label={t('ledger.filter')}
          placeholder={t('ledger.filter')}
          value={text}
          maxLength={60}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="grow" />
        <LedgerFigures of={leads && view !== 'mine' ? 'team' : 'mine'} />
        {mayMake && (
          <Button tone="primary" icon={<Plus size={16} aria-hidden />} hint="N" onClick={() => setAdding(true)}>
            {t('ledger.new')}
          </Button>
        )}
      </header>
      <div className="ledger-columns">
        <Card icon={<Handshake size={16} aria-hidden />} title={t('ledger.title')} aside={<span className="meta num">{rows.length}</span>}>
          <div className="scroll grow">
            {list.isPending && <Loading what={t('ledger.title')} rows={8} />}
            {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
            {list.isSuccess && rows.length === 0 && <Empty title={t('ledger.none')} text={t('ledger.none-text')} />}
            {rows.length > 0 && <PromiseTable rows={rows} now={now} chosen={chosen} onChoose={setChosen} />}
          </div>
        </Card>
        <div className="ledger-panel" ref={panel}>
          {chosen === undefined ? (
            <Card title={t('ledger.steps')}>
              <Empty title={t('ledger.pick')} text={t('ledger.pick-text')} />
            </Card>
          ) : (
            <PromisePanel key={chosen} promise={chosen} />
          )}
        </div>
      </div>
      {adding && <NewPromiseSheet onClose={() => setAdding(false)} />}
    </div>
  );
}

function matches({ about = '', owner, firstReceiver, ticket = '' }: PromiseView, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted === '' || [about, owner, firstReceiver, ticket].some((each) => each.toLowerCase().includes(wanted));
}
