import { Link } from '@tanstack/react-router';
import type { BoardNorm } from '@threerings/core/wire/board';
import { ScrollText } from 'lucide-react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Empty } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { Rates } from '../verdicts/tallies.tsx';

/** Norms that are breaking now come first, then those broken most today; each with the rate and how much could be told. */
export function orderNorms(norms: readonly BoardNorm[]): BoardNorm[] {
  return [...norms].sort(
    (a, b) => b.breaking.length - a.breaking.length || b.today.broken - a.today.broken || a.norm.localeCompare(b.norm),
  );
}

export function NormsCard({ norms, now }: { norms: readonly BoardNorm[]; now: number }) {
  const t = useWords();
  const say = useTongue();
  return (
    <Card
      className="grow"
      icon={<ScrollText size={16} aria-hidden />}
      title={t('board.norms')}
      aside={<span className="meta">{t('board.norms-today')}</span>}
    >
      {norms.length === 0 && <Empty title={t('board.no-norms')} text={t('board.no-norms-text')} />}
      <ul className="norm-rows scroll">
        {orderNorms(norms).map((norm) => (
          <li key={norm.norm}>
            <span className="row">
              <b className="cut">{say(norm.title)}</b>
              <ClauseLinks cites={norm.cites} norm={say(norm.title)} />
              <span className="grow" />
              <VerdictBadge
                standing={norm.today.broken > 0 ? 'broken' : 'kept'}
                text={norm.today.broken > 0 ? norm.today.broken : norm.today.kept}
              />
            </span>
            <span className="meta">
              <Rates counts={norm.today} />
            </span>
            <span className="row row-wrap">
              {norm.breaking.map((each) => (
                <Link
                  key={each.interaction}
                  to="/interactions/$interaction"
                  params={{ interaction: each.interaction }}
                  className="norm-breaking"
                >
                  <VerdictBadge
                    chip
                    standing={each.at <= now ? 'broken' : 'near'}
                    text={
                      each.at <= now
                        ? t('board.over-by', { who: each.agent ?? '', time: clock(now - each.at) })
                        : t('board.left-for', { who: each.agent ?? '', time: clock(each.at - now) })
                    }
                  />
                </Link>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
