import { useQueryClient } from '@tanstack/react-query';
import { type PromptRow, promptKept } from '@threerings/core/wire/call-flows';
import { Mic, Play, Upload } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useToast } from '../app/toast.tsx';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { RecorderBox } from './recorder-box.tsx';
import { promptsKey, useFlowActs } from './use-flows.ts';
import { useRecorder } from './use-recorder.ts';

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
