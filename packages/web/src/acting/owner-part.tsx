import type { ActingView } from '@threerings/core/wire/acting';
import { useWords } from '../app/i18n/use-words.ts';
import { useDraft } from '../app/use-draft.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import type { Acts } from './use-acting.ts';

const callWithinMs = 3_600_000;

/** Not, or no longer, in charge: the company, then who is, and the change by that person alone. */
export function OwnerPart({ view, acts: { act, busy } }: { view: ActingView; acts: Acts }) {
  const t = useWords();
  const { owner, identity, interaction } = view;
  const { values, change, drop } = useDraft(`owner.${interaction}`, {});
  const text = (field: string) => (values[field] ?? '').trim();
  const data = { name: text('name'), contact: text('contact') };
  const check = (outcome: 'matches' | 'differs') => act({ kind: 'check-owner', company: text('company'), outcome });
  const unchecked = owner.company === 'matches' ? undefined : t('acting.owner-check-first');
  const empty = data.name === '' || data.contact === '' ? t('acting.owner-empty') : unchecked;
  const blockedUpdate = empty ?? (identity === 'owner' ? undefined : t('acting.owner-verify-first'));
  const update = async () => {
    if (await act({ kind: 'update-owner', owner: data })) drop();
  };
  return (
    <form className="acting-form" onSubmit={(event) => event.preventDefault()}>
      <p className="row">
        <b className="grow">{t(`acting.company.${owner.company}`)}</b>
        {owner.updated && <span className="chip">{t('acting.owner-updated')}</span>}
      </p>
      <div className="row acting-line">
        <Field label={t('acting.company')}>
          {(ids) => (
            <Input {...ids} value={values['company'] ?? ''} maxLength={120} onChange={(event) => change('company', event.target.value)} />
          )}
        </Field>
        <Button
          size="small"
          busy={busy}
          blocked={text('company') === '' ? t('acting.company-empty') : undefined}
          blockedShownElsewhere
          onClick={() => void check('matches')}
        >
          {t('acting.company-matches')}
        </Button>
        <Button
          size="small"
          tone="text"
          busy={busy}
          blocked={text('company') === '' ? t('acting.company-empty') : undefined}
          blockedShownElsewhere
          onClick={() => void check('differs')}
        >
          {t('acting.company-differs')}
        </Button>
      </div>
      <div className="acting-fields">
        <Field label={t('acting.owner-name')}>
          {(ids) => <Input {...ids} value={values['name'] ?? ''} maxLength={60} onChange={(event) => change('name', event.target.value)} />}
        </Field>
        <Field label={t('acting.owner-contact')}>
          {(ids) => (
            <Input {...ids} value={values['contact'] ?? ''} maxLength={60} onChange={(event) => change('contact', event.target.value)} />
          )}
        </Field>
      </div>
      <div className="row row-wrap">
        <Button
          size="small"
          busy={busy}
          blocked={empty}
          blockedShownElsewhere
          onClick={() => void act({ kind: 'name-owner', owner: data, callBy: Date.now() + callWithinMs })}
        >
          {t('acting.owner-call')}
        </Button>
        <Button size="small" tone="primary" busy={busy} blocked={blockedUpdate} blockedShownElsewhere onClick={() => void update()}>
          {t('acting.owner-update')}
        </Button>
        {blockedUpdate !== undefined && <span className="meta">{blockedUpdate}</span>}
      </div>
    </form>
  );
}
