import type { BulletinView } from '@threerings/core/wire/bulletins';
import type { Me } from '@threerings/core/wire/session';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { instantOf, localValue } from '../app/local-time.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { useUnits } from '../tickets/use-tickets.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { bulletinsKey } from './use-bulletins.ts';

/** Leaders publish for their own unit first; operations for everybody. */
function firstUnit(person: Me): string {
  return hasRole(person, 'operations') ? '' : (person.unit.at(-1)?.id ?? '');
}

const workingDayMs = 12 * 3_600_000;

/** Writes an item; publishing is a step of its own. What was published and is changed must be read again. */
export function BulletinForm({ of, onClose }: { of: BulletinView | undefined; onClose: () => void }) {
  const t = useWords();
  const units = useUnits();
  const person = useMe();
  const { run, busy } = useAct(bulletinsKey);
  const [bulletin] = useState(() => of?.bulletin ?? uuid());
  const [form, setForm] = useState(() => ({
    ...{ kind: of?.kind ?? ('briefing' as const), title: of?.title ?? '', body: of?.body ?? '' },
    ...{ unit: of === undefined ? firstUnit(person) : (of.units[0] ?? ''), mustRead: of?.mustRead ?? true },
    from: localValue(of?.validFrom ?? Date.now()),
    until: localValue(of?.validUntil ?? Date.now() + workingDayMs),
  }));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const [validFrom, validUntil] = [instantOf(form.from), instantOf(form.until)];
  const dated = validFrom !== undefined && validUntil !== undefined;
  const missing = form.title.trim() === '' || form.body.trim() === '' || !dated ? t('bulletin.missing') : undefined;
  const save = async (event: FormEvent, publish: boolean) => {
    event.preventDefault();
    if (missing !== undefined) return;
    const { kind, title, body, unit, mustRead } = form;
    const written = { bulletin, kind, title, body, units: unit === '' ? [] : [unit], mustRead, validFrom, validUntil };
    if (!(await run('/api/bulletins', written))) return;
    if (!publish || (await run(`/api/bulletins/${bulletin}`, { do: 'publish' }))) onClose();
  };
  return (
    <Card className="grow" title={t(of === undefined ? 'bulletin.new' : 'bulletin.change')}>
      <form className="card-body scroll grow stack" onSubmit={(event) => void save(event, true)}>
        <Field label={t('bulletin.kind')}>
          {(ids) => (
            <Select {...ids} value={form.kind} onChange={(event) => set({ kind: event.target.value === 'news' ? 'news' : 'briefing' })}>
              {(['briefing', 'news'] as const).map((kind) => (
                <option key={kind} value={kind}>
                  {t(`bulletin.kind.${kind}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('bulletin.heading')}>
          {(ids) => <Input {...ids} value={form.title} maxLength={120} onChange={(event) => set({ title: event.target.value })} />}
        </Field>
        <Field label={t('bulletin.text')}>
          {(ids) => (
            <Textarea {...ids} rows={9} value={form.body} maxLength={5000} onChange={(event) => set({ body: event.target.value })} />
          )}
        </Field>
        <Field label={t('bulletin.for')}>
          {(ids) => (
            <Select {...ids} value={form.unit} onChange={(event) => set({ unit: event.target.value })}>
              <option value="">{t('bulletin.for-all')}</option>
              {(units.data ?? []).map(({ unit, name }) => (
                <option key={unit} value={unit}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('bulletin.from')}>
          {(ids) => <Input {...ids} type="datetime-local" value={form.from} onChange={(event) => set({ from: event.target.value })} />}
        </Field>
        <Field label={t('bulletin.until')}>
          {(ids) => <Input {...ids} type="datetime-local" value={form.until} onChange={(event) => set({ until: event.target.value })} />}
        </Field>
        <label className="row">
          <input type="checkbox" checked={form.mustRead} onChange={(event) => set({ mustRead: event.target.checked })} />
          {t('bulletin.must-read')}
        </label>
        <div className="row row-wrap">
          <Button type="submit" tone="primary" busy={busy} blocked={missing}>
            {t('bulletin.publish')}
          </Button>
          <Button busy={busy} blocked={missing} blockedShownElsewhere onClick={(event) => void save(event, false)}>
            {t('bulletin.keep-draft')}
          </Button>
          <Button tone="text" onClick={onClose}>
            {t('action.cancel')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
