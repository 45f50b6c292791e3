import type { ActingView } from '@threerings/core/wire/acting';
import { useWords } from '../app/i18n/use-words.ts';
import { useDraft } from '../app/use-draft.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import type { Acts } from './use-acting.ts';

/** A contact in WeChat: asked for, accepted, named by the account. */
export function ContactPart({ view, acts: { act, busy } }: { view: ActingView; acts: Acts }) {
  const t = useWords();
  const { contact: state, identity, interaction } = view;
  const account = useDraft(`identity.${interaction}`, {}).values['customer'] ?? '';
  const { values, change } = useDraft(`contact.${interaction}`, { user: account, name: account });
  const text = (field: string) => (values[field] ?? '').trim();
  const contact = text('contact');
  const known = identity === 'owner' || identity === 'authorised';
  const empty = contact === '' ? t('acting.contact-empty') : undefined;
  const blocked = known ? empty : t('acting.contact-verify-first');
  const unnamed = text('user') === '' || text('name') === '' ? t('acting.contact-name-empty') : empty;
  return (
    <form className="acting-form" onSubmit={(event) => event.preventDefault()}>
      <p>
        <b>{t(`acting.contact.${state}`)}</b>
      </p>
      <div className="row acting-line">
        <Field label={t('acting.contact-id')}>
          {(ids) => (
            <Input {...ids} value={values['contact'] ?? ''} maxLength={128} onChange={(event) => change('contact', event.target.value)} />
          )}
        </Field>
        {state === 'none' && (
          <Button
            size="small"
            tone="primary"
            busy={busy}
            blocked={blocked}
            blockedShownElsewhere
            onClick={() => void act({ kind: 'ask-contact', contact })}
          >
            {t('acting.contact-ask')}
          </Button>
        )}
        {state === 'requested' && (
          <Button
            size="small"
            tone="primary"
            busy={busy}
            blocked={empty}
            blockedShownElsewhere
            onClick={() => void act({ kind: 'contact-accepted', contact })}
          >
            {t('acting.contact-accept')}
          </Button>
        )}
      </div>
      {blocked !== undefined && state === 'none' && <p className="meta">{blocked}</p>}
      {state === 'requested' && <p className="acting-say">{t('acting.say.contact')}</p>}
      {(state === 'accepted' || state === 'misnamed' || state === 'named') && (
        <div className="row acting-line">
          <Field label={t('acting.customer')}>
            {(ids) => (
              <Input {...ids} value={values['user'] ?? ''} maxLength={64} onChange={(event) => change('user', event.target.value)} />
            )}
          </Field>
          <Field label={t('acting.contact-name')}>
            {(ids) => (
              <Input {...ids} value={values['name'] ?? ''} maxLength={128} onChange={(event) => change('name', event.target.value)} />
            )}
          </Field>
          <Button
            size="small"
            tone="primary"
            busy={busy}
            blocked={unnamed}
            blockedShownElsewhere
            onClick={() => void act({ kind: 'name-contact', contact, user: text('user'), name: text('name') })}
          >
            {t('acting.contact-rename')}
          </Button>
        </div>
      )}
    </form>
  );
}
