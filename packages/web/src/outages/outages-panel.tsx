import type { OutageView } from '@threerings/core/wire/outages';
import { Plus, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { OutageForm } from './outage-form.tsx';
import { OutageLine } from './outage-line.tsx';
import { OutagePane } from './outage-pane.tsx';
import { useOutages } from './use-outages.ts';

type Pane = { readonly kind: 'form'; readonly of?: OutageView } | { readonly kind: 'one'; readonly outage: string };

/** What is out of order now and was lately; leaders and operations register, change and end it. */
export function OutagesPanel() {
  const t = useWords();
  const keeps = hasRole(useMe(), 'leader', 'operations');
  const list = useOutages();
  const [pane, setPane] = useState<Pane | undefined>(undefined);
  const rows = list.data ?? [];
  const add = (
    <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => setPane({ kind: 'form' })}>
      {t('outage.new')}
    </Button>
  );
  return (
    <div className="day-columns" data-pane={pane !== undefined}>
      <Card className="grow" icon={<TriangleAlert size={16} aria-hidden />} title={t('outage.title')} aside={keeps ? add : undefined}>
        <div className="scroll grow">
          {list.isPending && <Loading what={t('outage.title')} rows={4} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && rows.length === 0 && <Empty title={t('outage.none')} text={t('outage.none-text')} />}
          <ul className="directory-rows">
            {rows.map((outage) => (
              <li key={outage.outage}>
                <OutageLine outage={outage} />
                <Button size="small" onClick={() => setPane({ kind: 'one', outage: outage.outage })}>
                  {t('outage.open')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      </Card>
      {pane !== undefined && (
        <div className="day-pane">
          {pane.kind === 'form' ? (
            <OutageForm key={pane.of?.outage ?? 'new'} of={pane.of} onClose={() => setPane(undefined)} />
          ) : (
            <OutagePane
              key={pane.outage}
              outage={pane.outage}
              keeps={keeps}
              onEdit={(of) => setPane({ kind: 'form', of })}
              onClose={() => setPane(undefined)}
            />
          )}
        </div>
      )}
    </div>
  );
}
