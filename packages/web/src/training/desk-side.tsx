import type { CallRecord } from '@threerings/core/wire/desk';
import type { TrainingView } from '@threerings/core/wire/training';
import { BookOpen, Check, Handshake, NotebookPen, Zap } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Field, Input, Select } from '../ui/field.tsx';
import type { Doing } from './play-screen.tsx';

interface SideProps {
  readonly view: TrainingView;
  readonly act: Doing;
  readonly busy: boolean;
  readonly onTyping: (typing: boolean) => void;
}

const parts = ['who', 'when', 'where', 'what', 'why', 'how'] as const;
const nothing: CallRecord = { who: '', when: '', where: '', what: '', why: '', how: '' };

/** Acts of this call, knowledge, promise and record. */
export function DeskSide({ view, act, busy, onTyping }: SideProps) {
  const t = useWords();
  const say = useTongue();
  const began = view.phase !== 'waiting' && view.phase !== 'ringing';
  return (
    <div className="training-side scroll">
      {view.acts.length > 0 && (
        <Card icon={<Zap size={16} aria-hidden />} title={t('training.acts')}>
          <div className="card-body training-acts">
            {view.acts.map(({ act: own, title, done }) => (
              <Button
                key={own}
                size="small"
                pressed={done}
                busy={busy || !began}
                icon={done ? <Check size={14} aria-hidden /> : undefined}
                onClick={() => void act({ do: 'own', act: own })}
              >
                {say(title)}
              </Button>
            ))}
          </div>
        </Card>
      )}
      <Knowledge view={view} act={act} onTyping={onTyping} />
      <PromiseForm act={act} onTyping={onTyping} />
      <RecordForm view={view} act={act} onTyping={onTyping} />
    </div>
  );
}

type PartProps = Omit<SideProps, 'busy'>;

function Knowledge({ view, act, onTyping }: PartProps) {
  const t = useWords();
  const [words, setWords] = useState('');
  const [searched, setSearched] = useState(false);
  const search = async () => {
    if (words.trim() === '') return;
    await act({ do: 'search', keywords: words.trim() });
    setSearched(true);
    onTyping(false);
  };
  return (
    <Card icon={<BookOpen size={16} aria-hidden />} title={t('training.search')}>
      <div className="card-body stack">
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            void search();
          }}
        >
          <Input
            value={words}
            maxLength={100}
            aria-label={t('training.search')}
            placeholder={t('training.search-hint')}
            onChange={(event) => {
              setWords(event.target.value);
              onTyping(event.target.value !== '');
            }}
          />
          <Button onClick={() => void search()}>{t('training.search')}</Button>
        </form>
        {searched && view.found.length === 0 && <p className="meta">{t('training.found-none')}</p>}
        {view.found.map(({ article, title, text }) => (
          <div key={article}>
            <button type="button" className="training-try" onClick={() => void act({ do: 'open', article })}>
              {title}
            </button>
            {text !== undefined && <p className="t2">{text}</p>}
          </div>
        ))}
      </div>
    </Card>
  );
}

const minute = 60_000;
const within = [
  { ms: 30 * minute, key: 'training.minutes', n: 30 },
  { ms: 60 * minute, key: 'training.hours', n: 1 },
  { ms: 120 * minute, key: 'training.hours', n: 2 },
  { ms: 24 * 60 * minute, key: 'training.days', n: 1 },
  { ms: 48 * 60 * minute, key: 'training.days', n: 2 },
] as const;
const kinds = ['callback', 'leader-callback', 'reply', 'notify', 'visit'] as const;

function PromiseForm({ act, onTyping }: Pick<PartProps, 'act' | 'onTyping'>) {
  const t = useWords();
  const [what, setWhat] = useState<(typeof kinds)[number]>('callback');
  const [inMs, setInMs] = useState<number>(within[1].ms);
  const [about, setAbout] = useState('');
  const [number, setNumber] = useState('');
  const make = async () => {
    await act({ do: 'promise', what, inMs, about, ...(number.trim() === '' ? {} : { number: number.trim() }) });
    onTyping(false);
  };
  const typed = (set: (text: string) => void) => (event: { target: { value: string } }) => {
    set(event.target.value);
    onTyping(true);
  };
  return (
    <Card icon={<Handshake size={16} aria-hidden />} title={t('training.promise')}>
      <div className="card-body stack">
        <div className="row">
          <Select value={what} aria-label={t('training.promise-what')} onChange={(event) => setWhat(event.target.value as typeof what)}>
            {kinds.map((kind) => (
              <option key={kind} value={kind}>
                {t(`promise.kind.${kind}`)}
              </option>
            ))}
          </Select>
          <Select value={inMs} aria-label={t('training.promise-in')} onChange={(event) => setInMs(Number(event.target.value))}>
            {within.map(({ ms, key, n }) => (
              <option key={ms} value={ms}>
                {t(key, { n })}
              </option>
            ))}
          </Select>
        </div>
        <Input
          value={about}
          maxLength={500}
          placeholder={t('training.promise-about')}
          aria-label={t('training.promise-about')}
          onChange={typed(setAbout)}
        />
        <div className="row">
          <Input
            value={number}
            maxLength={32}
            placeholder={t('training.promise-number')}
            aria-label={t('training.promise-number')}
            onChange={typed(setNumber)}
          />
          <Button onClick={() => void make()}>{t('training.promise')}</Button>
        </div>
      </div>
    </Card>
  );
}

function RecordForm({ view, act, onTyping }: PartProps) {
  const t = useWords();
  const [record, setRecord] = useState<CallRecord>(view.record ?? nothing);
  const finish = async () => {
    const { done } = await act({ do: 'record', record });
    onTyping(false);
    if (done && view.phase === 'wrap-up') await act({ do: 'finish' });
  };
  return (
    <Card
      icon={<NotebookPen size={16} aria-hidden />}
      title={t('training.record')}
      footer={
        <div className="row">
          {view.wanted.length > 0 && (
            <span className="meta grow">
              {t('training.wanted', {
                parts: parts
                  .filter((part) => view.wanted.includes(part))
                  .map((part) => t(`part.${part}`))
                  .join(t('text.comma')),
              })}
            </span>
          )}
          <Button tone="primary" onClick={() => void finish()}>
            {t(view.phase === 'wrap-up' ? 'training.finish' : 'training.save')}
          </Button>
        </div>
      }
    >
      <div className="card-body stack">
        {parts.map((part) => (
          <Field key={part} label={t(`part.${part}`)} inline>
            {(ids) => (
              <Input
                {...ids}
                value={record[part]}
                maxLength={500}
                onChange={(event) => {
                  setRecord({ ...record, [part]: event.target.value });
                  onTyping(true);
                }}
                onBlur={() => onTyping(false)}
              />
            )}
          </Field>
        ))}
      </div>
    </Card>
  );
}
