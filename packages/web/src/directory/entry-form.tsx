import type { DirectoryEntryOnWire } from '@threerings/core/wire/directory';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { directoryKey } from './use-directory.ts';

const plainNumber = /^\+?[0-9*#-]{3,32}$/;

/** One entry of the directory, new or changed. */
export function EntryForm({ of, onClose }: { of: DirectoryEntryOnWire | undefined; onClose: () => void }) {
  const t = useWords();
  const { run, busy } = useAct(directoryKey);
  const [entry] = useState(() => of?.entry ?? uuid());
  const [form, setForm] = useState({
    ...{ name: of?.name ?? '', number: of?.number ?? '', department: of?.department ?? '' },
    ...{ scope: of?.scope ?? '', hours: of?.hours ?? '', outside: of?.outside ?? true },
  });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const number = form.number.replaceAll(' ', '');
  const wrong = number !== '' && !plainNumber.test(number) ? t('directory.number-wrong') : undefined;
  const missing = form.name.trim() === '' || number === '' ? t('directory.missing') : wrong;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const given = Object.entries({ department: form.department, scope: form.scope, hours: form.hours }).flatMap(([key, value]) =>
      value.trim() === '' ? [] : [[key, value.trim()]],
    );
    const body = { entry, name: form.name.trim(), number, outside: form.outside, ...Object.fromEntries(given) };
    if (await run('/api/directory', body)) onClose();
  };
  const remove = async () => {
    if (await run(`/api/directory/${entry}`, {}, 'DELETE')) onClose();
  };
  return (
    <Card className="grow" title={t(of === undefined ? 'directory.new' : 'directory.change')}>
      <form className="card-body scroll grow stack" onSubmit={(event) => void save(event)}>
        <Field label={t('directory.name')}>
          {(ids) => <Input {...ids} value={form.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} />}
        </Field>
        <Field label={t('directory.number')} error={wrong}>
          {(ids) => <Input {...ids} value={form.number} maxLength={32} onChange={(event) => set({ number: event.target.value })} />}
        </Field>
        <Field label={t('directory.department')}>
          {(ids) => (
            <Input {...ids} value={form.department} maxLength={100} onChange={(event) => set({ department: event.target.value })} />
          )}
        </Field>
        <Field label={t('directory.scope')}>
          {(ids) => (
            <Textarea {...ids} rows={3} value={form.scope} maxLength={500} onChange={(event) => set({ scope: event.target.value })} />
          )}
        </Field>
        <Field label={t('directory.hours')}>
          {(ids) => <Input {...ids} value={form.hours} maxLength={100} onChange={(event) => set({ hours: event.target.value })} />}
        </Field>
        <label className="row">
          <input type="checkbox" checked={form.outside} onChange={(event) => set({ outside: event.target.checked })} />
          {t('directory.is-outside')}
        </label>
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('action.save')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <span className="grow" />
          {of !== undefined && (
            <Button tone="text" busy={busy} onClick={() => void remove()}>
              {t('directory.remove')}
            </Button>
          )}
        </div>
      </form>
    </Card>
  );
}
