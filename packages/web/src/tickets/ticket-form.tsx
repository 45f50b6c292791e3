import { pauseReasons } from '@threerings/core/tickets/clock';
import { suggestionValues, ticketResults } from '@threerings/core/tickets/state';
import type { TicketAct, TicketChange, TicketDetail } from '@threerings/core/wire/tickets';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { DueChooser } from '../promises/due-chooser.tsx';
import { Button } from '../ui/button.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { changeOf, type Draft, emptyDraft, lacking } from './ticket-draft.ts';
import { useUnits } from './use-tickets.ts';

interface TicketFormProps {
  readonly act: TicketAct;
  readonly detail: TicketDetail;
  readonly busy: boolean;
  readonly onSay: (change: TicketChange) => Promise<void>;
}

/** The words that one act needs, and nothing else. */
export function TicketForm({ act, detail, busy, onSay }: TicketFormProps) {
  const t = useWords();
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const put = useCallback((change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change })), []);
  const onDue = useCallback((dueAt: number | undefined) => put({ dueAt }), [put]);
  const lacks = lacking(act, draft);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const change = changeOf(act, draft);
    if (lacks === undefined && change !== undefined) void onSay(change);
  };
  const reason = <ReasonField draft={draft} onChange={put} />;
  const due = <DueChooser presets={['1d', '3d', '5d']} initial="3d" onChange={onDue} />;
  const fields: Partial<Record<TicketAct, ReactNode>> = {
    dispatch: (
      <>
        <DepartmentField draft={draft} onChange={put} />
        {due}
      </>
    ),
    return: <ReturnFields draft={draft} onChange={put} />,
    note: <TextField label={t('ticket.note')} value={draft.text} onChange={(text) => put({ text })} />,
    pause: (
      <Choice
        label={t('ticket.reason')}
        value={draft.pause}
        options={pauseReasons}
        word={(value) => t(`ticket.pause.${value}`)}
        onChange={(pause) => put({ pause })}
      />
    ),
    supervise: reason,
    'ask-exception': (
      <>
        <Choice
          label={t('ticket.do.ask-exception')}
          value={draft.exception}
          options={['extension', 'not-ours'] as const}
          word={(value) => t(`ticket.exception.${value}`)}
          onChange={(exception) => put({ exception })}
        />
        {reason}
        {draft.exception === 'extension' && due}
      </>
    ),
    'decide-exception': (
      <>
        {detail.exception !== undefined && (
          <p className="banner" data-tone="info">
            {detail.exception.by}：{detail.exception.reason}
          </p>
        )}
        <Yes label={t('ticket.approve')} value={draft.yes} onChange={(yes) => put({ yes })} />
        {reason}
      </>
    ),
    resolve: (
      <>
        <Choice
          label={t('ticket.result')}
          value={draft.result}
          options={ticketResults}
          word={(value) => t(`ticket.result.${value}`)}
          onChange={(result) => put({ result })}
        />
        <TextField label={t('ticket.answer')} value={draft.text} onChange={(text) => put({ text })} />
      </>
    ),
    'tell-customer': (
      <Choice
        label={t('ticket.channel')}
        value={draft.channel}
        options={['phone', 'sms', 'mail', 'visit', 'chat'] as const}
        word={(value) => t(`ticket.channel.${value}`)}
        onChange={(channel) => put({ channel })}
      />
    ),
    revisit: (
      <>
        <Yes label={t('ticket.resolved')} value={draft.yes} onChange={(yes) => put({ yes })} />
        <Choice
          label={t('ticket.score')}
          value={draft.score}
          options={['', '5', '4', '3', '2', '1'] as const}
          word={(value) => value}
          onChange={(score) => put({ score })}
        />
        {!draft.yes && reason}
        {!draft.yes && due}
      </>
    ),
    reopen: (
      <>
        {reason}
        {due}
      </>
    ),
    value: (
      <>
        <Choice
          label={t('ticket.value')}
          value={draft.value}
          options={suggestionValues}
          word={(value) => t(`ticket.value.${value}`)}
          onChange={(value) => put({ value })}
        />
        <Field label={t('ticket.award-field')}>
          {(ids) => <Input {...ids} maxLength={200} value={draft.award} onChange={(event) => put({ award: event.target.value })} />}
        </Field>
      </>
    ),
    'change-owner': (
      <Field label={t('ticket.to')}>
        {(ids) => <Input {...ids} maxLength={64} value={draft.to} onChange={(event) => put({ to: event.target.value })} />}
      </Field>
    ),
  };
  return (
    <form className="stack panel-actions" onSubmit={submit}>
      {fields[act]}
      <Button type="submit" tone="primary" busy={busy} blocked={lacks === undefined ? undefined : t(lacks)}>
        {act === 'decide-exception' ? t(draft.yes ? 'ticket.approve' : 'ticket.refuse') : t(`ticket.do.${act}`)}
      </Button>
    </form>
  );
}

interface Part {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

function DepartmentField({ draft, onChange }: Part) {
  const t = useWords();
  const units = useUnits();
  return (
    <Field label={t('ticket.department')}>
      {(ids) => (
        <Select {...ids} value={draft.department} onChange={(event) => onChange({ department: event.target.value })}>
          <option value="">—</option>
          {(units.data ?? []).map(({ unit, name }) => (
            <option key={unit} value={unit}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function ReturnFields({ draft, onChange }: Part) {
  const t = useWords();
  return (
    <>
      <Choice
        label={t('ticket.because')}
        value={draft.because}
        options={['incomplete', 'not-ours', 'duplicate'] as const}
        word={(value) => t(`ticket.because.${value}`)}
        onChange={(because) => onChange({ because })}
      />
      {draft.because === 'incomplete' && (
        <TextField label={t('ticket.missing')} hint={t('ticket.missing-hint')} value={draft.text} onChange={(text) => onChange({ text })} />
      )}
      <ReasonField draft={draft} onChange={onChange} />
    </>
  );
}

function ReasonField({ draft, onChange }: Part) {
  const t = useWords();
  return (
    <Field label={t('ticket.reason')}>
      {(ids) => <Input {...ids} maxLength={200} value={draft.reason} onChange={(event) => onChange({ reason: event.target.value })} />}
    </Field>
  );
}

function TextField({ label, hint, value, onChange }: { label: string; hint?: string; value: string; onChange: (value: string) => void }) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => <Textarea {...ids} rows={4} maxLength={2000} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

function Yes({ label, value, onChange }: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <label className="row">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly V[];
  readonly word: (value: V) => string;
  readonly onChange: (value: V) => void;
}

function Choice<V extends string>({ label, value, options, word, onChange }: ChoiceProps<V>) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select
          {...ids}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option === event.target.value);
            if (chosen !== undefined) onChange(chosen);
          }}
        >
          {options.map((option) => (
            <option key={option} value={option}>
              {option === '' ? '—' : word(option)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
