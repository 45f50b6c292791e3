import { blockedNumber, blockOffers } from '@threerings/core/wire/blocklist';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { localValue } from '../app/local-time.ts';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { blocklistKey } from './use-blocklist.ts';

const dayMs = 86_400_000;

/** One number: why, until when, and what its callers are offered. Who decides is who saves. */
export function BlockForm({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const { run, busy } = useAct(blocklistKey);
  const [entry] = useState(uuid);
  const [form, setForm] = useState(() => ({
    ...{ number: '', reason: '', offer: 'message' as (typeof blockOffers)[number], until: localValue(Date.now() + 30 * dayMs) },
  }));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const wrong = form.number !== '' && !blockedNumber.safeParse(form.number).success ? t('blocklist.number-wrong') : undefined;
  const until = new Date(form.until).getTime();
  const missing = form.number === '' || form.reason.trim().length < 3 || !Number.isFinite(until) ? t('blocklist.missing') : wrong;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { entry, number: form.number.trim(), reason: form.reason.trim(), offer: form.offer, until };
    if (missing === undefined && (await run('/api/blocklist', body))) onClose();
  };
  return (
    <Card className="grow" title={t('blocklist.new')}>
      <form className="card-body scroll grow stack" onSubmit={(event) => void save(event)}>
        <Field label={t('blocklist.number')} error={wrong}>
          {(ids) => (
            <Input
              {...ids}
              autoFocus
              inputMode="tel"
              maxLength={32}
              value={form.number}
              onChange={(event) => set({ number: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('retention.reason')} hint={t('retention.no-names')}>
          {(ids) => (
            <Textarea {...ids} rows={3} maxLength={200} value={form.reason} onChange={(event) => set({ reason: event.target.value })} />
          )}
        </Field>
        <Field label={t('blocklist.until')} hint={t('blocklist.until-hint')}>
          {(ids) => <Input {...ids} type="datetime-local" value={form.until} onChange={(event) => set({ until: event.target.value })} />}
        </Field>
        <Segmented
          label={t('blocklist.offer')}
          value={form.offer}
          onChange={(offer) => set({ offer })}
          options={blockOffers.map((value) => ({ value, label: t(`blocklist.offer.${value}`) }))}
        />
        <p className="meta">{t('blocklist.told')}</p>
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
