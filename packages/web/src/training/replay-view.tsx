import { Link } from '@tanstack/react-router';
import { eventSpec } from '@threerings/core/timeline/vocabulary';
import type { WireVerdict } from '@threerings/core/wire/events';
import type { MissedWords, StepView, TrainingReplay } from '@threerings/core/wire/training';
import { ArrowLeft, ListChecks, MessageSquareQuote, Milestone } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { useMe } from '../app/session.ts';
import { clock } from '../app/time.ts';
import { Evidence } from '../interactions/evidence.tsx';
import { witnessInstant } from '../interactions/timeline.ts';
import { instanceOf } from '../live/fold.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { verdictsInReadingOrder } from '../verdicts/tally.ts';
import { useBegin } from './use-begin.ts';

/** What was said, how it was judged, and the sentence that was missing. */
export function ReplayView({ replay }: { replay: TrainingReplay }) {
  const t = useWords();
  const { events, verdicts, missed, result } = replay;
  const from = events[0]?.occurredAt ?? replay.try.startedAt;
  const [at, setAt] = useState(from);
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const chosenVerdict = verdicts.find((verdict) => instanceOf(verdict) === chosen);
  const choose = (verdict: WireVerdict) => {
    setChosen(instanceOf(verdict));
    setAt(witnessInstant(verdict, events));
  };
  return (
    <div className="training-play">
      <Head replay={replay} />
      <div className="training-replay">
        <Evidence events={events} verdicts={verdicts} chosen={chosenVerdict} from={from} at={at} onPick={setAt} />
        <div className="training-side scroll">
          <Missing missed={missed} verdicts={verdicts} practises={replay.practises} onChoose={choose} />
          <Steps steps={result.steps} from={from} onAt={setAt} />
          <Rest replay={replay} from={from} />
        </div>
        <Verdicts verdicts={verdicts} practises={replay.practises} from={from} chosen={chosen} onChoose={choose} />
      </div>
      <p className="meta">{t('training.people-decide')}</p>
    </div>
  );
}

function Head({ replay }: { replay: TrainingReplay }) {
  const t = useWords();
  const say = useTongue();
  const begin = useBegin();
  const mine = useMe().agent === replay.try.agent;
  const { title, scenario, script, agent } = replay.try;
  return (
    <header className="training-head">
      <Link to="/training" className="row">
        <ArrowLeft size={14} aria-hidden />
        {t('training.back')}
      </Link>
      <b className="strong">
        {scenario} {say(title)}
      </b>
      {!mine && <span className="num">{agent}</span>}
      <span className="training-standing" data-passed={replay.result.passed}>
        {t(replay.result.passed ? 'training.passed' : 'training.not-passed')}
      </span>
      <span className="t2 grow">{t(`training.ending.${replay.result.ending}`)}</span>
      {mine && (
        <Button tone="primary" onClick={() => void begin(script, 'text')}>
          {t('training.again')}
        </Button>
      )}
    </header>
  );
}

interface MissingProps {
  readonly missed: readonly MissedWords[];
  readonly verdicts: readonly WireVerdict[];
  readonly practises: readonly string[];
  readonly onChoose: (verdict: WireVerdict) => void;
}

function Missing({ missed, verdicts, practises, onChoose }: MissingProps) {
  const t = useWords();
  const say = useTongue();
  const ordered = missed.toSorted((one, other) => Number(practises.includes(other.norm)) - Number(practises.includes(one.norm)));
  return (
    <Card icon={<MessageSquareQuote size={16} aria-hidden />} title={t('training.missed')}>
      <ul className="training-missed">
        {ordered.length === 0 && <li className="t2">{t('training.missed-none')}</li>}
        {ordered.map(({ norm, key, message, sentence, nearest }) => {
          const verdict = verdicts.find((each) => each.norm === norm && each.key === key);
          return (
            <li key={`${norm} ${key}`}>
              <button type="button" className="training-try" onClick={() => verdict !== undefined && onChoose(verdict)}>
                <b>{verdict === undefined ? norm : say(verdict.title)}</b>
              </button>
              {sentence !== undefined && <p className="training-sentence">“{sentence}”</p>}
              {message !== undefined && <p className="t2">{say(message)}</p>}
              {nearest !== undefined && (
                <p className="meta">
                  {t('training.nearest')}: “{nearest.text}”
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function Steps({ steps, from, onAt }: { steps: readonly StepView[]; from: number; onAt: (at: number) => void }) {
  const t = useWords();
  const say = useTongue();
  return (
    <Card icon={<Milestone size={16} aria-hidden />} title={t('training.steps')}>
      <ol className="training-steps">
        {steps.map(({ step, title, standing, at, say: could, cites }) => (
          <li key={step} data-standing={standing}>
            <span className="row">
              <b className="grow">{say(title)}</b>
              {at !== undefined && (
                <button type="button" className="line-time num" onClick={() => onAt(at)}>
                  {clock(at - from)}
                </button>
              )}
              <ClauseLinks cites={cites} norm={say(title)} />
            </span>
            <span className="meta">{t(`training.step.${standing}`)}</span>
            {standing !== 'done' && standing !== 'not-asked' && could !== undefined && (
              <p className="training-sentence">
                {t('training.could-say')}: “{say(could)}”
              </p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Rest({ replay: { result }, from }: { replay: TrainingReplay; from: number }) {
  const t = useWords();
  const say = useTongue();
  const { language } = usePreferences();
  const { stops, record, wouldCreate } = result;
  if (stops.length === 0 && record.missing.length === 0 && wouldCreate.length === 0) return null;
  return (
    <Card title={t(wouldCreate.length > 0 ? 'training.would' : 'training.record')}>
      <div className="card-body stack">
        {wouldCreate.map(({ at, type, title, kind }) => (
          <p key={`${at} ${type} ${kind ?? ''}`}>
            <time className="num t3">{clock(Math.max(0, at - from))}</time>{' '}
            {title === undefined ? (eventSpec(type)?.[language] ?? type) : say(title)} {kind}
          </p>
        ))}
        {record.missing.length > 0 && (
          <p className="strong">
            {t('training.record-missing', { parts: record.missing.map((part) => t(`part.${part as 'who'}`)).join(t('text.comma')) })}
          </p>
        )}
        {stops.map(({ at, says }) => (
          <p key={at}>
            <time className="num t3">{clock(at - from)}</time> {t('training.stops')}: {say(says)}
          </p>
        ))}
      </div>
    </Card>
  );
}

interface VerdictsProps {
  readonly verdicts: readonly WireVerdict[];
  readonly practises: readonly string[];
  readonly from: number;
  readonly chosen: string | undefined;
  readonly onChoose: (verdict: WireVerdict) => void;
}

function Verdicts({ verdicts, practises, from, chosen, onChoose }: VerdictsProps) {
  const t = useWords();
  const say = useTongue();
  const [shown, setShown] = useState<'practised' | 'all'>('all');
  const ordered = useMemo(() => verdictsInReadingOrder(verdicts), [verdicts]);
  const visible = shown === 'all' ? ordered : ordered.filter(({ norm }) => practises.includes(norm));
  return (
    <Card
      icon={<ListChecks size={16} aria-hidden />}
      title={t('verdict-page.verdicts')}
      aside={
        <Segmented
          label={t('verdict-page.verdicts')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'all', label: t('training.all-norms') },
            { value: 'practised', label: t('training.practised-only') },
          ]}
        />
      }
    >
      <ul className="training-tries scroll grow">
        {visible.map((verdict) => (
          <li key={instanceOf(verdict)}>
            <button type="button" className="training-try" aria-pressed={instanceOf(verdict) === chosen} onClick={() => onChoose(verdict)}>
              <span className="row">
                <VerdictBadge standing={verdict.value} />
                <b className="grow cut">{say(verdict.title)}</b>
                <time className="num t3">{clock(verdict.at - from)}</time>
              </span>
              <span className="meta">{say(verdict.explanation)}</span>
            </button>
          </li>
        ))}
      </ul>
      {visible.length === 0 && <Empty title={t('verdict-page.none')} />}
    </Card>
  );
}
