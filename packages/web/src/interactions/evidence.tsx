import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import { AudioLines } from 'lucide-react';
import { useMemo } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { type Line, linesOf } from '../transcript/lines.ts';
import { marksOf } from '../transcript/marks.ts';
import { Transcript } from '../transcript/transcript.tsx';
import { Card } from '../ui/card.tsx';
import { Partial } from '../ui/states.tsx';

interface EvidenceProps {
  readonly events: readonly WireEvent[];
  readonly verdicts: readonly WireVerdict[];
  readonly chosen: WireVerdict | undefined;
  readonly from: number;
  readonly at: number;
  readonly onPick: (instant: number) => void;
}

/** What was said, with the words the verdicts rest on underlined; a deadline that passed stands between the lines. */
export function Evidence({ events, verdicts, chosen, from, at, onPick }: EvidenceProps) {
  const t = useWords();
  const lines = useMemo(() => linesOf(events), [events]);
  const marks = useMemo(() => marksOf(chosen === undefined ? verdicts : [chosen]), [verdicts, chosen]);
  const said = lines.some((line) => line.kind === 'said');
  const insert = chosen?.value === 'broken' ? { at: chosen.at, content: t('evidence.broken-here') } : undefined;
  return (
    <Card
      icon={<AudioLines size={16} aria-hidden />}
      title={t('evidence.title')}
      aside={<span className="meta cut">{t('evidence.legend')}</span>}
    >
      {!said && (
        <div className="card-body">
          <Partial title={t('health.text-none')} text={t('transcript.none-text')} />
        </div>
      )}
      <Transcript
        lines={lines}
        marks={marks}
        from={from}
        current={currentLine(lines, at)}
        onPick={(line) => onPick(line.at)}
        insert={insert}
      />
    </Card>
  );
}

/** The last line that began before the instant that sounds now. */
function currentLine(lines: readonly Line[], at: number): string | undefined {
  return lines.findLast((line) => line.at <= at)?.id;
}
