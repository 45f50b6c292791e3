import type { CallView } from '@threerings/core/wire/desk';
import { AudioLines } from 'lucide-react';
import { useMemo } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { linesOf } from '../transcript/lines.ts';
import { marksOf } from '../transcript/marks.ts';
import { Transcript } from '../transcript/transcript.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Partial } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';

export function TranscriptCard({ call }: { call: CallView }) {
  const t = useWords();
  const lines = useMemo(() => linesOf(call.transcript), [call.transcript]);
  const marks = useMemo(() => marksOf(call.verdicts), [call.verdicts]);
  const said = lines.some((line) => line.kind === 'said');
  return (
    <Card
      className="grow"
      icon={<AudioLines size={16} aria-hidden />}
      title={t('transcript.live')}
      aside={call.transcribed ? undefined : <VerdictBadge standing="unknown" text={t('health.text-none')} chip />}
    >
      {!call.transcribed && (
        <div className="card-body stack">
          <Partial title={t('transcript.none')} text={t('transcript.none-text')} />
          <p className="meta">{t('transcript.none-still')}</p>
        </div>
      )}
      {call.transcribed && !said && <Empty title={t('transcript.empty')} text={t('transcript.empty-text')} />}
      {lines.length > 0 && <Transcript lines={lines} marks={marks} from={call.answeredAt} follow />}
    </Card>
  );
}
