import { useQuery } from '@tanstack/react-query';
import { type DueTerm, dueQuote } from '@threerings/core/wire/ledger';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { localValue } from '../app/local-time.ts';
import { useMe } from '../app/session.ts';
import { dayOf, timeOfDay } from '../app/time.ts';
import { Input } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';

const hour = 3_600_000;

const terms = {
  '30m': { kind: 'elapsed', ms: hour / 2 },
  '1h': { kind: 'elapsed', ms: hour },
  '4h': { kind: 'elapsed', ms: 4 * hour },
  '2h-staffed': { kind: 'staffed', ms: 2 * hour },
  '1d': { kind: 'working-days', days: 1 },
  '3d': { kind: 'working-days', days: 3 },
  '5d': { kind: 'working-days', days: 5 },
} as const satisfies Record<string, DueTerm>;
export type DuePreset = keyof typeof terms;
type Choice = DuePreset | 'own';

interface DueChooserProps {
  readonly presets: readonly DuePreset[];
  readonly initial: DuePreset | 'own';
  readonly onChange: (due: number | undefined) => void;
}

/** A due time as an amount; the server counts working days and says what speaks against it before anybody promises it. */
export function DueChooser({ presets, initial, onChange }: DueChooserProps) {
  const t = useWords();
  const { csrf } = useMe();
  const [choice, setChoice] = useState<Choice>(initial);
  const [own, setOwn] = useState(() => localValue(Date.now() + 24 * hour));
  const ownAt = new Date(own).getTime();
  const body = choice === 'own' ? { kind: 'at', due: ownAt } : terms[choice];
  const quote = useQuery({
    queryKey: ['due-quote', body],
    queryFn: ({ signal }) => request('/api/promises/quote', dueQuote, { method: 'POST', body, csrf, signal }),
    enabled: choice !== 'own' || Number.isFinite(ownAt),
    staleTime: 30_000,
    retry: false,
  });
  const due = quote.data?.due;
  useEffect(() => onChange(due), [due, onChange]);
  return (
    <div className="stack due-chooser">
      <Segmented<Choice>
        label={t('due.label')}
        value={choice}
        onChange={setChoice}
        options={[...presets, 'own' as const].map((value) => ({ value, label: t(`due.${value}`) }))}
      />
      {choice === 'own' && (
        <Input type="datetime-local" aria-label={t('due.label')} value={own} onChange={(event) => setOwn(event.target.value)} />
      )}
      {due !== undefined && <p className="meta num">{t('due.at', { time: `${dayOf(due, true)} ${timeOfDay(due)}` })}</p>}
      {quote.data?.warnings.map((warning) => (
        <p key={warning} className="banner" data-tone="warn" role="status">
          <TriangleAlert size={16} aria-hidden />
          {t(`due.warn.${warning}`)}
        </p>
      ))}
    </div>
  );
}
