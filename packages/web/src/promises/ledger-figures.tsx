import { useWords } from '../app/i18n/use-words.ts';
import { usePromiseFigures } from './use-promises.ts';

/** 按时回电率, with its formula; never a percentage of nothing. */
export function LedgerFigures({ of }: { of: 'mine' | 'team' }) {
  const t = useWords();
  const { data } = usePromiseFigures(of);
  if (data === undefined) return null;
  const { days, due, kept, overdue, unreached } = data;
  const rate = due === 0 ? '—' : `${Math.round((1000 * kept) / due) / 10}%`;
  return (
    <dl className="ledger-figures num">
      <div title={t('ledger.rate-formula', { kept, due })}>
        <dt>{t('ledger.rate', { days })}</dt>
        <dd>
          {rate} <span className="meta">{due === 0 ? '' : `${kept}/${due}`}</span>
        </dd>
      </div>
      <div>
        <dt>{t('ledger.overdue')}</dt>
        <dd data-alert={overdue > 0}>{overdue}</dd>
      </div>
      <div>
        <dt>{t('ledger.unreached')}</dt>
        <dd>{unreached}</dd>
      </div>
    </dl>
  );
}
