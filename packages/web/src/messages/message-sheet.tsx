import { StickyNote } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { ColleagueField } from '../promises/colleague-field.tsx';
import { DueChooser } from '../promises/due-chooser.tsx';
import { promisesKey } from '../promises/use-promises.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';

interface MessageSheetProps {
  readonly onClose: () => void;
  /** the call in which the word was left */
  readonly interaction?: string | undefined;
  readonly number?: string | undefined;
}

/** Word for a colleague who is not there: for whom, what, which number even if it is known, and whether it was read back. */
export function MessageSheet({ onClose, interaction, number: known }: MessageSheetProps) {
  const t = useWords();
  const { run, busy } = useAct(promisesKey);
  const toast = useToast();
  const [promise] = useState(uuid);
  const [owner, setOwner] = useState('');
  const [about, setAbout] = useState('');
  const [number, setNumber] = useState(known ?? '');
  const [readBack, setReadBack] = useState(false);
  const [dueAt, setDueAt] = useState<number | undefined>(undefined);
  const onDue = useCallback((next: number | undefined) => setDueAt(next), []);
  const missing =
    owner.trim() === ''
      ? t('message.missing-for')
      : about.trim() === ''
        ? t('message.missing-what')
        : number.trim() === ''
          ? t('message.missing-number')
          : dueAt === undefined
            ? t('promise.missing-due')
            : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const word = { promise, what: 'message', owner: owner.trim(), about: about.trim(), number: number.trim(), dueAt, readBack };
    if (!(await run('/api/promises', { ...word, ...(interaction === undefined ? {} : { interaction }) }))) return;
    toast.show(t('promise.made', { what: t('promise.kind.message') }));
    onClose();
  };
  return (
    <Sheet
      icon={<StickyNote size={16} aria-hidden />}
      title={t('message.new')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 460, maxHeight: 'calc(100vh - 76px)' }}
    >
      <form className="stack" onSubmit={(event) => void submit(event)}>
        <ColleagueField label={t('message.for-field')} value={owner} onChange={setOwner} focused />
        <Field label={t('message.what')}>
          {(ids) => (
            <Textarea
              {...ids}
              rows={3}
              maxLength={500}
              placeholder={t('message.what-hint')}
              value={about}
              onChange={(event) => setAbout(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('promise.number')} hint={t('message.number-hint')}>
          {(ids) => <Input {...ids} inputMode="tel" maxLength={32} value={number} onChange={(event) => setNumber(event.target.value)} />}
        </Field>
        <p className="meta">{t('message.back-by')}</p>
        <DueChooser presets={['1h', '4h', '2h-staffed', '1d']} initial="4h" onChange={onDue} />
        <label className="row">
          <input type="checkbox" checked={readBack} onChange={(event) => setReadBack(event.target.checked)} />
          {t('message.read-back')}
        </label>
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('message.make')}
          </Button>
          <Button tone="text" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
