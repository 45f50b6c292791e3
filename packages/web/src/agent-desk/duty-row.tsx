import type { OpenDuty } from '@threerings/core/wire/events';
import { Check, Hand } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { ClauseLinks } from '../ui/clause.tsx';
import { useStandingWord } from '../ui/verdict.tsx';
import { dutyStanding, isOwn } from './guide.ts';
import { DutyParts, DutySign } from './say-now.tsx';

interface DutyRowProps {
  readonly duty: OpenDuty;
  readonly now: number;
  readonly transcribed: boolean;
  readonly onTick?: (norm: string) => void;
}

/** One duty. A tick is the agent's own statement and never evidence: with a transcript it only silences the prompt. */
export function DutyRow({ duty, now, transcribed, onTick }: DutyRowProps) {
  const t = useWords();
  const say = useTongue();
  const word = useStandingWord();
  const standing = dutyStanding(duty, now);
  return (
    <li data-standing={standing}>
      <span className="duty-sign">
        <DutySign duty={duty} now={now} size={34} />
        <span className="visually-hidden">{word(standing)}</span>
      </span>
      <div>
        <p className="duty-title">{say(duty.title)}</p>
        <p className="duty-meta">
          <ClauseLinks cites={duty.cites} norm={say(duty.title)} />
          {standing === 'attested' && t('guide.attested')}
          {standing === 'unknown' && t('guide.unknown')}
          {!isOwn(duty) && t('guide.not-yours')}
          {duty.message !== undefined && standing !== 'attested' && <span>{say(duty.message)}</span>}
        </p>
        <DutyParts duty={duty} />
      </div>
      {onTick !== undefined && isOwn(duty) ? (
        <button
          type="button"
          className="duty-tick"
          data-tick
          aria-label={t(transcribed ? 'guide.tick' : 'guide.tick-stated', { duty: say(duty.title) })}
          onClick={() => onTick(duty.norm)}
          onKeyDown={walkTicks}
        >
          {transcribed ? <Check size={18} aria-hidden /> : <Hand size={18} aria-hidden />}
        </button>
      ) : (
        <span />
      )}
    </li>
  );
}

/** Up and down walk from tick to tick; Space and Enter press it, as on every button. */
function walkTicks(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const ticks = [...(event.currentTarget.closest('ul')?.querySelectorAll<HTMLElement>('[data-tick]') ?? [])];
  ticks[ticks.indexOf(event.currentTarget) + step]?.focus();
}
