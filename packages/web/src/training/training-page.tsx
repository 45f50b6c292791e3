import { useNavigate } from '@tanstack/react-router';
import { permits } from '@threerings/core/people/permissions';
import type { TrainingCard, TrainingTry } from '@threerings/core/wire/training';
import { GraduationCap, History, Play } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { Lessons } from './lessons.tsx';
import { People } from './people.tsx';
import { useBegin } from './use-begin.ts';
import { useTrainings, useTries } from './use-training.ts';
import '../promises/promises-page.css';
import './training.css';

type Tab = 'practise' | 'lessons' | 'people' | 'scripts';
const Scripts = lazy(() => import('./scripts.tsx').then((module) => ({ default: module.Scripts })));

/** 培训: scenarios to practise, lessons to read, and for leaders who has done what. */
export function TrainingPage() {
  const t = useWords();
  const { roles } = useMe();
  const tabs: readonly Tab[] = [
    ...(permits(roles, 'training.practise') ? (['practise', 'lessons'] as const) : []),
    ...(permits(roles, 'training.see-unit') ? (['people'] as const) : []),
    ...(permits(roles, 'training.publish') ? (['scripts'] as const) : []),
  ];
  const [tab, setTab] = useState<Tab>(tabs[0] ?? 'practise');
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('training.title')}</h1>
        <Segmented
          label={t('training.title')}
          value={tab}
          onChange={setTab}
          options={tabs.map((value) => ({ value, label: t(`training.tab.${value}`) }))}
        />
        <span className="meta grow">{t('training.apart')}</span>
      </header>
      {tab === 'practise' && <Practise />}
      {tab === 'lessons' && <Lessons />}
      {tab === 'people' && <People />}
      {tab === 'scripts' && (
        <Suspense fallback={<Loading what={t('scripts.title')} rows={8} />}>
          <Scripts />
        </Suspense>
      )}
    </div>
  );
}

function Practise() {
  const t = useWords();
  const cards = useTrainings();
  return (
    <div className="training-columns">
      <Card className="grow" icon={<GraduationCap size={16} aria-hidden />} title={t('training.scenarios')}>
        <div className="scroll grow">
          {cards.isPending && <Loading what={t('training.scenarios')} rows={8} />}
          {cards.isError && <Failed error={cards.error} onRetry={() => void cards.refetch()} />}
          {cards.isSuccess && cards.data.length === 0 && <Empty title={t('training.none')} text={t('training.none-text')} />}
          <ul className="training-cards">
            {cards.data?.map((card) => (
              <Scenario key={card.script} card={card} />
            ))}
          </ul>
        </div>
      </Card>
      <Tries />
    </div>
  );
}

function Scenario({ card }: { card: TrainingCard }) {
  const t = useWords();
  const say = useTongue();
  const begin = useBegin();
  const { script, scenario, title, about, derived, own, practises, audible, tries, passed } = card;
  return (
    <li className="training-card">
      <div className="row">
        <b className="training-number num">{scenario}</b>
        <b className="strong grow">{say(title)}</b>
        <span className="training-standing" data-passed={passed}>
          {tries === 0
            ? t('training.never')
            : `${t('training.tried', { n: tries })} · ${t(passed ? 'training.passed' : 'training.not-passed')}`}
        </span>
      </div>
      <p className="t2">{say(about)}</p>
      <p className="meta">
        {t('training.practises')}: {practises.map(say).join(t('text.comma'))}
      </p>
      {derived && <p className="meta">{t('training.derived')}</p>}
      {own && <p className="meta">{t('training.own')}</p>}
      <div className="row">
        <Button tone="primary" icon={<Play size={14} aria-hidden />} onClick={() => void begin(script, 'text')}>
          {t('training.start')}
        </Button>
        {audible > 0 && <Button onClick={() => void begin(script, 'ear')}>{t('training.start-ear')}</Button>}
        <span className="meta">{audible > 0 ? t('training.ear-some', { n: audible }) : t('training.ear-none')}</span>
      </div>
    </li>
  );
}

function Tries() {
  const t = useWords();
  const tries = useTries();
  return (
    <Card icon={<History size={16} aria-hidden />} title={t('training.tries')} footer={<OwnData />}>
      <div className="scroll grow">
        {tries.isPending && <Loading what={t('training.tries')} rows={6} />}
        {tries.isError && <Failed error={tries.error} onRetry={() => void tries.refetch()} />}
        {tries.isSuccess && tries.data.length === 0 && <Empty title={t('training.tries')} text={t('training.tries-none')} />}
        <ul className="training-tries">
          {tries.data?.map((each) => (
            <OneTry key={each.run} of={each} />
          ))}
        </ul>
      </div>
    </Card>
  );
}

/** What trainings hold of oneself, as a file. */
function OwnData() {
  const t = useWords();
  const { agent } = useMe();
  return (
    <a className="meta" href={`/api/training/people/${encodeURIComponent(agent)}/data`} download={`training-${agent}.json`}>
      {t('training.own-data')}
    </a>
  );
}

function OneTry({ of }: { of: TrainingTry }) {
  const t = useWords();
  const say = useTongue();
  const now = useNow(60_000);
  const navigate = useNavigate();
  const { run, title, scenario, startedAt, ending, passed, missing = [] } = of;
  return (
    <li>
      <button type="button" className="training-try" onClick={() => void navigate({ to: '/training/$run', params: { run } })}>
        <span className="row">
          <b className="num">{scenario}</b>
          <span className="grow cut">{say(title)}</span>
          <time className="meta num">{shortTime(startedAt, now)}</time>
        </span>
        <span className="meta">
          {ending === undefined
            ? t('training.go-on')
            : `${t(passed === true ? 'training.passed' : 'training.not-passed')} · ${t(`training.ending.${ending}`)}`}
        </span>
        {missing.length > 0 && (
          <span className="meta cut">{`${t('training.step.missing')}: ${missing.map(say).join(t('text.comma'))}`}</span>
        )}
      </button>
    </li>
  );
}
