import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';

/** A plan: what is done in which order, a step a line. */
export function PlanForm({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const { run, busy } = useAct(['emergencies']);
  const [plan] = useState(uuid);
  const [title, setTitle] = useState('');
  const [lines, setLines] = useState('');
  const steps = [...new Set(lines.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const missing = title.trim() === '' || steps.length === 0 ? t('emergency.plan-missing') : undefined;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (missing === undefined && (await run('/api/emergency-plans', { plan, title: title.trim(), steps }))) onClose();
  };
  return (
    <Card className="grow" title={t('emergency.new-plan')}>
      <form className="card-body scroll grow stack" onSubmit={(event) => void save(event)}>
        <Field label={t('emergency.plan-title')}>
          {(ids) => <Input {...ids} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
        <Field label={t('emergency.plan-steps')}>
          {(ids) => <Textarea {...ids} rows={8} value={lines} maxLength={3000} onChange={(event) => setLines(event.target.value)} />}
        </Field>
        <div className="row">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('action.save')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Card>
  );
}
