import type { PromiseChange, PromiseView } from '@threerings/core/wire/desk';
import { type FormEvent, useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { DialButton } from '../outbound/dial-button.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';
import { DueChooser } from './due-chooser.tsx';
import { promisesKey } from './use-promises.ts';

type Form = 'attempt' | 'move' | 'reassign' | 'withdraw';

/** What became of it. Keeping is one press; what needs a reason opens its form in place. */
export function PromiseActions({ view }: { view: PromiseView }) {
  const t = useWords();
  const person = useMe();
  const { run, busy } = useAct(promisesKey);
  const [form, setForm] = useState<Form | undefined>(undefined);
  const leads = hasRole(person, 'leader');
  const isVisit = view.kind === 'visit';
  const say = async (change: PromiseChange) => {
    if (await run(`/api/promises/${encodeURIComponent(view.promise)}`, change)) setForm(undefined);
  };
  const toggle = (next: Form) => setForm(form === next ? undefined : next);
  return (
    <div className="stack panel-actions">
      <div className="row row-wrap">
        {view.seenAt === undefined && view.owner === person.agent && view.firstReceiver !== person.agent && (
          <Button busy={busy} onClick={() => void say({ do: 'see' })}>
            {t('promise.do.see')}
          </Button>
        )}
        {hasRole(person, 'agent') && <DialButton size="normal" whom={{ promise: view.promise }} />}
        <Button tone="primary" busy={busy} onClick={() => void say({ do: 'keep' })}>
          {t(isVisit ? 'visit.do.keep' : 'promise.do.keep')}
        </Button>
        <Button pressed={form === 'attempt'} onClick={() => toggle('attempt')}>
          {t('promise.do.attempt')}
        </Button>
        <Button pressed={form === 'move'} onClick={() => toggle('move')}>
          {t(isVisit ? 'visit.do.move' : 'promise.do.move')}
        </Button>
        {leads && (
          <>
            <Button pressed={form === 'reassign'} onClick={() => toggle('reassign')}>
              {t('promise.do.reassign')}
            </Button>
            <Button busy={busy} onClick={() => void say({ do: 'give-up' })}>
              {t('promise.do.give-up')}
            </Button>
          </>
        )}
        <Button tone="text" pressed={form === 'withdraw'} onClick={() => toggle('withdraw')}>
          {t(isVisit ? 'visit.do.withdraw' : 'promise.do.withdraw')}
        </Button>
      </div>
      {isVisit && view.state === 'missed' && form === undefined && <p className="meta">{t('visit.missed')}</p>}
      {form === 'attempt' && (
        <div className="row row-wrap">
          {(['no-answer', 'busy', 'wrong-number', 'reached'] as const).map((outcome) => (
            <Button key={outcome} size="small" busy={busy} onClick={() => void say({ do: 'attempt', outcome })}>
              {t(`promise.outcome.${outcome}`)}
            </Button>
          ))}
        </div>
      )}
      {form === 'move' && <MoveForm isVisit={isVisit} busy={busy} onSay={say} />}
      {form === 'reassign' && <ReasonForm busy={busy} onSay={(to, reason) => say({ do: 'reassign', to, reason })} />}
      {form === 'withdraw' && <WithdrawForm busy={busy} onSay={say} />}
    </div>
  );
}

interface FormProps {
  readonly busy: boolean;
  readonly onSay: (change: PromiseChange) => Promise<void>;
}

/** Another time. Of a visit: agreed on with the customer first. */
function MoveForm({ busy, isVisit, onSay }: FormProps & { isVisit: boolean }) {
  const t = useWords();
  const [due, setDue] = useState<number | undefined>(undefined);
  const [told, setTold] = useState(false);
  const [reason, setReason] = useState('');
  const onChange = useCallback((next: number | undefined) => setDue(next), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (due !== undefined) void onSay({ do: 'move', due, told, reason: reason.trim() });
  };
  return (
    <form className="stack" onSubmit={submit}>
      <DueChooser presets={isVisit ? ['1d', '3d'] : ['1h', '4h', '1d', '3d']} initial={isVisit ? 'own' : '1h'} onChange={onChange} />
      <label className="row">
        <input type="checkbox" checked={told} onChange={(event) => setTold(event.target.checked)} />
        {t(isVisit ? 'visit.agreed' : 'promise.told')}
      </label>
      {isVisit && !told && (
        <p className="banner" data-tone="warn" role="status">
          {t('visit.not-agreed')}
        </p>
      )}
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" tone="primary" busy={busy} blocked={reason.trim() === '' ? t('ticket.reason') : undefined}>
        {t(isVisit ? 'visit.do.move' : 'promise.do.move')}
      </Button>
    </form>
  );
}

function WithdrawForm({ busy, onSay }: FormProps) {
  const t = useWords();
  const [byCustomer, setByCustomer] = useState(false);
  const [reason, setReason] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void onSay({ do: 'withdraw', byCustomer, reason: reason.trim() });
      }}
    >
      <label className="row">
        <input type="checkbox" checked={byCustomer} onChange={(event) => setByCustomer(event.target.checked)} />
        {t('promise.by-customer')}
      </label>
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" busy={busy} blocked={reason.trim() === '' ? t('ticket.reason') : undefined}>
        {t('promise.do.withdraw')}
      </Button>
    </form>
  );
}

function ReasonForm({ busy, onSay }: { busy: boolean; onSay: (to: string, reason: string) => Promise<void> }) {
  const t = useWords();
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void onSay(to.trim(), reason.trim());
      }}
    >
      <Field label={t('promise.to')}>
        {(ids) => <Input {...ids} maxLength={64} value={to} onChange={(event) => setTo(event.target.value)} />}
      </Field>
      <Reason value={reason} onChange={setReason} />
      <Button type="submit" tone="primary" busy={busy} blocked={reason.trim() === '' || to.trim() === '' ? t('ticket.reason') : undefined}>
        {t('promise.do.reassign')}
      </Button>
    </form>
  );
}

function Reason({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useWords();
  return (
    <Field label={t('ticket.reason')}>
      {(ids) => <Input {...ids} maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}
