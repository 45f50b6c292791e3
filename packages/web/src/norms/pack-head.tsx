import type { PackVersionDetail } from '@threerings/core/wire/norm-packs';
import { FilePlus2, Save } from 'lucide-react';
import { useState } from 'react';
import { HttpFailure } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useToast } from '../app/toast.tsx';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { State } from './pack-tree.tsx';
import type { NormsSearch } from './search.ts';
import { type Step, useNewDraft, useSavePack, useStep } from './use-norm-packs.ts';
import type { PackTextState } from './use-pack-text.ts';

interface PackHeadProps {
  readonly detail: PackVersionDetail;
  readonly text: PackTextState;
  readonly onOpen: (to: NormsSearch) => void;
}

/** Which version this is, through whose hands it went, and the next step for the person who looks at it. */
export function PackHead({ detail, text, onOpen }: PackHeadProps) {
  const t = useWords();
  const { row } = detail;
  return (
    <header className="norms-head">
      <div className="grow">
        <h1 className="row">
          {row.title ?? row.pack} <span className="num">{t('norms.version', { version: row.version })}</span>
          <State row={row} />
          {text.changed.length > 0 && (
            <span className="chip" data-tone="warn">
              {t('norms.unsaved')}
            </span>
          )}
        </h1>
        <Hands detail={detail} />
      </div>
      <Steps detail={detail} text={text} onOpen={onOpen} />
    </header>
  );
}

function Hands({ detail: { row } }: Pick<PackHeadProps, 'detail'>) {
  const t = useWords();
  const now = useNow(60_000);
  const told = [
    row.author !== undefined && row.changedAt !== undefined && t('norms.author', { who: row.author, when: shortTime(row.changedAt, now) }),
    row.reviewer !== undefined && t('norms.reviewed-by', { who: row.reviewer }),
    row.approver !== undefined && t('norms.approved-by', { who: row.approver }),
    row.effectiveAt !== undefined && t('norms.effective', { when: shortTime(row.effectiveAt, now) }),
    row.note !== undefined && t('norms.returned', { why: row.note }),
  ].filter((line) => line !== false);
  return told.length === 0 ? null : <p className="meta">{told.join(' · ')}</p>;
}

function Steps({ detail, text, onOpen }: PackHeadProps) {
  const t = useWords();
  const person = useMe();
  const { row } = detail;
  const { pack, version } = row;
  const [asking, setAsking] = useState<'return' | 'withdraw' | 'effective' | undefined>(undefined);
  const toast = useToast();
  const draft = useNewDraft();
  const save = useSavePack(pack, version);
  const step = useStep(pack, version);
  const edits = hasRole(person, 'norm-owner', 'operations');
  const reviews = hasRole(person, 'norm-owner', 'reviewer');
  const failed = (error: unknown) => {
    if (error instanceof HttpFailure) toast.showFailure(error);
  };
  const take = (next: Step, body?: object) => step.mutate({ step: next, ...(body === undefined ? {} : { body }) }, { onError: failed });
  const wrong = text.checked?.problems.some(({ severity }) => severity === 'error') === true;
  const saveNow = () =>
    save.mutate(
      { revision: text.revision, files: text.files },
      { onError: failed, onSuccess: ({ revision }) => text.saved(revision, text.files) },
    );
  const blocked = text.changed.length === 0 ? t('norms.nothing-to-save') : wrong ? t('norms.save-blocked') : undefined;
  return (
    <>
      {edits && row.state === 'draft' && !row.shipped && (
        <>
          {text.changed.length > 0 && <Button onClick={text.discard}>{t('norms.discard')}</Button>}
          <Button
            tone="primary"
            data-save
            icon={<Save size={16} aria-hidden />}
            hint="Ctrl S"
            busy={save.isPending}
            blocked={blocked}
            onClick={saveNow}
          >
            {t('norms.save')}
          </Button>
          <Button
            busy={step.isPending}
            blocked={text.changed.length > 0 ? t('norms.submit-blocked') : undefined}
            blockedShownElsewhere
            onClick={() => take('submit')}
          >
            {t('norms.submit')}
          </Button>
        </>
      )}
      {reviews && row.state === 'in-review' && (
        <Button tone="primary" busy={step.isPending} onClick={() => take('review')}>
          {t('norms.review')}
        </Button>
      )}
      {hasRole(person, 'norm-owner') && row.state === 'reviewed' && (
        <>
          <Button tone="primary" busy={step.isPending} onClick={() => take('approve', {})}>
            {t('norms.approve')}
          </Button>
          <Button busy={step.isPending} onClick={() => setAsking('effective')}>
            {t('norms.approve-later')}
          </Button>
        </>
      )}
      {reviews && !row.shipped && ['in-review', 'reviewed', 'approved'].includes(row.state) && (
        <Button onClick={() => setAsking('return')}>{t('norms.return')}</Button>
      )}
      {edits && (
        <Button
          icon={<FilePlus2 size={16} aria-hidden />}
          busy={draft.isPending}
          onClick={() =>
            draft.mutate({ pack, from: version }, { onError: failed, onSuccess: (made) => onOpen({ pack, version: made.version }) })
          }
        >
          {t('norms.new-draft')}
        </Button>
      )}
      {edits && !row.shipped && ['draft', 'in-review', 'reviewed', 'approved'].includes(row.state) && (
        <Button tone="text" onClick={() => setAsking('withdraw')}>
          {t('norms.withdraw')}
        </Button>
      )}
      {asking === 'effective' && (
        <EffectiveSheet
          onClose={() => setAsking(undefined)}
          onGiven={(effectiveAt) => {
            take('approve', { effectiveAt });
            setAsking(undefined);
          }}
        />
      )}
      {(asking === 'return' || asking === 'withdraw') && (
        <ReasonSheet
          title={t(`norms.reason-${asking}`)}
          act={t(`norms.${asking}`)}
          onClose={() => setAsking(undefined)}
          onGiven={(reason) => {
            take(asking, { reason });
            setAsking(undefined);
          }}
        />
      )}
    </>
  );
}

interface EffectiveSheetProps {
  readonly onClose: () => void;
  /** ms UTC */
  readonly onGiven: (effectiveAt: number) => void;
}

/** The instant from which a version counts: calls that begin then are judged by it, those that began before by the old one. */
function EffectiveSheet({ onClose, onGiven }: EffectiveSheetProps) {
  const t = useWords();
  const now = useNow(1000);
  const [chosen, setChosen] = useState('');
  // What the field gives is the local time of this page.
  const at = chosen === '' ? undefined : new Date(chosen).getTime();
  const past = at !== undefined && at <= now;
  const title = t('norms.effective-choose');
  return (
    <Sheet
      title={title}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 110, width: 380 }}
      footer={
        <Button
          tone="primary"
          blocked={at === undefined || past ? title : undefined}
          blockedShownElsewhere
          onClick={() => at !== undefined && onGiven(at)}
        >
          {t('norms.approve-then')}
        </Button>
      }
    >
      <Field label={title} hint={t('norms.effective-hint')} error={past ? t('norms.effective-past') : undefined}>
        {(ids) => <Input {...ids} type="datetime-local" value={chosen} onChange={(event) => setChosen(event.target.value)} />}
      </Field>
    </Sheet>
  );
}

interface ReasonSheetProps {
  readonly title: string;
  /** what the button says */
  readonly act: string;
  readonly onClose: () => void;
  readonly onGiven: (reason: string) => void;
}

function ReasonSheet({ title, act, onClose, onGiven }: ReasonSheetProps) {
  const t = useWords();
  const [reason, setReason] = useState('');
  return (
    <Sheet
      title={title}
      onClose={onClose}
      style={{ insetInlineEnd: 16, top: 110, width: 380 }}
      footer={
        <Button tone="primary" blocked={reason.trim() === '' ? title : undefined} blockedShownElsewhere onClick={() => onGiven(reason)}>
          {act}
        </Button>
      }
    >
      <Field label={t('norms.reason')}>
        {(ids) => <Textarea {...ids} rows={3} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </Sheet>
  );
}
