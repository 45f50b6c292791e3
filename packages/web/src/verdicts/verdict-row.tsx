import type { WireVerdict } from '@threerings/core/wire/events';
import { ArrowRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { ClauseLinks } from '../ui/clause.tsx';
import { type Standing, useStandingWord, VerdictBadge, VerdictIcon } from '../ui/verdict.tsx';

/** @param reply what can be said to it, below its reason */
export function VerdictRow({ verdict, reply }: { verdict: WireVerdict; reply?: ReactNode }) {
  const word = useStandingWord();
  const say = useTongue();
  return (
    <li data-standing={verdict.value}>
      <span className="duty-sign">
        <VerdictIcon standing={verdict.value} size={18} />
        <span className="visually-hidden">{word(verdict.value)}</span>
      </span>
      <p className="duty-title">{say(verdict.title)}</p>
      <ClauseLinks cites={verdict.cites} norm={say(verdict.title)} />
      <p className="verdict-why">{say(verdict.explanation)}</p>
      <UnknownReason verdict={verdict} />
      {reply !== undefined && <div className="verdict-why">{reply}</div>}
      {verdict.revisedFrom !== undefined && (
        <span className="verdict-why">
          <Revised verdict={verdict} />
        </span>
      )}
    </li>
  );
}

/** 无法判断 never stands without its reason and its effect. */
function UnknownReason({ verdict }: { verdict: WireVerdict }) {
  const t = useWords();
  if (verdict.value !== 'unknown') return null;
  return (
    <span className="verdict-why">
      {t('verdict.why-unknown', { reason: verdict.reason === undefined ? '—' : wordOfCode(t, 'reason', verdict.reason) })}
    </span>
  );
}

const standings: ReadonlySet<string> = new Set(['pending', 'kept', 'broken', 'unknown', 'moot']);

/** Old and new value side by side, with the cause: a verdict never changes silently. */
export function Revised({ verdict }: { verdict: WireVerdict }) {
  const t = useWords();
  const from = verdict.revisedFrom;
  if (from === undefined) return null;
  return (
    <span className="row row-wrap">
      <VerdictBadge standing={standings.has(from.value) ? (from.value as Standing) : 'settling'} />
      <ArrowRight size={14} aria-label={t('verdict.became')} />
      <VerdictBadge standing={verdict.value} />
      <span className="t2">{t('verdict.revised-cause', { cause: wordOfCode(t, 'cause', from.cause) })}</span>
    </span>
  );
}
