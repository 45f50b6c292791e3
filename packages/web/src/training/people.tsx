import { Link } from '@tanstack/react-router';
import { Users } from 'lucide-react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { useLessons, useTrainees, useTrainings } from './use-training.ts';

/** For leaders: who practised what and who has not read what. No ranking, no score. */
export function People() {
  const t = useWords();
  const say = useTongue();
  const people = useTrainees(true);
  const titles = new Map((useLessons().data ?? []).map(({ lesson, title }) => [lesson, say(title)]));
  const scenarios = new Map((useTrainings().data ?? []).map(({ script, scenario }) => [script, scenario]));
  return (
    <Card
      className="grow"
      icon={<Users size={16} aria-hidden />}
      title={t('people.title')}
      footer={<p className="meta">{t('training.people-decide')}</p>}
    >
      <div className="scroll grow">
        {people.isPending && <Loading what={t('people.title')} rows={8} />}
        {people.isError && <Failed error={people.error} onRetry={() => void people.refetch()} />}
        {people.isSuccess && people.data.length === 0 && <Empty title={t('people.none')} />}
        {people.data !== undefined && people.data.length > 0 && (
          <table className="rows-table">
            <thead>
              <tr>
                <th>{t('people.who')}</th>
                <th>{t('people.drills')}</th>
                <th>{t('people.unread')}</th>
              </tr>
            </thead>
            <tbody>
              {people.data.map(({ agent, name, scripts, unread }) => (
                <tr key={agent}>
                  <td className="nowrap">
                    {name} <span className="meta num">{agent}</span>
                  </td>
                  <td>
                    <span className="num">
                      {scripts.filter(({ passed }) => passed).length} / {scripts.length}
                    </span>{' '}
                    {scripts.map(({ script, passed, lastRun, tries }) => (
                      <Link key={script} to="/training/$run" params={{ run: lastRun }} className="training-chip" data-passed={passed}>
                        {scenarios.get(script) ?? script} ×{tries}
                      </Link>
                    ))}
                  </td>
                  <td>
                    <details>
                      <summary className="num">{unread.length}</summary>
                      {unread.map((lesson) => (
                        <p key={lesson} className="meta">
                          {titles.get(lesson) ?? lesson}
                        </p>
                      ))}
                    </details>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Card>
  );
}
