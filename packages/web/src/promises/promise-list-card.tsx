import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import type { PlainKey } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { PromisePanel } from './promise-panel.tsx';
import type { KindView, PromiseList } from './use-promise-list.ts';

interface PromiseListCardProps {
  readonly of: PromiseList;
  readonly words: 'message' | 'visit';
  readonly icon: ReactNode;
  /** beside the filter by words */
  readonly filters: ReactNode;
  readonly children: ReactNode;
}

/** A list of one kind of promise with its filters, and beside it the one that is chosen. */
export function PromiseListCard({ of, words, icon, filters, children }: PromiseListCardProps) {
  const t = useWords();
  const { list, rows, chosen } = of;
  const title = t(`${words}.title`);
  return (
    <>
      <div className="row row-wrap">
        <Segmented<KindView>
          label={t('ledger.view')}
          value={of.view}
          onChange={of.show}
          options={of.views.map((value) => ({ value, label: t(`${words}.view.${value}` satisfies PlainKey) }))}
        />
        {filters}
        <Input
          className="ledger-filter"
          aria-label={t('ledger.filter')}
          placeholder={t('ledger.filter')}
          value={of.text}
          maxLength={60}
          onChange={(event) => of.setText(event.target.value)}
        />
        <span className="grow" />
        {of.mayMake && (
          <Button tone="primary" icon={<Plus size={16} aria-hidden />} hint="N" onClick={() => of.setAdding(true)}>
            {t(`${words}.new`)}
          </Button>
        )}
      </div>
      <div className="ledger-columns">
        <Card icon={icon} title={title} aside={<span className="meta num">{rows.length}</span>}>
          <div className="scroll grow">
            {list.isPending && <Loading what={title} rows={6} />}
            {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
            {list.isSuccess && rows.length === 0 && <Empty title={t(`${words}.none`)} text={t(`${words}.none-text`)} />}
            {rows.length > 0 && children}
          </div>
        </Card>
        <div className="ledger-panel" ref={of.panel}>
          {chosen === undefined ? (
            <Card title={t('ledger.steps')}>
              <Empty title={t(`${words}.pick`)} text={t('ledger.pick-text')} />
            </Card>
          ) : (
            <PromisePanel key={chosen} promise={chosen} />
          )}
        </div>
      </div>
    </>
  );
}
