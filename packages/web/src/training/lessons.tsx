import type { Lesson } from '@threerings/core/wire/training';
import { BookOpenCheck } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { useBegin } from './use-begin.ts';
import { trainingKey, useLessons, useTrainees } from './use-training.ts';

export function Lessons() {
  const t = useWords();
  const say = useTongue();
  const lessons = useLessons();
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const list = lessons.data ?? [];
  const shown = list.find(({ lesson }) => lesson === chosen) ?? list[0];
  if (lessons.isPending) return <Loading what={t('training.tab.lessons')} rows={8} />;
  if (lessons.isError) return <Failed error={lessons.error} onRetry={() => void lessons.refetch()} />;
  if (shown === undefined) return <Empty title={t('lesson.none')} />;
  return (
    <div className="training-columns" data-lessons>
      <Card icon={<BookOpenCheck size={16} aria-hidden />} title={t('training.tab.lessons')}>
        <ul className="training-tries scroll grow">
          {list.map((each) => (
            <li key={each.lesson}>
              <button type="button" className="training-try" aria-pressed={each === shown} onClick={() => setChosen(each.lesson)}>
                <span className="cut">{say(each.title)}</span>
                <Standing of={each} />
              </button>
            </li>
          ))}
        </ul>
      </Card>
      <OneLesson key={shown.lesson} of={shown} />
    </div>
  );
}

function Standing({ of: { kind, version, readVersion } }: { of: Lesson }) {
  const t = useWords();
  if (readVersion === version) return <span className="meta">{t('lesson.was-read', { n: version })}</span>;
  if (readVersion !== undefined) return <b className="meta">{t('lesson.newer')}</b>;
  return <span className="meta strong">{t(kind === 'discussion' ? 'lesson.discussion' : 'lesson.unread')}</span>;
}

function OneLesson({ of }: { of: Lesson }) {
  const t = useWords();
  const say = useTongue();
  const { run, busy } = useAct(trainingKey);
  const begin = useBegin();
  const { lesson, version, kind, title, text, clauses, script, readVersion } = of;
  const confirm = () => void run(`/api/training/lessons/${lesson}/read`, { version });
  return (
    <Card
      className="grow"
      title={say(title)}
      footer={
        kind === 'discussion' ? (
          <Attendance lesson={lesson} version={version} />
        ) : readVersion === version ? (
          <p className="meta">{t('lesson.was-read', { n: version })}</p>
        ) : (
          <Button tone="primary" busy={busy} onClick={confirm}>
            {t('lesson.read', { n: version })}
          </Button>
        )
      }
    >
      <div className="card-body scroll stack">
        {say(text)
          .split('\n')
          .map((line) => (
            <p key={line} className="lesson-text">
              {line}
            </p>
          ))}
        {script !== undefined && (
          <p>
            <Button onClick={() => void begin(script, 'text')}>{t('lesson.practise')}</Button>
          </p>
        )}
        {clauses.length > 0 && (
          <p className="meta">
            {t('lesson.clauses')}: <ClauseLinks cites={clauses} norm={say(title)} />
          </p>
        )}
      </div>
    </Card>
  );
}

/** Who led the talk notes who took part. */
function Attendance({ lesson, version }: { lesson: string; version: number }) {
  const t = useWords();
  const leads = hasRole(useMe(), 'leader');
  const people = useTrainees(leads).data ?? [];
  const { run, busy } = useAct(trainingKey);
  const agents = people.map(({ agent }) => agent);
  const note = () => void run(`/api/training/lessons/${lesson}/attended`, { version, agents });
  return (
    <div className="row">
      <p className="meta grow">{t('lesson.talk-text')}</p>
      {leads && agents.length > 0 && (
        <Button busy={busy} onClick={note}>
          {t('lesson.attended', { n: agents.length })}
        </Button>
      )}
    </div>
  );
}
