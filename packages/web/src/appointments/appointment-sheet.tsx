import { CalendarClock } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { ColleagueField } from '../promises/colleague-field.tsx';
import { DueChooser } from '../promises/due-chooser.tsx';
import { promisesKey } from '../promises/use-promises.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';

interface AppointmentSheetProps {
  readonly onClose: () => void;
  /** the call in which it was agreed on */
  readonly interaction?: string | undefined;
  readonly number?: string | undefined;
}

/** A visit that was agreed on: when, where and for what, who goes, and the number for the day. */
export function AppointmentSheet({ onClose, interaction, number: known }: AppointmentSheetProps) {
  const t = useWords();
  const { agent } = useMe();
  const { run, busy } = useAct(promisesKey);
  const toast = useToast();
  const [promise] = useState(uuid);
  const [owner, setOwner] = useState(agent);
  const [about, setAbout] = useState('');
  const [number, setNumber] = useState(known ?? '');
  const [dueAt, setDueAt] = useState<number | undefined>(undefined);
  const onDue = useCallback((next: number | undefined) => setDueAt(next), []);
  const missing =
    about.trim() === '' ? t('visit.missing-what') : dueAt === undefined || dueAt <= Date.now() ? t('promise.missing-due') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const whom = { ...(owner.trim() === '' ? {} : { owner: owner.trim() }), ...(number.trim() === '' ? {} : { number: number.trim() }) };
    const from = interaction === undefined ? {} : { interaction };
    if (!(await run('/api/promises', { promise, what: 'visit', about: about.trim(), dueAt, ...whom, ...from }))) return;
    toast.show(t('promise.made', { what: t('promise.kind.visit') }));
    onClose();
  };
  return (
    <Sheet
      icon={<CalendarClock size={16} aria-hidden />}
      title={t('visit.new')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 460, maxHeight: 'calc(100vh - 76px)' }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <Field label={t('visit.what')}>
          {(ids) => (
            <Textarea
              {...ids}
              data-autofocus
              rows={2}
              maxLength={500}
              placeholder={t('visit.what-hint')}
              value={about}
              onChange={(event) => setAbout(event.target.value)}
            />
          )}
        </Field>
        <p className="meta">{t('visit.when')}</p>
        <DueChooser presets={['1d', '3d']} initial="own" onChange={onDue} />
        <ColleagueField label={t('visit.who-goes')} value={owner} onChange={setOwner} />
        <Field label={t('promise.number')}>
          {(ids) => <Input {...ids} inputMode="tel" maxLength={32} value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('visit.make')}
          </Button>
          <Button tone="text" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
