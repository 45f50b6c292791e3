import type { OutageView } from '@threerings/core/wire/outages';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { instantOf, localValue, namesOf } from '../app/local-time.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import { outagesKey } from './use-outages.ts';

const kinds = ['failure', 'planned', 'service'] as const;
type Kind = (typeof kinds)[number];

/** What callers are told while it lasts. A change says why; who waits for word is moved along with the promised restoration. */
export function OutageForm({ of, onClose }: { of: OutageView | undefined; onClose: () => void }) {
  const t = useWords();
  const { run, busy } = useAct(outagesKey);
  // Short: the ids of what follows from it are made of it.
  const [outage] = useState(() => of?.outage ?? `o-${uuid().replaceAll('-', '').slice(-14)}`);
  const [form, setForm] = useState(() => ({
    ...{ kind: (of?.kind ?? 'failure') as Kind, title: of?.title ?? '', areas: (of?.areas ?? []).join(' ') },
    ...{ queues: (of?.queues ?? []).join(' '), numbers: (of?.numbers ?? []).join(' '), announced: of?.announced ?? true },
    ...{ due: of?.dueAt === undefined ? '' : localValue(of.dueAt), reason: '' },
  }));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const noReason = of !== undefined && form.reason.trim() === '' ? t('outage.missing-reason') : undefined;
  const missing = form.title.trim() === '' ? t('outage.missing-title') : noReason;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const dueAt = instantOf(form.due);
    const facts = {
      ...{ title: form.title.trim(), announced: form.announced, ...(dueAt === undefined ? {} : { dueAt }) },
      ...{ areas: namesOf(form.areas), queues: namesOf(form.queues), numbers: namesOf(form.numbers) },
    };
    const saved =
      of === undefined
        ? await run('/api/outages', { outage, kind: form.kind, ...facts })
        : await run(`/api/outages/${outage}`, { do: 'change', ...facts, reason: form.reason.trim() });
    if (saved) onClose();
  };
  return (
    <Card className="grow" title={t(of === undefined ? 'outage.new' : 'outage.change')}>
      <form className="card-body scroll grow stack" onSubmit={(event) => void save(event)}>
        {of === undefined && (
          <Field label={t('outage.kind')}>
            {(ids) => (
              <Select {...ids} value={form.kind} onChange={(event) => set({ kind: event.target.value as Kind })}>
                {kinds.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`outage.kind.${kind}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label={t('outage.what')} hint={t('outage.what-hint')}>
          {(ids) => <Input {...ids} value={form.title} maxLength={120} onChange={(event) => set({ title: event.target.value })} />}
        </Field>
        <Field label={t('outage.areas')} hint={t('outage.names-hint')}>
          {(ids) => <Input {...ids} value={form.areas} maxLength={400} onChange={(event) => set({ areas: event.target.value })} />}
        </Field>
        <Field label={t('outage.due-field')} hint={t('outage.due-hint')}>
          {(ids) => <Input {...ids} type="datetime-local" value={form.due} onChange={(event) => set({ due: event.target.value })} />}
        </Field>
        <Field label={t('outage.queues')} hint={t('outage.scope-hint')}>
          {(ids) => <Input {...ids} value={form.queues} maxLength={400} onChange={(event) => set({ queues: event.target.value })} />}
        </Field>
        <Field label={t('outage.numbers')} hint={t('outage.scope-hint')}>
          {(ids) => <Input {...ids} value={form.numbers} maxLength={400} onChange={(event) => set({ numbers: event.target.value })} />}
        </Field>
        <label className="row">
          <input type="checkbox" checked={form.announced} onChange={(event) => set({ announced: event.target.checked })} />
          {t('outage.announce')}
        </label>
        {of !== undefined && (
          <Field label={t('outage.reason')}>
            {(ids) => <Input {...ids} value={form.reason} maxLength={200} onChange={(event) => set({ reason: event.target.value })} />}
          </Field>
        )}
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
