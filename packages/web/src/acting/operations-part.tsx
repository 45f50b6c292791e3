import type { ActingView, OperationView } from '@threerings/core/wire/acting';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { OperationCard } from './operation-card.tsx';
import type { Acts } from './use-acting.ts';

/** The operations of this conversation, and a new one by product. */
export function OperationsPart({ view, acts }: { view: ActingView; acts: Acts }) {
  const t = useWords();
  const say = useTongue();
  const { operations, templates, open } = view;
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const [adding, setAdding] = useState(false);
  const shown = operations.find(({ proxy }) => proxy === chosen) ?? operations.at(-1);
  const begin = async (template: string) => {
    if (!(await acts.act({ kind: 'request', template }))) return;
    setAdding(false);
    setChosen(undefined);
  };
  const nameOf = ({ template, state }: OperationView, n: number) => `${n + 1} ${say(template.name)} · ${t(`acting.state.${state}`)}`;
  return (
    <>
      {operations.length > 1 && shown !== undefined && (
        <Segmented
          label={t('acting.operations')}
          value={shown.proxy}
          onChange={setChosen}
          options={operations.map((one, n) => ({ value: one.proxy, label: nameOf(one, n) }))}
        />
      )}
      {shown !== undefined && <OperationCard key={shown.proxy} operation={shown} view={view} acts={acts} />}
      {open && (adding || shown === undefined) && (
        <section className="acting-products" aria-label={t('acting.new')}>
          <p className="meta">{templates.length === 0 ? t('acting.no-products') : t('acting.choose-product')}</p>
          <div className="row row-wrap">
            {templates.map(({ template, name }) => (
              <Button key={template} busy={acts.busy} onClick={() => void begin(template)}>
                {say(name)}
              </Button>
            ))}
          </div>
        </section>
      )}
      {open && shown !== undefined && !adding && (
        <p>
          <Button size="small" tone="text" onClick={() => setAdding(true)}>
            {t('acting.new')}
          </Button>
        </p>
      )}
    </>
  );
}
