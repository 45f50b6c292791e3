import type { AskReason } from '@threerings/core/wire/desk';
import { type OutboundPreview, type OutboundPurpose, outboundPurposes } from '@threerings/core/wire/outbound';
import { PhoneOutgoing } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { uuid } from '../app/uuid.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { useOutboundPreview, usePlaceCall, type Whom } from './use-outbound.ts';

interface DialSheetProps {
  /** empty: the number is typed here */
  readonly whom: Whom;
  readonly onClose: () => void;
}

/** What is known of a call and what is prepared for it, before anything is dialled. */
export function DialSheet({ whom, onClose }: DialSheetProps) {
  const t = useWords();
  const byHand = whom.promise === undefined && whom.redials === undefined;
  const preview = useOutboundPreview(whom, !byHand);
  return (
    <Sheet
      icon={<PhoneOutgoing size={16} aria-hidden />}
      title={t('dial.title')}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 56, width: 460, maxHeight: 'calc(100vh - 76px)' }}
    >
      {byHand && <DialForm whom={whom} preview={undefined} onClose={onClose} />}
      {!byHand && preview.isPending && <Loading what={t('dial.title')} />}
      {!byHand && preview.isError && <Failed error={preview.error} onRetry={() => void preview.refetch()} />}
      {!byHand && preview.isSuccess && <DialForm whom={whom} preview={preview.data} onClose={onClose} />}
    </Sheet>
  );
}

const byHandPurposes = outboundPurposes.filter((purpose) => purpose !== 'promised' && purpose !== 'redial');

interface DialFormProps {
  readonly whom: Whom;
  readonly preview: OutboundPreview | undefined;
  readonly onClose: () => void;
}

function DialForm({ whom, preview, onClose }: DialFormProps) {
  const t = useWords();
  const { busy, place } = usePlaceCall();
  const [interaction] = useState(uuid);
  const [number, setNumber] = useState('');
  const [purpose, setPurpose] = useState<OutboundPurpose>(preview?.purpose ?? 'answer');
  const [note, setNote] = useState(preview?.about ?? '');
  const [why, setWhy] = useState('');
  const [ask, setAsk] = useState<AskReason | undefined>(undefined);
  const wantsWhy = ask !== undefined || preview?.callingTime === false;
  const missing = missingWord({ byHand: preview === undefined, number, note, wantsWhy, why });
  const submit = async () => {
    if (missing !== undefined || busy || preview?.refused !== undefined) return;
    const more = { ...(why.trim() === '' ? {} : { override: why.trim() }), ...(preview === undefined ? { number: number.trim() } : {}) };
    const placed = await place({ interaction, purpose, note: note.trim(), ...whom, ...more });
    if (placed === 'placed') onClose();
    else if (placed !== 'refused') setAsk(placed);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
  };
  return (
    <form
      className="stack"
      onKeyDown={keys}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      {preview === undefined ? (
        <Field label={t('dial.number')} hint={t('dial.number-hint')}>
          {(ids) => (
            <Input
              {...ids}
              data-autofocus
              inputMode="tel"
              autoComplete="off"
              maxLength={32}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
            />
          )}
        </Field>
      ) : (
        <Known preview={preview} />
      )}
      {preview === undefined && (
        <Field label={t('dial.purpose')}>
          {(ids) => (
            <Select
              {...ids}
              value={purpose}
              onChange={(event) => setPurpose(byHandPurposes.find((each) => each === event.target.value) ?? 'other')}
            >
              {byHandPurposes.map((each) => (
                <option key={each} value={each}>
                  {t(`dial.purpose.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t('dial.note')}>
        {(ids) => (
          <Textarea
            {...ids}
            rows={4}
            maxLength={2000}
            data-autofocus={preview === undefined ? undefined : true}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      {wantsWhy && <WhyNow ask={ask} value={why} onChange={setWhy} />}
      <div className="row row-wrap">
        <Button type="submit" tone="call" hint="Ctrl ↵" busy={busy} blocked={missing === undefined ? undefined : t(missing)}>
          {t('dial.now')}
        </Button>
        <Button tone="text" onClick={onClose}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface Written {
  readonly byHand: boolean;
  readonly number: string;
  readonly note: string;
  readonly wantsWhy: boolean;
  readonly why: string;
}

function missingWord({ byHand, number, note, wantsWhy, why }: Written) {
  if (byHand && number.trim() === '') return 'dial.missing-number';
  if (note.trim() === '') return 'dial.missing-note';
  return wantsWhy && why.trim() === '' ? 'dial.missing-why' : undefined;
}

function WhyNow({ ask, value, onChange }: { ask: AskReason | undefined; value: string; onChange: (value: string) => void }) {
  const t = useWords();
  const say = useTongue();
  return (
    <>
      {ask !== undefined && <p className="banner">{say(ask.message)}</p>}
      <Field label={t('dial.why-now')}>
        {(ids) => <Input {...ids} maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />}
      </Field>
    </>
  );
}

function Known({ preview }: { preview: OutboundPreview }) {
  const t = useWords();
  const say = useTongue();
  const now = useNow(60_000);
  const { number, about, purpose, tried, tries, callingTime, nextTime, refused } = preview;
  return (
    <>
      <dl className="facts">
        <dt>{t('dial.number')}</dt>
        <dd className="num strong">{number ?? t('ledger.no-number')}</dd>
        <dt>{t('dial.purpose')}</dt>
        <dd>{t(`dial.purpose.${purpose}`)}</dd>
        {about !== undefined && (
          <>
            <dt>{t('dial.about')}</dt>
            <dd>{about}</dd>
          </>
        )}
      </dl>
      {tried > 0 && <p className="meta">{t('dial.tried', { tried, tries })}</p>}
      {refused !== undefined && (
        <p className="banner" data-tone="broken" role="alert">
          {say(refused.message)} · {say(refused.remedy)}
        </p>
      )}
      {!callingTime && nextTime !== undefined && <p className="banner">{t('dial.not-now', { time: shortTime(nextTime, now) })}</p>}
    </>
  );
}
