import { type ActingStep, type ActingView, actingSteps, type OperationView } from '@threerings/core/wire/acting';
import { Check, ChevronRight, Circle, CircleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { PlainKey } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { PlanForm } from './plan-form.tsx';
import { PlanShown } from './plan-shown.tsx';
import type { Acts } from './use-acting.ts';

interface CardProps {
  readonly operation: OperationView;
  readonly view: ActingView;
  readonly acts: Acts;
}

/** The steps of one operation: done, next, to come. The next one has the focus, so that Enter leads through them. */
export function OperationCard({ operation, view, acts }: CardProps) {
  const t = useWords();
  const say = useTongue();
  const { next, blocked, template, state } = operation;
  const [editing, setEditing] = useState(false);
  const card = useRef<HTMLElement>(null);
  const formOpen = state === 'open' && (editing || next === 'plan');
  useEffect(() => {
    if (next !== undefined) card.current?.querySelector<HTMLElement>('[data-next] :is(input, textarea, select, .btn)')?.focus();
  }, [next]);
  const steps = actingSteps.filter((step) => step !== 'extras' || operation.extras.length > 0 || template.extras.length > 0);
  return (
    <section className="acting-operation" aria-label={say(template.name)} ref={card}>
      <h3>
        {say(template.name)} <span className="meta">{t(`acting.state.${state}`)}</span>
      </h3>
      <ol className="acting-steps">
        {steps.map((step) => (
          <li key={step} data-state={stateOf(step, operation, view)} data-next={step === next ? '' : undefined}>
            <StepSign state={stateOf(step, operation, view)} />
            <span className="acting-step-name">{t(`acting.step.${step}`)}</span>
            <div className="grow">
              {step === 'plan' ? (
                formOpen ? (
                  <PlanForm operation={operation} acts={acts} onDone={() => setEditing(false)} />
                ) : (
                  <PlanShown operation={operation} onChange={state === 'open' && view.open ? () => setEditing(true) : undefined} />
                )
              ) : (
                <StepActs step={step} operation={operation} view={view} acts={acts} editing={editing} />
              )}
            </div>
          </li>
        ))}
      </ol>
      {state === 'open' && blocked !== undefined && (
        <p className="banner" data-tone="unknown" role="status">
          <CircleAlert size={16} aria-hidden />
          <span>
            <b>{t('acting.blocked', { why: blocked.message })}</b> {blocked.remedy}
          </span>
        </p>
      )}
      {state === 'open' && <Decline operation={operation} acts={acts} />}
    </section>
  );
}

type StepState = 'done' | 'next' | 'later';

function stateOf(step: ActingStep, { next, state }: OperationView, { identity }: ActingView): StepState {
  if (step === 'identity') return identity === 'owner' || identity === 'authorised' ? 'done' : 'next';
  if (state === 'declined') return 'later';
  if (step === next) return 'next';
  return next === undefined || actingSteps.indexOf(step) < actingSteps.indexOf(next) ? 'done' : 'later';
}

function StepSign({ state }: { state: StepState }) {
  const t = useWords();
  const Sign = state === 'done' ? Check : state === 'next' ? ChevronRight : Circle;
  return (
    <>
      <Sign size={16} aria-hidden />
      <span className="visually-hidden">{t(`acting.step-state.${state}`)}</span>
    </>
  );
}

function StepActs({ step, operation, view, acts: { act, busy }, editing }: CardProps & { step: ActingStep; editing: boolean }) {
  const t = useWords();
  const { proxy, digest = '', values = {}, consent = '', next, template } = operation;
  const { identity } = view;
  const product = useTongue()(template.name);
  if (step === 'identity') return <span className="meta">{t(`acting.identity.${identity}`)}</span>;
  if (step === 'extras') return <Extras operation={operation} acts={{ act, busy }} />;
  if (step !== next || editing || !view.open) return null;
  const button = (word: PlainKey, press: () => void) => (
    <Button tone="primary" size="small" busy={busy} onClick={press}>
      {t(word)}
    </Button>
  );
  switch (step) {
    case 'right':
      return identity === 'owner' || identity === 'authorised' ? (
        <>
          <p className="acting-say">{t('acting.say.right', { product })}</p>
          {button('acting.do.right', () => void act({ kind: 'confirm-right', proxy, right: identity }))}
        </>
      ) : null;
    case 'read-back':
      return (
        <>
          <p className="acting-say">{t('acting.say.read-back')}</p>
          {button('acting.do.read-back', () => void act({ kind: 'read-back', proxy, digest }))}
        </>
      );
    case 'consent':
      return (
        <>
          <p className="acting-say">{t('acting.say.consent')}</p>
          {button('acting.do.consent', () => void act({ kind: 'consent', proxy, digest }))}
        </>
      );
    case 'execute':
      return (
        <>
          <p className="meta">{t('acting.say.execute')}</p>
          {button('acting.do.execute', () => void act({ kind: 'execute', proxy, consent, values }))}
        </>
      );
    case 'result':
      return (
        <>
          <p className="acting-say">{t('acting.say.result')}</p>
          <span className="row">
            {button('acting.do.result', () => void act({ kind: 'tell-result', proxy, outcome: 'done' }))}
            <Button size="small" busy={busy} onClick={() => void act({ kind: 'tell-result', proxy, outcome: 'failed' })}>
              {t('acting.do.result-failed')}
            </Button>
          </span>
        </>
      );
    default:
      return null;
  }
}

/** What the customer has to be told of this plan, and advice; each with its sentence. */
function Extras({ operation, acts: { act, busy } }: Pick<CardProps, 'operation' | 'acts'>) {
  const t = useWords();
  const say = useTongue();
  const { template, extras, told, proxy, state } = operation;
  const shown = template.extras.filter(({ item, advice }) => extras.includes(item) || advice === true);
  if (shown.length === 0) return operation.digest === undefined ? null : <span className="meta">{t('acting.nothing-to-tell')}</span>;
  return (
    <ul className="acting-extras">
      {shown.map((extra) => (
        <li key={extra.item} className="row">
          <span className="grow">
            {say(extra.name)}
            {extra.advice === true && <span className="meta"> {t('acting.advice')}</span>}
            {extra.say !== undefined && <span className="acting-say"> {say(extra.say)}</span>}
          </span>
          {told.includes(extra.item) ? (
            <span className="chip">{t('acting.told')}</span>
          ) : (
            state === 'open' && (
              <Button size="small" busy={busy} onClick={() => void act({ kind: 'tell-extra', proxy, item: extra.item })}>
                {t('acting.do.tell')}
              </Button>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

function Decline({ operation: { proxy }, acts: { act, busy } }: Pick<CardProps, 'operation' | 'acts'>) {
  const t = useWords();
  const [reason, setReason] = useState<string | undefined>(undefined);
  if (reason === undefined) {
    return (
      <Button size="small" tone="text" onClick={() => setReason('')}>
        {t('acting.decline')}
      </Button>
    );
  }
  const blocked = reason.trim() === '' ? t('acting.decline-reason') : undefined;
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) void act({ kind: 'decline', proxy, reason: reason.trim() });
      }}
    >
      <Input
        aria-label={t('acting.decline-reason')}
        placeholder={t('acting.decline-reason')}
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" size="small" busy={busy} blocked={blocked} blockedShownElsewhere>
        {t('acting.decline')}
      </Button>
    </form>
  );
}
