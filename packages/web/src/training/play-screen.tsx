import { Link } from '@tanstack/react-router';
import type { TrainingAct, TrainingAnswer, TrainingView } from '@threerings/core/wire/training';
import { ArrowLeft, AudioLines, ScrollText } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useKeys } from '../app/keys.ts';
import { wideClock } from '../app/time.ts';
import { linesOf } from '../transcript/lines.ts';
import { Transcript } from '../transcript/transcript.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Textarea } from '../ui/field.tsx';
import { CallControls } from './call-controls.tsx';
import { DeskSide } from './desk-side.tsx';
import { type TrainingClock, usePlay } from './use-training.ts';

export type Doing = (act: TrainingAct) => Promise<TrainingAnswer>;

/** Looks like the desk: what was said, what the norms want, and the controls; what is said is typed. */
export function PlayScreen({ first, onOver }: { first: TrainingView; onOver: () => void }) {
  const [typing, setTyping] = useState(false);
  const { view = first, answer, act, busy, clock } = usePlay(first.run, first, typing);
  const over = view.phase === 'over';
  useEffect(() => {
    if (over) onOver();
  }, [over, onOver]);
  useLine(view);
  useKeys({ answer: () => view.phase === 'ringing' && void act({ do: 'answer' }) });
  return (
    <div className="training-play">
      <Head view={view} clock={clock} onGiveUp={() => void act({ do: 'give-up' })} />
      <CallControls view={view} act={act} busy={busy} />
      <Told answer={answer} />
      <div className="training-desk">
        <Spoken view={view} act={act} busy={busy} onTyping={setTyping} />
        <GuideOf view={view} clock={clock} />
        <DeskSide view={view} act={act} busy={busy} onTyping={setTyping} />
      </div>
    </div>
  );
}

/** Plays the recorded line that was spoken last. */
function useLine({ mode, script, line }: TrainingView): void {
  const id = mode === 'ear' && line?.audible === true ? line.id : undefined;
  const at = line?.at;
  useEffect(() => {
    if (id === undefined || at === undefined) return;
    const sound = new Audio(`/api/training/recordings/${script}/${id}`);
    void sound.play().catch(() => undefined);
    return () => sound.pause();
  }, [script, id, at]);
}

function Head({ view, clock, onGiveUp }: { view: TrainingView; clock: TrainingClock; onGiveUp: () => void }) {
  const t = useWords();
  const say = useTongue();
  return (
    <header className="training-head">
      <Link to="/training" className="row">
        <ArrowLeft size={14} aria-hidden />
        {t('training.back')}
      </Link>
      <b className="strong">{say(view.title)}</b>
      <span className="t2 grow cut">{say(view.about)}</span>
      <Ticking clock={clock} />
      <Button size="small" onClick={onGiveUp}>
        {t('training.give-up')}
      </Button>
    </header>
  );
}

function Ticking({ clock }: { clock: TrainingClock }) {
  const t = useWords();
  const [now, setNow] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), 500);
    return () => clearInterval(timer);
  }, [clock]);
  return (
    <time className="num" title={t('training.clock')} role="timer" aria-live="off">
      {wideClock(now)}
    </time>
  );
}

/** Why an act was not done, or what comes first. */
function Told({ answer }: { answer: TrainingAnswer | undefined }) {
  const t = useWords();
  const say = useTongue();
  if (answer === undefined || answer.done) return <div role="status" />;
  const { asks, refusal } = answer;
  return (
    <div className="banner" data-tone="warn" role="alert">
      <div className="grow">
        <b className="strong">{asks === undefined ? refusal?.message : say(asks.message)}</b>
        {refusal !== undefined && <p>{refusal.remedy}</p>}
        {asks !== undefined && asks.missing.length > 0 && <p>{asks.missing.map(say).join(t('text.comma'))}</p>}
      </div>
      {asks !== undefined && <ClauseLinks cites={asks.cites} norm={say(asks.message)} />}
    </div>
  );
}

interface SpokenProps {
  readonly view: TrainingView;
  readonly act: Doing;
  readonly busy: boolean;
  readonly onTyping: (typing: boolean) => void;
}

function Spoken({ view, act, busy, onTyping }: SpokenProps) {
  const t = useWords();
  const lines = useMemo(() => linesOf(view.events), [view.events]);
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  const talks = view.phase === 'talking' || view.phase === 'hold' || view.phase === 'transfer';
  useEffect(() => {
    if (view.phase === 'talking') box.current?.focus();
  }, [view.phase]);
  const speak = async () => {
    const said = text.trim();
    if (said === '' || busy) return;
    const { done } = await act({ do: 'say', text: said });
    if (done) setText('');
    onTyping(false);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void speak();
  };
  return (
    <Card
      className="grow"
      icon={<AudioLines size={16} aria-hidden />}
      title={`${view.caller.name} · ${view.caller.number}`}
      footer={
        <div className="stack training-say">
          {view.callerSpeaks && <p className="meta strong">{t('training.caller-speaks')}</p>}
          <div className="row">
            <Textarea
              ref={box}
              rows={2}
              value={text}
              maxLength={400}
              disabled={!talks}
              aria-label={t('training.say')}
              placeholder={t('training.say-hint')}
              onChange={(event) => {
                setText(event.target.value);
                onTyping(event.target.value.trim() !== '');
              }}
              onKeyDown={keys}
            />
            <Button tone="primary" hint="Enter" busy={busy} onClick={() => void speak()}>
              {t('training.speak')}
            </Button>
          </div>
        </div>
      }
    >
      <Transcript lines={lines} marks={noMarks} from={view.startedAt} follow />
    </Card>
  );
}

const noMarks = new Map();

function GuideOf({ view, clock }: { view: TrainingView; clock: TrainingClock }) {
  const t = useWords();
  const say = useTongue();
  const open = view.duties.filter(({ state, actor }) => state !== 'done' && actor === 'agent');
  const left = (deadline: number) => Math.ceil((deadline - view.startedAt - clock.now()) / 1000);
  return (
    <Card className="grow" icon={<ScrollText size={16} aria-hidden />} title={t('training.guide')}>
      <ul className="training-duties scroll grow" aria-live="polite">
        {open.length === 0 && <li className="t3">{t('training.guide-none')}</li>}
        {open.map(({ norm, key, title, message, sentence, state, deadline, cites }) => (
          <li key={`${norm} ${key}`} data-state={state}>
            <span className="row">
              <b className="grow">{say(title)}</b>
              {deadline !== undefined && <span className="num">{t('training.seconds', { n: left(deadline) })}</span>}
            </span>
            {sentence !== undefined && <p className="training-sentence">{sentence}</p>}
            {message !== undefined && <p className="meta">{say(message)}</p>}
            <ClauseLinks cites={cites} norm={say(title)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
