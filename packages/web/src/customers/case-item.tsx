import type { CaseChange, CaseView } from '@threerings/core/wire/customers';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { useNow } from '../live/clock.ts';
import { linesOf } from '../tickets/ticket-draft.ts';
import { Button } from '../ui/button.tsx';
import { Field, Textarea } from '../ui/field.tsx';
import { customersKey } from './use-customers.ts';

/** A case: who received the customer first, and the notices whose items must all be told. */
export function CaseItem({ view }: { view: CaseView }) {
  const t = useWords();
  const now = useNow(60_000);
  const { run, busy } = useAct(customersKey);
  const [adding, setAdding] = useState(false);
  const [items, setItems] = useState('');
  const open = view.state === 'open';
  const say = (change: CaseChange) => run(`/api/cases/${encodeURIComponent(view.case)}`, change);
  const begin = async (event: FormEvent) => {
    event.preventDefault();
    if (linesOf(items).length > 0 && (await say({ do: 'begin-notice', notice: uuid(), items: linesOf(items) }))) {
      setAdding(false);
      setItems('');
    }
  };
  return (
    <article className="customer-case stack">
      <p className="row row-wrap">
        <span className="chip" data-tone={open ? 'warn' : 'outline'}>
          {t(open ? 'customer.case.open' : 'customer.case.closed')}
        </span>
        <b className="num">{t('customer.first', { who: view.first })}</b>
        <span className="meta num">
          {shortTime(view.openedAt, now)} · {t('customer.contacts-n', { n: view.contacts })}
        </span>
      </p>
      {view.notices.map((notice) => (
        <fieldset key={notice.notice} className="case-notice">
          <legend className="meta strong">
            {t('customer.notice')} ·{' '}
            {notice.items.length > notice.told.length
              ? t('customer.notice-left', { n: notice.items.length - notice.told.length })
              : t('customer.notice-done')}
          </legend>
          {notice.items.map((item) => (
            <label key={item} className="row">
              <input
                type="checkbox"
                checked={notice.told.includes(item)}
                disabled={!open || busy || notice.told.includes(item)}
                onChange={() => void say({ do: 'tell', notice: notice.notice, item })}
              />
              {item}
            </label>
          ))}
        </fieldset>
      ))}
      {open && (
        <div className="row row-wrap">
          <Button size="small" pressed={adding} onClick={() => setAdding(!adding)}>
            {t('customer.notice-new')}
          </Button>
          <Button size="small" busy={busy} onClick={() => void say({ do: 'close' })}>
            {t('customer.case-close')}
          </Button>
        </div>
      )}
      {adding && (
        <form className="stack" onSubmit={(event) => void begin(event)}>
          <Field label={t('customer.notice-items')}>
            {(ids) => <Textarea {...ids} rows={3} maxLength={2000} value={items} onChange={(event) => setItems(event.target.value)} />}
          </Field>
          <Button type="submit" tone="primary" size="small" busy={busy}>
            {t('customer.notice-begin')}
          </Button>
        </form>
      )}
    </article>
  );
}
