import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import { ListChecks } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { instanceOf } from '../live/fold.ts';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty } from '../ui/states.tsx';
import { useInView } from '../ui/use-in-view.ts';
import { useStandingWord, VerdictIcon } from '../ui/verdict.tsx';
import { verdictsInReadingOrder } from '../verdicts/tally.ts';
import { VerdictDetail } from './verdict-detail.tsx';

interface VerdictPanelProps {
  readonly interaction: string;
  readonly events: readonly WireEvent[];
  readonly verdicts: readonly WireVerdict[];
  readonly from: number;
  readonly chosen: string | undefined;
  readonly chosenVerdict: WireVerdict | undefined;
  readonly onChoose: (verdict: WireVerdict) => void;
  readonly onListen: ((instant: number) => void) | undefined;
}

type Shown = 'all' | 'broken' | 'unknown';

export function VerdictPanel({ interaction, events, verdicts, from, chosen, chosenVerdict, onChoose, onListen }: VerdictPanelProps) {
  const t = useWords();
  const [shown, setShown] = useState<Shown>('all');
  const ordered = useMemo(() => verdictsInReadingOrder(verdicts), [verdicts]);
  const count = (value: string) => verdicts.filter((verdict) => verdict.value === value).length;
  const visible = shown === 'all' ? ordered : ordered.filter((verdict) => verdict.value === shown);
  return (
    <>
      <Card
        icon={<ListChecks size={16} aria-hidden />}
        title={t('verdict-page.verdicts')}
        aside={
          <Segmented
            label={t('verdict-page.verdicts')}
            value={shown}
            onChange={setShown}
            options={[
              { value: 'all', label: `${t('verdict-page.all')} ${verdicts.length}` },
              { value: 'broken', label: `${t('verdict.broken')} ${count('broken')}` },
              { value: 'unknown', label: `${t('verdict.unknown')} ${count('unknown')}` },
            ]}
          />
        }
      >
        <ul className="verdict-list scroll">
          {visible.map((verdict) => (
            <VerdictItem key={instanceOf(verdict)} verdict={verdict} chosen={instanceOf(verdict) === chosen} onChoose={onChoose} />
          ))}
        </ul>
        {visible.length === 0 && <Empty title={t('verdict-page.none')} />}
      </Card>
      <VerdictDetail interaction={interaction} events={events} verdict={chosenVerdict} from={from} onListen={onListen} />
    </>
  );
}

function VerdictItem({ verdict, chosen, onChoose }: { verdict: WireVerdict; chosen: boolean; onChoose: (verdict: WireVerdict) => void }) {
  const t = useWords();
  const word = useStandingWord();
  const say = useTongue();
  const item = useInView<HTMLLIElement>(chosen);
  return (
    <li ref={item}>
      <button type="button" className="verdict-item" aria-pressed={chosen} onClick={() => onChoose(verdict)}>
        <VerdictIcon standing={verdict.value} size={17} />
        <span className="visually-hidden">{word(verdict.value)}</span>
        <b className="cut">{say(verdict.title)}</b>
        <span className="meta">
          {verdict.nature === 'hint' && `${t('verdict-page.hint')} · `}
          {verdict.cites[0]}
        </span>
        <span className="verdict-item-why cut">{say(verdict.explanation)}</span>
      </button>
    </li>
  );
}
