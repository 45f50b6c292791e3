import type { WireVerdict } from '@threerings/core/wire/events';
import type { Peaks } from '@threerings/core/wire/interactions';
import type { MouseEvent } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { instanceOf } from '../live/fold.ts';
import { useStandingWord, VerdictIcon } from '../ui/verdict.tsx';
import { type Extent, type Interval, shareOf } from './timeline.ts';
import { Waveform } from './waveform.tsx';
import './wave-lanes.css';

interface WaveLanesProps {
  readonly peaks: Peaks | undefined;
  readonly recordingStart: number | undefined;
  readonly extent: Extent;
  readonly intervals: readonly Interval[];
  readonly verdicts: readonly WireVerdict[];
  readonly chosen: string | undefined;
  readonly at: number;
  readonly onSeek: (instant: number) => void;
  readonly onChoose: (verdict: WireVerdict) => void;
}

/** Sound, line and verdicts under one another on one time axis. */
export function WaveLanes({ peaks, recordingStart, extent, intervals, verdicts, chosen, at, onSeek, onChoose }: WaveLanesProps) {
  const t = useWords();
  const seek = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onSeek(extent.from + ((event.clientX - box.left) / box.width) * (extent.to - extent.from));
  };
  return (
    <div className="lanes">
      <div className="lane-names meta" aria-hidden>
        <span>{t('lane.caller')}</span>
        <span>{t('lane.agent')}</span>
        <span>{t('lane.line')}</span>
        <span>{t('lane.verdicts')}</span>
      </div>
      <div className="lane-area">
        {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the time slider below and J/K do the same by keyboard */}
        <div className="lane-wave" onClick={seek}>
          <Waveform
            peaks={peaks}
            startedAt={recordingStart ?? extent.from}
            extent={extent}
            holds={intervals.filter((interval) => interval.kind === 'hold')}
            height={96}
          />
        </div>
        <div className="lane-line">
          {intervals.map((interval) => (
            <LineInterval key={`${interval.kind}-${interval.from}`} interval={interval} extent={extent} />
          ))}
        </div>
        <div className="lane-verdicts">
          {verdicts
            .filter((verdict) => verdict.value !== 'moot')
            .map((verdict) => (
              <VerdictMark key={instanceOf(verdict)} verdict={verdict} extent={extent} chosen={chosen} onChoose={onChoose} />
            ))}
        </div>
        <span className="playhead" style={{ insetInlineStart: `${shareOf(extent, at) * 100}%` }} aria-hidden />
      </div>
    </div>
  );
}

function LineInterval({ interval, extent }: { interval: Interval; extent: Extent }) {
  const t = useWords();
  const from = shareOf(extent, interval.from);
  const label = t(`interval.${interval.kind}`);
  return (
    <span
      className="lane-interval"
      data-kind={interval.kind}
      title={`${label} ${clock(interval.to - interval.from)}`}
      style={{ insetInlineStart: `${from * 100}%`, width: `${Math.max(0.3, (shareOf(extent, interval.to) - from) * 100)}%` }}
    >
      {label} {clock(interval.to - interval.from)}
    </span>
  );
}

interface VerdictMarkProps {
  readonly verdict: WireVerdict;
  readonly extent: Extent;
  readonly chosen: string | undefined;
  readonly onChoose: (verdict: WireVerdict) => void;
}

function VerdictMark({ verdict, extent, chosen, onChoose }: VerdictMarkProps) {
  const say = useTongue();
  const word = useStandingWord();
  return (
    <button
      type="button"
      className="lane-mark"
      aria-pressed={instanceOf(verdict) === chosen}
      aria-label={`${clock(verdict.at - extent.from)} ${word(verdict.value)} ${say(verdict.title)}`}
      title={say(verdict.title)}
      tabIndex={-1}
      style={{ insetInlineStart: `${shareOf(extent, verdict.at) * 100}%` }}
      onClick={() => onChoose(verdict)}
    >
      <VerdictIcon standing={verdict.value} size={15} />
    </button>
  );
}
