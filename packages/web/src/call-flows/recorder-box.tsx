import { Mic, Square } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useNow } from '../live/clock.ts';
import { LevelBar } from '../softphone/level-bar.tsx';
import { useLevel } from '../softphone/use-phone.ts';
import { Button } from '../ui/button.tsx';
import type { Recorder } from './use-recorder.ts';
import './recorder-box.css';

/** Records, lets one listen, and hands over what is to be kept. */
export function RecorderBox({ recorder, busy, onKeep }: { recorder: Recorder; busy: boolean; onKeep: (wav: Blob) => Promise<void> }) {
  const t = useWords();
  const { take } = recorder;
  const level = useLevel(recorder.stream);
  const now = useNow();
  return (
    <div className="stack flow-recorder">
      {take.kind === 'problem' && (
        <p role="alert">
          <b className="strong">{t(`device.${take.problem}`)}</b> {t(`device.${take.problem}-do`)}
        </p>
      )}
      {take.kind === 'records' && (
        <>
          <LevelBar level={level} />
          <p className="meta num" role="status">
            {t('flows.recording', { seconds: Math.max(0, Math.round((now - take.since) / 1000)) })}
          </p>
        </>
      )}
      {take.kind === 'taken' && <Player source={take.wav} label={t('flows.taken', { seconds: take.seconds.toFixed(1) })} />}
      <div className="row row-wrap">
        {take.kind === 'records' ? (
          <Button tone="hang" icon={<Square size={14} aria-hidden />} onClick={recorder.stop} data-autofocus>
            {t('flows.stop')}
          </Button>
        ) : (
          <Button
            tone={take.kind === 'taken' ? 'plain' : 'primary'}
            icon={<Mic size={14} aria-hidden />}
            onClick={() => void recorder.start()}
            data-autofocus
          >
            {t(take.kind === 'taken' ? 'flows.again' : 'flows.start')}
          </Button>
        )}
        {take.kind === 'taken' && (
          <Button tone="primary" busy={busy} onClick={() => void onKeep(take.wav)}>
            {t('flows.keep')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** A sound of this page: its address lives as long as it is shown. */
function Player({ source, label }: { source: Blob; label: ReactNode }) {
  const [address, setAddress] = useState<string | undefined>(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(source);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [source]);
  return (
    <>
      <p className="meta">{label}</p>
      {/* biome-ignore lint/a11y/useMediaCaption: what it says stands above */}
      <audio controls src={address} />
    </>
  );
}
