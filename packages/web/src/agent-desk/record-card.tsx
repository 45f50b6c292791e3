import { ClipboardList } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { timeOfDay } from '../app/time.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Textarea } from '../ui/field.tsx';
import { MatterField } from './matter-field.tsx';
import { filledCount, recordFields } from './record-draft.ts';
import type { RecordState } from './use-record.ts';
import './record-card.css';

interface RecordCardProps {
  readonly record: RecordState;
  readonly savedAt: number | undefined;
  /** 事项 */
  readonly matter: string | undefined;
  readonly onMatter: (matter: string) => void;
  /** of a conversation in writing */
  readonly chat?: boolean;
}

/** Who, when, where, what, why, how. Kept on this computer with every letter, sent when saved. */
export function RecordCard({ record, savedAt, matter, onMatter, chat = false }: RecordCardProps) {
  const t = useWords();
  return (
    <Card
      className="grow"
      icon={<ClipboardList size={16} aria-hidden />}
      title={t(chat ? 'record.chat-title' : 'record.title')}
      aside={
        <span className="meta num cut" role="status">
          {t('record.filled', { n: filledCount(record.values) })} · {savedWords(t, record, savedAt)}
        </span>
      }
      footer={
        <>
          <span className="grow" />
          <Button tone="primary" hint="Ctrl S" busy={record.saving} onClick={() => void record.save()}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <div className="card-body scroll grow">
        <MatterField value={matter} onChoose={onMatter} />
        <RecordFields record={record} />
      </div>
    </Card>
  );
}

export function savedWords(t: ReturnType<typeof useWords>, record: RecordState, savedAt: number | undefined): string {
  if (record.saving) return t('record.saving');
  if (record.dirty) return t('record.kept-here');
  return savedAt === undefined ? t('record.not-saved') : t('record.saved', { time: timeOfDay(savedAt) });
}

export function RecordFields({ record }: { record: RecordState }) {
  const t = useWords();
  return (
    <div className="record-fields">
      {recordFields.map((field) => (
        <Field key={field} label={t(`record.${field}`)} inline>
          {(ids) => (
            <Textarea
              {...ids}
              rows={field === 'what' || field === 'how' ? 2 : 1}
              maxLength={field === 'who' || field === 'when' || field === 'where' ? 500 : 2000}
              placeholder={t(`record.${field}-hint`)}
              value={record.values[field]}
              onChange={(event) => record.change(field, event.target.value)}
            />
          )}
        </Field>
      ))}
    </div>
  );
}
