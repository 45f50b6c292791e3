import { promiseKinds } from '@threerings/core/timeline/promise-kinds';
import { Handshake } from 'lucide-react';
import { type FormEvent, useCallback, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { DueChooser } from '../promises/due-chooser.tsx';
import { PromiseItem } from '../promises/promise-item.tsx';
import { promisesKey, usePromises } from '../promises/use-promises.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Select, Textarea } from '../ui/field.tsx';
import { useChatAct } from './use-chat-act.ts';

/** Made by hand in a chat: everything but what tickets make themselves. */
const kinds = promiseKinds.filter((kind) => kind !== 'ticket');
type Kind = (typeof kinds)[number];

/** What was promised in this chat, and a new promise: what about, by when, at which number. */
export function ChatPromises({ interaction, about: begins }: { interaction: string; about: string | undefined }) {
  const t = useWords();
  const mine = usePromises('mine').data ?? [];
  const here = mine.filter((promise) => promise.interaction === interaction);
  return (
    <Card className="grow" icon={<Handshake size={16} aria-hidden />} title={t('promise.title')}>
      <div className="card-body scroll grow stack">
        <NewPromise interaction={interaction} begins={begins} />
        {here.length > 0 && <p className="meta">{t('promise.here')}</p>}
        {here.map((promise) => (
          <PromiseItem key={promise.promise} promise={promise} />
        ))}
      </div>
    </Card>
  );
}

function NewPromise({ interaction, begins }: { interaction: string; begins: string | undefined }) {
  const t = useWords();
  const { run, busy } = useChatAct(promisesKey);
  // A message that did not arrive is told by telephone; else a chat is answered in writing.
  const [what, setWhat] = useState<Kind>(begins === undefined ? 'reply' : 'callback');
  const [about, setAbout] = useState(begins?.slice(0, 500) ?? '');
  const [number, setNumber] = useState('');
  const [due, setDue] = useState<number | undefined>(undefined);
  const [made, setMade] = useState(0);
  const onDue = useCallback((next: number | undefined) => setDue(next), []);
  const missing = about.trim() === '' ? t('promise.missing-about') : due === undefined ? t('promise.missing-due') : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (missing !== undefined || due === undefined) return;
    const to = number.trim() === '' ? {} : { number: number.trim() };
    if (!(await run({ kind: 'promise', interaction, what, dueAt: due, about: about.trim(), ...to }))) return;
    setAbout('');
    setMade(made + 1);
  };
  return (
    <form className="stack" onSubmit={(event) => void submit(event)}>
      <Field label={t('promise.about')}>
        {(ids) => <Textarea {...ids} rows={2} maxLength={500} value={about} onChange={(event) => setAbout(event.target.value)} />}
      </Field>
      <Field label={t('ledger.what')}>
        {(ids) => (
          <Select {...ids} value={what} onChange={(event) => setWhat(kinds.find((kind) => kind === event.target.value) ?? 'reply')}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`promise.kind.${kind}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <DueChooser key={made} presets={['30m', '1h', '4h', '1d']} initial="1h" onChange={onDue} />
      <Field label={t('promise.number')}>
        {(ids) => <Input {...ids} inputMode="tel" maxLength={32} value={number} onChange={(event) => setNumber(event.target.value)} />}
      </Field>
      <Button type="submit" tone="primary" busy={busy} blocked={missing}>
        {t('chats.promise-make')}
      </Button>
    </form>
  );
}
