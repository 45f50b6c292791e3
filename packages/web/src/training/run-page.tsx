import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { trainingView } from '@threerings/core/wire/training';
import { ArrowLeft } from 'lucide-react';
import { HttpFailure, request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { Failed, Loading } from '../ui/states.tsx';
import { PlayScreen } from './play-screen.tsx';
import { ReplayView } from './replay-view.tsx';
import { trainingKey, useReplay } from './use-training.ts';
import './training.css';

/** One try: played while it goes on, looked at again when it is over. */
export function TrainingRunPage() {
  const { run = '' } = useParams({ strict: false });
  const t = useWords();
  const replay = useReplay(run, true);
  const goesOn = replay.error instanceof HttpFailure && replay.error.status === 404;
  const first = useQuery({
    queryKey: [...trainingKey, 'run', run],
    queryFn: () => request(`/api/training/runs/${run}?t=0`, trainingView),
    enabled: goesOn,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (replay.data !== undefined) return <ReplayView replay={replay.data} />;
  if (replay.isPending || (goesOn && first.isPending)) return <Loading what={t('training.title')} rows={8} />;
  if (first.data !== undefined) return <PlayScreen key={run} first={first.data} onOver={() => void replay.refetch()} />;
  return (
    <div className="ledger">
      <Failed error={first.error ?? replay.error} onRetry={() => void replay.refetch()} />
      <Link to="/training" className="row">
        <ArrowLeft size={14} aria-hidden />
        {t('training.back')}
      </Link>
    </div>
  );
}
