import { Link, useNavigate } from '@tanstack/react-router';
import type { CustomerHit } from '@threerings/core/wire/customers';
import { Contact, Lock, Plus } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useRowKeys } from '../app/use-row-keys.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { NewCustomerSheet } from './new-customer-sheet.tsx';
import { isSearchable, useCustomerSearch } from './use-customers.ts';
import '../promises/promises-page.css';

/** Who calls: found by number, name or pinyin, masked until identity is confirmed. */
export function CustomersPage() {
  const t = useWords();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const [adding, setAdding] = useState(false);
  const found = useCustomerSearch(typed);
  const hits = found.data ?? [];
  const hit = hits[chosen];
  useRowKeys({
    onMove: (by) => setChosen(Math.min(Math.max(0, hits.length - 1), Math.max(0, chosen + by))),
    onOpen: hit?.open === true ? () => void navigate({ to: '/customers/$customer', params: { customer: hit.customer } }) : undefined,
    onNew: () => setAdding(true),
  });
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('customer.title')}</h1>
        <Input
          className="customer-search"
          type="search"
          aria-label={t('customer.search')}
          aria-describedby="customer-hint"
          placeholder={t('customer.search')}
          maxLength={60}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setChosen(0);
          }}
        />
        <span id="customer-hint" className="meta">
          {t('customer.search-hint')}
        </span>
        <span className="grow" />
        <Button icon={<Plus size={16} aria-hidden />} hint="N" onClick={() => setAdding(true)}>
          {t('customer.add')}
        </Button>
      </header>
      <Card className="grow" icon={<Contact size={16} aria-hidden />} title={t('customer.title')}>
        <div className="scroll grow">
          {!isSearchable(typed) && <Empty title={t('customer.start')} text={t('customer.start-text')} />}
          {found.isLoading && <Loading what={t('customer.title')} />}
          {found.isError && <Failed error={found.error} onRetry={() => void found.refetch()} />}
          {found.isSuccess && hits.length === 0 && <Empty title={t('customer.none')} text={t('customer.none-text')} />}
          {hits.length > 0 && (
            <table className="rows-table">
              <tbody>
                {hits.map((each, n) => (
                  <Hit key={each.customer} hit={each} chosen={n === chosen} onChoose={() => setChosen(n)} />
                ))}
              </tbody>
            </table>
          )}
        </div>
      </Card>
      {adding && <NewCustomerSheet onClose={() => setAdding(false)} />}
    </div>
  );
}

function Hit({ hit, chosen, onChoose }: { hit: CustomerHit; chosen: boolean; onChoose: () => void }) {
  const t = useWords();
  const now = useNow(60_000);
  return (
    <tr data-chosen={chosen} onClick={onChoose}>
      <td className="strong nowrap">{hit.name}</td>
      <td className="num nowrap">{hit.numbers.join(' ')}</td>
      <td className="t2 num">{hit.lastContactAt !== undefined && t('customer.last', { time: shortTime(hit.lastContactAt, now) })}</td>
      <td className="num-col">
        {hit.open ? (
          <Link to="/customers/$customer" params={{ customer: hit.customer }}>
            {t('customer.open')}
          </Link>
        ) : (
          <span className="t2">
            <Lock size={14} aria-hidden /> {t('customer.closed')}
          </span>
        )}
      </td>
    </tr>
  );
}
