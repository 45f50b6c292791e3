import type { ScriptDetail } from '@threerings/core/wire/training';
import { Mic, Play, Upload } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { RecorderBox } from '../call-flows/recorder-box.tsx';
import { useRecorder } from '../call-flows/use-recorder.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useScriptActs } from './use-scripts.ts';

interface LineSheetProps {
  readonly script: string;
  readonly line: ScriptDetail['callerLines'][number];
  readonly onClose: () => void;
}

/** One line of the scripted caller: read aloud, listened to, and kept in place of the one before. */
export function LineSheet({ script, line: { line, says, standing }, onClose }: LineSheetProps) {
  const t = useWords();
  const toast = useToast();
  const recorder = useRecorder();
  const { busy, keep } = useScriptActs();
  const keepIt = async (wav: Blob) => {
    const kept = await keep(script, line, wav);
    if (kept === undefined) return;
    recorder.discard();
    toast.show(t('flows.kept', { seconds: (kept.durationMs / 1000).toFixed(1) }));
  };
  return (
    <Sheet title={t('scripts.line')} icon={<Mic size={16} aria-hidden />} onClose={onClose} side>
      <div className="stack">
        <p className="flow-says">{says}</p>
        <p className="meta">{t(`scripts.standing.${standing}`)}</p>
        <RecorderBox recorder={recorder} busy={busy} onKeep={keepIt} />
        {standing === 'recorded' && (
          <Button
            size="small"
            icon={<Play size={14} aria-hidden />}
            onClick={() => void new Audio(`/api/training/recordings/${script}/${line}`).play()}
          >
            {t('flows.listen')}
          </Button>
        )}
        <label className="flow-upload">
          <Upload size={16} aria-hidden /> {t('flows.upload')}
          <input
            type="file"
            accept=".wav,audio/wav"
            className="visually-hidden"
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) void keepIt(file);
              event.target.value = '';
            }}
          />
        </label>
        <p className="meta">{t('flows.upload-note')}</p>
      </div>
    </Sheet>
  );
}
