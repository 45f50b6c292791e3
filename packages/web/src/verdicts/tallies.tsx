import type { InteractionRow } from '@threerings/core/wire/interactions';
import { useWords } from '../app/i18n/use-words.ts';
import { useStandingWord, VerdictBadge } from '../ui/verdict.tsx';
import { percent, ratesOf, type Tally } from './tally.ts';
import './tallies.css';

type Counts = Pick<InteractionRow, 'kept' | 'broken' | 'unknown'>;

/** Numbers of verdicts, each with its sign; the word is read out. */
export function Tallies({ row }: { row: Counts }) {
  const word = useStandingWord();
  return (
    <span className="tallies num">
      {(['kept', 'broken', 'unknown'] as const).map((standing) => (
        <span key={standing} data-none={row[standing] === 0} title={word(standing)}>
          <VerdictBadge standing={standing} text={row[standing]} />
          <span className="visually-hidden">{word(standing)}</span>
        </span>
      ))}
    </span>
  );
}

/** The shares as one bar; the same counts stand in words beside it. */
export function TallyBar({ tally }: { tally: Tally }) {
  const parts = (['kept', 'broken', 'unknown', 'moot'] as const).filter((standing) => tally[standing] > 0);
  return (
    <span className="tally-bar" aria-hidden>
      {parts.map((standing) => (
        <i key={standing} data-standing={standing} style={{ flexGrow: tally[standing] }} />
      ))}
    </span>
  );
}

/** 达标率 never stands without 可判率. */
export function Rates({ counts }: { counts: Counts }) {
  const t = useWords();
  const { kept, judgeable } = ratesOf(counts);
  return (
    <span className="num">
      {t('rates.kept', { share: percent(kept) })} <span className="t2">{t('rates.judgeable', { share: percent(judgeable) })}</span>
    </span>
  );
}
