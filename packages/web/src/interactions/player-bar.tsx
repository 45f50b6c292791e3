import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import type { Player } from './use-player.ts';

interface PlayerBarProps {
  readonly player: Player;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly onStep: (by: 1 | -1) => void;
}

const speeds = ['1', '1.5', '2'] as const;

export function PlayerBar({ player, startedAt, durationMs, onStep }: PlayerBarProps) {
  const t = useWords();
  const passed = Math.min(durationMs, player.at - startedAt);
  return (
    <div className="player-bar">
      <Button
        icon={player.playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
        hint={t('player.space')}
        onClick={player.toggle}
      >
        {t(player.playing ? 'player.pause' : 'player.play')}
      </Button>
      <span className="num">
        <b className="strong">{clock(passed)}</b> / {clock(durationMs)}
      </span>
      <input
        type="range"
        className="player-slider"
        aria-label={t('player.position')}
        aria-valuetext={clock(passed)}
        min={0}
        max={Math.ceil(durationMs / 1000)}
        value={Math.floor(passed / 1000)}
        onChange={(event) => player.seek(startedAt + Number(event.target.value) * 1000)}
      />
      <Segmented
        label={t('player.speed')}
        value={speeds.find((speed) => Number(speed) === player.rate) ?? '1'}
        onChange={(speed) => player.setRate(Number(speed))}
        options={speeds.map((value) => ({ value, label: `${value}×` }))}
      />
      <Button icon={<SkipBack size={14} aria-hidden />} hint="J" onClick={() => onStep(-1)}>
        {t('player.previous')}
      </Button>
      <Button icon={<SkipForward size={14} aria-hidden />} hint="K" onClick={() => onStep(1)}>
        {t('player.next')}
      </Button>
      {player.failed && (
        <span className="meta" role="status">
          {t('player.failed')}
        </span>
      )}
    </div>
  );
}
