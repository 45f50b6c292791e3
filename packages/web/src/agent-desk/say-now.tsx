import type { OpenDuty } from '@threerings/core/wire/events';
import { Check, Hand } from 'lucide-react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { VerdictBadge, VerdictIcon } from '../ui/verdict.tsx';
import { dutyStanding, isLate, isNear } from './guide.ts';

interface SayNowProps {
  readonly duty: OpenDuty | undefined;
  readonly transcribed: boolean;
  readonly onSaid: (norm: string) => void;
}

/** The one thing to say now. Without a sentence only the duty stands there; without a duty it says so. */
export function SayNow({ duty, transcribed, onSaid }: SayNowProps) {
  const t = useWords();
  const say = useTongue();
  const now = useNow(250);
  if (duty === undefined)
    return (
      <p className="say" data-tone="none">
        {t('guide.nothing')}
      </p>
    );
  const tone = isLate(duty, now) ? 'late' : isNear(duty, now) ? 'near' : 'calm';
  return (
    <section className="say" data-tone={tone} aria-label={t('guide.now')}>
      <div className="say-head">
        <DutySign duty={duty} now={now} size={38} />
        <div className="grow">
          <p className="say-title">{say(duty.message ?? duty.title)}</p>
          <p className="meta row row-wrap">
            {duty.message !== undefined && <span>{say(duty.title)}</span>}
            <ClauseLinks cites={duty.cites} norm={say(duty.title)} />
          </p>
        </div>
      </div>
      {duty.sentence !== undefined && <p className="say-sentence">“{duty.sentence}”</p>}
      <DutyParts duty={duty} />
      <div className="row">
        <Button
          tone="primary"
          icon={transcribed ? <Check size={16} aria-hidden /> : <Hand size={16} aria-hidden />}
          hint="Alt ↵"
          data-said
          onClick={() => onSaid(duty.norm)}
        >
          {t(transcribed ? 'guide.said' : 'guide.state-said')}
        </Button>
      </div>
    </section>
  );
}

/** Which parts of an all-of duty are met. */
export function DutyParts({ duty }: { duty: OpenDuty }) {
  const say = useTongue();
  if (duty.parts.length === 0) return null;
  return (
    <p className="say-parts">
      {duty.parts.map((part) => (
        <VerdictBadge key={part.label.zh} standing={part.done ? 'kept' : 'pending'} text={say(part.label)} />
      ))}
    </p>
  );
}

/** A countdown where there is a deadline, else the sign of how it stands. */
export function DutySign({ duty, now, size }: { duty: OpenDuty; now: number; size: number }) {
  const standing = dutyStanding(duty, now);
  const counting = standing === 'pending' || standing === 'near' || standing === 'broken';
  if (counting && duty.deadline !== undefined)
    return <Countdown since={duty.since} deadline={duty.deadline} warnAt={duty.warnAt} size={size} />;
  return <VerdictIcon standing={standing} size={18} />;
}
