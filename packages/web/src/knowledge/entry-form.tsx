import type { EntryKind } from '@threerings/core/knowledge/entry';
import type { EntryDetail, EntryTextOnWire, EntryVersionOnWire } from '@threerings/core/wire/knowledge';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { dayOfInstant, type EntryDraftForm, instantOfDay, linesOf, wordsOf } from './entry-draft.ts';
import { EntryView } from './entry-view.tsx';
import { knowledgeKey } from './use-knowledge.ts';

interface EntryFormProps {
  readonly kind: EntryKind;
  /** what is written anew; absent = a new entry */
  readonly of?: { readonly detail: EntryDetail; readonly version: EntryVersionOnWire };
  readonly onClose: () => void;
  readonly onSaved: (entry: string) => void;
}

/** Writes a draft; nothing of it is shown to anybody before a second person has approved it. */
export function EntryForm({ kind, of, onClose, onSaved }: EntryFormProps) {
  const t = useWords();
  const { run, busy } = useAct(knowledgeKey);
  const [entry] = useState(() => of?.detail.entry ?? uuid());
  const [form, setForm] = useState<EntryDraftForm>(() => formOf(of?.version));
  const [corrects, setCorrects] = useState(of?.version.corrects ?? false);
  const set = (change: Partial<EntryDraftForm>) => setForm({ ...form, ...change });
  const text = textOf(form);
  const queues = of?.detail.queues ?? [];
  const missing = text.title === '' ? t('knowledge.field.title') : text.body.trim() === '' ? t('knowledge.field.body') : undefined;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const saved =
      of === undefined
        ? await run('/api/knowledge', { entry, kind, queues, text })
        : await run(`/api/knowledge/${entry}`, { queues, corrects, text }, 'PATCH');
    if (saved) onSaved(entry);
  };
  return (
    <Card className="grow" title={of === undefined ? t('knowledge.new') : t('knowledge.edit')}>
      <form className="card-body scroll grow stack" onSubmit={(event) => void save(event)}>
        <Field label={t('knowledge.field.title')}>
          {(ids) => <Input {...ids} maxLength={200} value={form.title} onChange={(event) => set({ title: event.target.value })} />}
        </Field>
        <Field label={t('knowledge.field.body')} hint={t(`knowledge.field.body-hint.${kind}`)}>
          {(ids) => (
            <Textarea
              {...ids}
              rows={kind === 'reply' ? 3 : 9}
              maxLength={20_000}
              value={form.body}
              onChange={(event) => set({ body: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('knowledge.field.keywords')} hint={t('knowledge.field.keywords-hint')}>
          {(ids) => <Input {...ids} maxLength={400} value={form.keywords} onChange={(event) => set({ keywords: event.target.value })} />}
        </Field>
        {kind === 'article' && (
          <Field label={t('knowledge.items')} hint={t('knowledge.field.items-hint')}>
            {(ids) => (
              <Textarea {...ids} rows={3} maxLength={4000} value={form.items} onChange={(event) => set({ items: event.target.value })} />
            )}
          </Field>
        )}
        <div className="row row-wrap">
          {(['validFrom', 'validUntil', 'reviewDue'] as const).map((name) => (
            <Field key={name} label={t(`knowledge.field.${name}`)}>
              {(ids) => <Input {...ids} type="date" value={form[name]} onChange={(event) => set({ [name]: event.target.value })} />}
            </Field>
          ))}
        </div>
        {of !== undefined && (
          <label className="row">
            <input type="checkbox" checked={corrects} onChange={(event) => setCorrects(event.target.checked)} />
            {t('knowledge.corrects')}
          </label>
        )}
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('knowledge.save-draft')}
          </Button>
          <Button tone="text" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
        {text.body.trim() !== '' && <Preview kind={kind} text={text} />}
      </form>
    </Card>
  );
}

function Preview({ kind, text }: { kind: EntryKind; text: EntryTextOnWire }) {
  const t = useWords();
  const version: EntryVersionOnWire = {
    ...text,
    version: 0,
    state: 'draft',
    standing: 'unpublished',
    author: '',
    corrects: false,
    changedAt: 0,
  };
  return (
    <section className="knowledge-preview" aria-label={t('knowledge.preview')}>
      <p className="meta">{t('knowledge.preview')}</p>
      <EntryView detail={{ entry: '', kind, queues: [], versions: [] }} version={version} />
    </section>
  );
}

function formOf(version: EntryVersionOnWire | undefined): EntryDraftForm {
  return {
    title: version?.title ?? '',
    body: version?.body ?? '',
    keywords: (version?.keywords ?? []).join(' '),
    items: (version?.items ?? []).join('\n'),
    validFrom: dayOfInstant(version?.validFrom),
    validUntil: dayOfInstant(version?.validUntil),
    reviewDue: dayOfInstant(version?.reviewDue),
  };
}

function textOf({ title, body, keywords, items, ...days }: EntryDraftForm): EntryTextOnWire {
  const dates = Object.fromEntries(
    Object.entries(days).flatMap(([name, day]) => {
      const at = instantOfDay(day);
      return at === undefined ? [] : [[name, at]];
    }),
  );
  return { title: title.trim(), body, keywords: wordsOf(keywords), items: linesOf(items), ...dates };
}
