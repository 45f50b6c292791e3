import { useQuery } from '@tanstack/react-query';
import { type PrivateNotes, privateNotes } from '@threerings/core/wire/private-notes';
import { Leaf } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { useDesk } from '../live/use-live.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Textarea } from '../ui/field.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { RestButton, RestStanding } from './rest.tsx';
import { chosenKey, type NoteKey, openedKey, seal, unseal } from './seal.ts';

const notesKey = ['private-notes'] as const;
const leastPassphrase = 6;

/** 自我调节: a few hints, and a note that only its writer can open. */
export function WellbeingPanel() {
  const t = useWords();
  const list = useQuery({
    queryKey: notesKey,
    queryFn: ({ signal }) => request('/api/private-notes', privateNotes, { signal }),
    staleTime: 30_000,
  });
  // The key lives in this page alone: who goes away from it asks for the passphrase again.
  const [key, setKey] = useState<NoteKey | undefined>(undefined);
  return (
    <div className="day-columns">
      <Card className="grow" icon={<Leaf size={16} aria-hidden />} title={t('wellbeing.notes')}>
        <div className="card-body scroll grow stack">
          {list.isPending && <Loading what={t('wellbeing.notes')} rows={4} />}
          {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
          {list.data !== undefined &&
            (key === undefined ? (
              <Passphrase stored={list.data} onOpen={setKey} onStored={() => void list.refetch()} />
            ) : (
              <Notes noteKey={key} stored={list.data} />
            ))}
        </div>
      </Card>
      <div className="day-pane">
        <Card className="grow" title={t('wellbeing.title')}>
          <ul className="card-body stack">
            {(['pause', 'breathe', 'let-go', 'speak'] as const).map((tip) => (
              <li key={tip}>{t(`wellbeing.tip.${tip}`)}</li>
            ))}
          </ul>
          <Asking />
        </Card>
      </div>
    </div>
  );
}

/** A rest, or somebody to talk to: asked for here as well, without a word on why. */
function Asking() {
  const t = useWords();
  const desk = useDesk();
  const { run, pending } = useDeskCommand();
  if (desk === undefined || desk.view.presence.state === 'offline') return null;
  const { rest } = desk.view;
  return (
    <div className="card-body stack">
      <div className="row row-wrap">
        <RestButton rest={rest} />
        <Button busy={pending.has('ask-rest')} pressed={rest?.wish === 'talk'} onClick={() => void run({ kind: 'ask-rest', wish: 'talk' })}>
          {t('rest.talk')}
        </Button>
      </div>
      <p className="meta">{rest === undefined ? t('rest.note') : <RestStanding rest={rest} />}</p>
    </div>
  );
}

interface PassphraseProps {
  readonly stored: PrivateNotes;
  readonly onOpen: (key: NoteKey) => void;
  readonly onStored: () => void;
}

function Passphrase({ stored, onOpen, onStored }: PassphraseProps) {
  const t = useWords();
  const { csrf } = useMe();
  const toast = useToast();
  const [phrase, setPhrase] = useState('');
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const choosing = stored.key === undefined;
  const short = [...phrase].length < leastPassphrase ? t('wellbeing.passphrase-short', { n: leastPassphrase }) : undefined;
  const choose = async () => {
    const { key, stored: made } = await chosenKey(phrase);
    await request('/api/private-notes/key', z.unknown(), { method: 'PUT', body: made, csrf });
    onStored();
    onOpen(key);
  };
  const open = async (event: FormEvent) => {
    event.preventDefault();
    if (short !== undefined || busy) return;
    setBusy(true);
    try {
      const key = stored.key === undefined ? undefined : await openedKey(phrase, stored.key);
      if (choosing) await choose();
      else if (key === undefined) setWrong(true);
      else onOpen(key);
    } catch {
      toast.show(t('wellbeing.not-stored'));
    } finally {
      setBusy(false);
    }
  };
  const forget = () => {
    setBusy(true);
    void choose()
      .catch(() => toast.show(t('wellbeing.not-stored')))
      .finally(() => setBusy(false));
  };
  return (
    <form className="stack" onSubmit={(event) => void open(event)}>
      <p>{t('wellbeing.promise', { days: stored.days })}</p>
      <Field
        label={t(choosing ? 'wellbeing.choose' : 'wellbeing.passphrase')}
        hint={t('wellbeing.passphrase-hint')}
        error={wrong ? t('wellbeing.wrong') : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            type="password"
            autoComplete="off"
            value={phrase}
            maxLength={100}
            onChange={(event) => {
              setWrong(false);
              setPhrase(event.target.value);
            }}
          />
        )}
      </Field>
      <div className="row row-wrap">
        <Button type="submit" tone="primary" busy={busy} blocked={short}>
          {t(choosing ? 'wellbeing.begin' : 'wellbeing.open')}
        </Button>
        {wrong && (
          <Button tone="text" busy={busy} onClick={forget}>
            {t('wellbeing.forget')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Notes({ noteKey, stored }: { noteKey: NoteKey; stored: PrivateNotes }) {
  const t = useWords();
  const now = useNow(60_000);
  const { run, busy } = useAct(notesKey);
  const [text, setText] = useState('');
  const [plain, setPlain] = useState<ReadonlyMap<string, string>>(new Map());
  const { notes } = stored;
  useEffect(() => {
    let left = false;
    void Promise.all(notes.map(async ({ note, sealed }) => [note, (await unseal(noteKey, sealed)) ?? ''] as const)).then((opened) => {
      if (!left) setPlain(new Map(opened));
    });
    return () => {
      left = true;
    };
  }, [notes, noteKey]);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    if (await run('/api/private-notes', { note: uuid(), sealed: await seal(noteKey, text.trim()) })) setText('');
  };
  return (
    <>
      <form className="stack" onSubmit={(event) => void save(event)}>
        <Field label={t('wellbeing.write')}>
          {(ids) => <Textarea {...ids} rows={4} value={text} maxLength={2000} onChange={(event) => setText(event.target.value)} />}
        </Field>
        <Button
          type="submit"
          tone="primary"
          busy={busy}
          blocked={text.trim() === '' ? t('wellbeing.write') : undefined}
          blockedShownElsewhere
        >
          {t('action.save')}
        </Button>
      </form>
      <ul className="day-rows">
        {notes.map(({ note, at }) => (
          <li key={note}>
            <p className="day-text">{plain.get(note) ?? '…'}</p>
            <span className="row">
              <span className="row-note grow num">{shortTime(at, now)}</span>
              <Button size="small" tone="text" busy={busy} onClick={() => void run(`/api/private-notes/${note}`, {}, 'DELETE')}>
                {t('directory.remove')}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
