import type { BoardView } from '@threerings/core/wire/board';
import { PhoneOff } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { timeOfDay } from '../app/time.ts';
import { durationWords } from '../app/time-words.ts';

const minuteMs = 60_000;

/** No call can be taken or made: since when, and what to look at. */
export function EngineBanner({ down, now }: { down: NonNullable<BoardView['engineDown']>; now: number }) {
  const t = useWords();
  const lasted = Math.max(minuteMs, Math.floor((now - down.since) / minuteMs) * minuteMs);
  return (
    <div className="banner" data-tone="broken" role="alert">
      <PhoneOff size={18} aria-hidden />
      <div className="grow">
        <b className="strong">{t('board.engine-down', { time: timeOfDay(down.since), amount: durationWords(t, lasted) })}</b>
        <p>{t('board.engine-down-more', { code: down.code })}</p>
      </div>
    </div>
  );
}
