import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type EmergencyView, emergencyPlan, emergencyView } from '@threerings/core/wire/registers';
import { Siren } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { inboxKey } from '../inbox/use-inbox.ts';
import { useNow } from '../live/clock.ts';
import { useListPush } from '../live/use-list-push.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { PlanForm } from './plan-form.tsx';

export const emergenciesKey = ['emergencies'] as const;

function useEmergencies() {
  const every = useListPush('emergencies', emergenciesKey);
  return useQuery({
    queryKey: [...emergenciesKey, 'list'],
    queryFn: ({ signal }) => request('/api/emergencies', z.array(emergencyView), { signal }),
    refetchInterval: every,
  });
}

function usePlans() {
  return useQuery({
    queryKey: [...emergenciesKey, 'plans'],
    queryFn: ({ signal }) => request('/api/emergency-plans', z.array(emergencyPlan), { signal }),
    staleTime: 30_000,
  });
}

/** 应急: raised by agents out of a call (Alt X), taken in hand here, worked by its plan, registered and closed. */
export function EmergenciesPanel() {
  const t = useWords();
  const list = useEmergencies();
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [planning, setPlanning] = useState(false);
  const rows = list.data ?? [];
  const chosen = rows.find(({ emergency }) => emergency === open);
  const aside = (
    <Button size="small" onClick={() => setPlanning(true)}>
      {t('emergency.new-plan')}
    </Button>
  );
  return (
    <div className="day-columns" data-pane={chosen !== undefined || planning}>
      <Card className="grow" icon={<Siren size={16} aria-hidden />} title={t('emergency.title')} aside={aside}>
        <div className="scroll grow">
          {list.isPending && <Loading what={t('emergency.title')} rows={4} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.isSuccess && rows.length === 0 && <Empty title={t('emergency.none')} text={t('emergency.none-text')} />}
          <ul className="directory-rows">
            {rows.map((one) => (
              <Line
                key={one.emergency}
                one={one}
                onOpen={() => {
                  setPlanning(false);
                  setOpen(one.emergency);
                }}
              />
            ))}
          </ul>
        </div>
      </Card>
      {(chosen !== undefined || planning) && (
        <div className="day-pane">
          {planning || chosen === undefined ? (
            <PlanForm onClose={() => setPlanning(false)} />
          ) : (
            <One key={chosen.emergency} one={chosen} onClose={() => setOpen(undefined)} />
          )}
        </div>
      )}
    </div>
  );
}

function Line({ one, onOpen }: { one: EmergencyView; onOpen: () => void }) {
  const t = useWords();
  const now = useNow(30_000);
  const { about, state, raisedAt, acknowledgedBy, escalatedAt, emergency } = one;
  const { run, busy } = useAct(emergenciesKey, inboxKey);
  return (
    <li>
      <div className="grow">
        <span className="row row-wrap">
          <span className="chip" data-tone={state === 'raised' ? 'warn' : undefined}>
            {t(`emergency.state.${state}`)}
          </span>
          <b>{about}</b>
          {escalatedAt !== undefined && acknowledgedBy === undefined && <span className="chip">{t('emergency.escalated')}</span>}
        </span>
        <span className="row-note num">
          {shortTime(raisedAt, now)}
          {acknowledgedBy !== undefined && ` · ${t('emergency.in-hand', { who: acknowledgedBy })}`}
        </span>
      </div>
      {acknowledgedBy === undefined && (
        <Button size="small" tone="primary" busy={busy} onClick={() => void run(`/api/emergencies/${emergency}`, { do: 'acknowledge' })}>
          {t('emergency.acknowledge')}
        </Button>
      )}
      <Button size="small" onClick={onOpen}>
        {t('outage.open')}
      </Button>
    </li>
  );
}

function One({ one, onClose }: { one: EmergencyView; onClose: () => void }) {
  const t = useWords();
  const { run, busy } = useAct(emergenciesKey, inboxKey);
  const act = (body: object) => void run(`/api/emergencies/${one.emergency}`, body);
  const over = one.state === 'closed' || one.state === 'reviewed';
  return (
    <Card className="grow" title={one.about}>
      <div className="card-body scroll grow stack">
        {one.interaction !== undefined && (
          <Link to="/interactions/$interaction" params={{ interaction: one.interaction }}>
            {t('knowledge.gap.call')}
          </Link>
        )}
        <Plan one={one} busy={busy} onAct={act} />
        {!over && <Register one={one} busy={busy} onAct={act} />}
        {one.account !== undefined && (
          <p className="day-text">{t('emergency.account-of', { account: one.account, told: one.told ?? '' })}</p>
        )}
        {one.state === 'registered' && (
          <OneLine
            label={t('emergency.outcome')}
            button={t('emergency.close')}
            busy={busy}
            onSay={(outcome) => act({ do: 'close', outcome })}
          />
        )}
        {one.outcome !== undefined && <p>{t('emergency.outcome-of', { outcome: one.outcome, who: one.closedBy ?? '' })}</p>}
        {one.state === 'closed' && (
          <OneLine
            label={t('emergency.finding')}
            button={t('emergency.review')}
            busy={busy}
            onSay={(finding) => act({ do: 'review', finding })}
          />
        )}
        {one.finding !== undefined && <p>{t('emergency.finding-of', { finding: one.finding })}</p>}
      </div>
      <footer className="card-foot row">
        <Button onClick={onClose}>{t('action.close')}</Button>
      </footer>
    </Card>
  );
}

interface PartProps {
  readonly one: EmergencyView;
  readonly busy: boolean;
  readonly onAct: (body: object) => void;
}

function Plan({ one: { steps, done, state, plan }, busy, onAct }: PartProps) {
  const t = useWords();
  const plans = usePlans();
  const over = state === 'closed' || state === 'reviewed';
  if (plan === undefined)
    return over ? null : (
      <Field label={t('emergency.plan')}>
        {(ids) => (
          <Select {...ids} value="" disabled={busy} onChange={(event) => onAct({ do: 'plan', plan: event.target.value })}>
            <option value="">{t(plans.data?.length === 0 ? 'emergency.no-plans' : 'emergency.choose-plan')}</option>
            {(plans.data ?? []).map((one) => (
              <option key={one.plan} value={one.plan}>
                {one.title}
              </option>
            ))}
          </Select>
        )}
      </Field>
    );
  return (
    <ol className="stack">
      {steps.map((step) => (
        <li key={step}>
          <label className="row">
            <input
              type="checkbox"
              checked={done.includes(step)}
              disabled={busy || over || done.includes(step)}
              onChange={() => onAct({ do: 'step', step })}
            />
            {step}
          </label>
        </li>
      ))}
    </ol>
  );
}

function Register({ busy, onAct }: PartProps) {
  const t = useWords();
  const [account, setAccount] = useState('');
  const [told, setTold] = useState('');
  const missing = account.trim() === '' || told.trim() === '' ? t('emergency.missing') : undefined;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (missing === undefined) onAct({ do: 'register', account, told });
  };
  return (
    <form className="stack" onSubmit={save}>
      <Field label={t('emergency.account')}>
        {(ids) => <Textarea {...ids} rows={3} value={account} maxLength={2000} onChange={(event) => setAccount(event.target.value)} />}
      </Field>
      <Field label={t('emergency.told')}>
        {(ids) => <Input {...ids} value={told} maxLength={200} onChange={(event) => setTold(event.target.value)} />}
      </Field>
      <Button type="submit" tone="primary" busy={busy} blocked={missing}>
        {t('emergency.register')}
      </Button>
    </form>
  );
}

interface OneLineProps {
  readonly label: string;
  readonly button: string;
  readonly busy: boolean;
  readonly onSay: (text: string) => void;
}

function OneLine({ label, button, busy, onSay }: OneLineProps) {
  const [text, setText] = useState('');
  const say = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') onSay(text.trim());
  };
  return (
    <form className="row" onSubmit={say}>
      <Input
        className="grow"
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={200}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" busy={busy} blocked={text.trim() === '' ? label : undefined} blockedShownElsewhere>
        {button}
      </Button>
    </form>
  );
}
