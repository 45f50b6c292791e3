import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { onEscape } from '../app/keys.ts';
import { dueWords } from '../app/time-words.ts';
import { useToast } from '../app/toast.tsx';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useFocusReturn } from '../ui/use-focus-return.ts';
import { type DueChoice, dueAtOf, dueChoices, localInputValue } from './due.ts';
import './promise-form.css';

interface PromiseFormProps {
  readonly interaction: string;
  readonly number: string | undefined;
  /** 派专席: whoever sits there calls back */
  readonly seat?: { readonly owner: string; readonly name: string } | undefined;
  readonly onDone: () => void;
}

/** A callback promised to the caller: what about, by when, at which number. Due times are amounts or clock times, never "later". */
export function PromiseForm({ interaction, number, seat, onDone }: PromiseFormProps) {
  const t = useWords();
  const now = useNow();
  const { run, pending } = useDeskCommand();
  const toast = useToast();
  const first = useRef<HTMLTextAreaElement>(null);
  const [about, setAbout] = useState('');
  const [to, setTo] = useState(number ?? '');
  const [choice, setChoice] = useState<DueChoice>(seat === undefined ? '1h' : '2h');
  const [own, setOwn] = useState(() => localInputValue(now + 2 * 3600_000));
  const form = useRef<HTMLFormElement>(null);
  useFocusReturn(form);
  useEffect(() => first.current?.focus(), []);
  const dueAt = dueAtOf(choice, own, now);
  const missing =
    about.trim() === '' ? t('promise.missing-about') : dueAt === undefined || dueAt <= now ? t('promise.missing-due') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined || dueAt === undefined) return;
    const result = await run({
      kind: 'promise-callback',
      interaction,
      dueAt,
      about: about.trim(),
      ...(to.trim() === '' ? {} : { number: to.trim() }),
      ...(seat === undefined ? {} : { what: 'expert-callback' as const, owner: seat.owner }),
    });
    if (result.kind !== 'done') return;
    // Whose promise it is sees it in the list; that of a seat is somebody else's.
    if (seat !== undefined) toast.show(t('promise.made', { what: `${t('promise.kind.expert-callback')} · ${seat.name}` }));
    onDone();
  };
  return (
    <form ref={form} className="promise-form stack" onSubmit={(event) => void submit(event)} onKeyDown={(event) => onEscape(event, onDone)}>
      {seat !== undefined && <p className="strong">{t('expert.dispatch-to', { seat: seat.name })}</p>}
      <Field label={t('promise.about')}>
        {(ids) => (
          <Textarea
            {...ids}
            ref={first}
            rows={2}
            maxLength={500}
            placeholder={t('promise.about-hint')}
            value={about}
            onChange={(event) => setAbout(event.target.value)}
          />
        )}
      </Field>
      <div className="stack">
        <Segmented
          label={t('promise.due')}
          value={choice}
          onChange={setChoice}
          options={dueChoices.map((value) => ({ value, label: t(`promise.due.${value}`) }))}
        />
        {choice === 'own' && (
          <Input type="datetime-local" aria-label={t('promise.due')} value={own} onChange={(event) => setOwn(event.target.value)} />
        )}
        {dueAt !== undefined && <p className="meta">{dueWords(t, dueAt, now)}</p>}
      </div>
      <Field label={t('promise.number')}>
        {(ids) => <Input {...ids} inputMode="tel" maxLength={32} value={to} onChange={(event) => setTo(event.target.value)} />}
      </Field>
      <div className="row row-wrap">
        <Button type="submit" tone="primary" busy={pending.has('promise-callback')} blocked={missing}>
          {t('promise.make')}
        </Button>
        <Button tone="text" onClick={onDone}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}
