import { Link } from '@tanstack/react-router';
import type { WireVerdict } from '@threerings/core/wire/events';
import { AudioLines } from 'lucide-react';
import { useMemo } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { AppealBox } from '../appeals/appeal-box.tsx';
import { useInteraction } from '../interactions/use-interactions.ts';
import { mergeVerdicts } from '../live/fold.ts';
import { useInteractionFeed } from '../live/use-live.ts';
import { Card } from '../ui/card.tsx';
import { Empty } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { TallyBar } from '../verdicts/tallies.tsx';
import { tallyOf, verdictsInReadingOrder } from '../verdicts/tally.ts';
import { VerdictRow } from '../verdicts/verdict-row.tsx';

interface WrapUpVerdictsProps {
  readonly interaction: string;
  /** as the desk view has them; absent after a reload in which the view no longer carries the call */
  readonly live: readonly WireVerdict[] | undefined;
}

export function WrapUpVerdicts({ interaction, live }: WrapUpVerdictsProps) {
  const t = useWords();
  const fetched = useInteraction(interaction, live === undefined);
  const feed = useInteractionFeed(interaction);
  const verdicts = useMemo(
    () => verdictsInReadingOrder(mergeVerdicts(live ?? fetched.data?.verdicts ?? [], feed?.verdicts ?? [])),
    [live, fetched.data, feed],
  );
  const tally = tallyOf(verdicts);
  return (
    <Card
      className="grow"
      icon={<AudioLines size={16} aria-hidden />}
      title={t('wrap-up.verdicts')}
      aside={
        <Link to="/interactions/$interaction" params={{ interaction }}>
          {t('wrap-up.evidence')}
        </Link>
      }
    >
      <div className="card-body stack">
        <div className="row row-wrap">
          <VerdictBadge standing="kept" count={tally.kept} />
          <VerdictBadge standing="broken" count={tally.broken} />
          <VerdictBadge standing="unknown" count={tally.unknown} />
          <VerdictBadge standing="moot" count={tally.moot} />
        </div>
        <TallyBar tally={tally} />
      </div>
      <ul className="duties scroll">
        {verdicts.map((verdict) => (
          <VerdictRow
            key={`${verdict.norm}/${verdict.key}`}
            verdict={verdict}
            reply={verdict.value === 'broken' ? <AppealBox interaction={interaction} verdict={verdict} /> : undefined}
          />
        ))}
      </ul>
      {verdicts.length === 0 && <Empty title={t('wrap-up.no-verdicts')} text={t('wrap-up.no-verdicts-text')} />}
    </Card>
  );
}
