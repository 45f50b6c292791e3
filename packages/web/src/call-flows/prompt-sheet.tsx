import { useQueryClient } from '@tanstack/react-query';
import { type PromptRow, promptKept } from '@threerings/core/wire/call-flows';
import { Mic, Play, Square, Upload } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useToast } from '../app/toast.tsx';
import { useNow } from '../live/clock.ts';
import { LevelBar } from '../softphone/level-bar.tsx';
import { useLevel } from '../softphone/use-phone.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { promptsKey, useFlowActs } from './use-flows.ts';
import { type Recorder, useRecorder } from './use-recorder.ts';

const done = z.object({ ok: z.literal(true) });

/** One prompt: what it should say, a new recording, and those before. */
export function PromptSheet({ row, onClose }: { row: PromptRow; onClose: () => void }) {
  const t = useWords();
  const say = useTongue();
  const recorder = useRecorder();
  const { keep, busy } = useKeep(row.prompt, recorder.discard);
  return (
    <Sheet title={row.prompt} icon={<Mic size={16} aria-hidden />} onClose={onClose} side>
      <div className="stack flow-prompt">
        {row.says !== undefined && <p className="flow-says">{say(row.says)}</p>}
        <RecorderBox recorder={recorder} busy={busy} onKeep={keep} />
        <label className="flow-upload">
          <Upload size={16} aria-hidden /> {t('flows.upload')}
          <input
            type="file"
            accept=".wav,audio/wav"
            className="visually-hidden"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) void keep(file);
              event.target.value = '';
            }}
          />
        </label>
        <p className="meta">{t('flows.upload-note')}</p>
        <Versions row={row} />
      </div>
    </Sheet>
  );
}

function useKeep(prompt: string, kept: () => void) {
  const { csrf } = useMe();
  const toast = useToast();
  const t = useWords();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const keep = async (wav: Blob) => {
    setBusy(true);
    try {
      const answer = await request(`/api/prompts/${encodeURIComponent(prompt)}`, promptKept, { method: 'POST', bytes: wav, csrf });
      kept();
      toast.show(t('flows.kept', { seconds: (answer.durationMs / 1000).toFixed(1) }));
      await Promise.all([
        queries.invalidateQueries({ queryKey: promptsKey }),
        queries.invalidateQueries({ queryKey: ['call-flows', 'house'] }),
      ]);
    } catch (error) {
      if (error instanceof HttpFailure) toast.showFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return { keep, busy };
}

function RecorderBox({ recorder, busy, onKeep }: { recorder: Recorder; busy: boolean; onKeep: (wav: Blob) => Promise<void> }) {
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

function Versions({ row: { prompt, standing, versions } }: { row: PromptRow }) {
  const t = useWords();
  const now = useNow();
  const { ask, busy } = useFlowActs();
  const queries = useQueryClient();
  const path = `/api/prompts/${encodeURIComponent(prompt)}`;
  const put = async (version: number) => {
    if ((await ask(`${path}/${version}/use`, done, { method: 'POST' })) !== undefined)
      await queries.invalidateQueries({ queryKey: promptsKey });
  };
  return (
    <div className="stack">
      <h3 className="strong">{t('flows.versions')}</h3>
      {versions.length === 0 && (
        <div className="row">
          <span className="grow t2">{t(`flows.standing.${standing}`)}</span>
          {standing !== 'missing' && <Listen path={`${path}/sound`} />}
        </div>
      )}
      {versions.map(({ version, inUse, durationMs, peakDb, madeAt, madeBy }) => (
        <div key={version} className="row flow-version">
          <span className="grow num">
            {version} · {(durationMs / 1000).toFixed(1)} s · {peakDb} dB · {madeBy} · {shortTime(madeAt, now)}
          </span>
          <Listen path={`${path}/sound?version=${version}`} />
          {inUse ? (
            <span className="flow-standing" data-standing="recorded">
              {t('flows.in-use')}
            </span>
          ) : (
            <Button size="small" busy={busy} onClick={() => void put(version)}>
              {t('flows.use')}
            </Button>
          )}
        </div>
      ))}
    </div>
  );
}

function Listen({ path }: { path: string }) {
  const t = useWords();
  return (
    <Button size="small" icon={<Play size={14} aria-hidden />} onClick={() => void new Audio(path).play()}>
      {t('flows.listen')}
    </Button>
  );
}
