import { useQuery } from '@tanstack/react-query';
import { wordLeft } from '@threerings/core/wire/ledger';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { Failed, Loading } from '../ui/states.tsx';
import { promisesKey } from './use-promises.ts';

/** What a caller said whom nobody answered, to be heard and read. */
export function WordLeftBox({ promise }: { promise: string }) {
  const t = useWords();
  const word = useQuery({
    queryKey: [...promisesKey, 'word', promise],
    queryFn: ({ signal }) => request(`/api/promises/${encodeURIComponent(promise)}/word`, wordLeft, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (word.isPending) return <Loading what={t('message.word')} rows={1} />;
  if (word.isError) return <Failed error={word.error} onRetry={() => void word.refetch()} />;
  const { recording, durationMs, said } = word.data;
  return (
    <section className="stack" aria-label={t('message.word')}>
      <p className="meta">
        {t('message.word')}
        {durationMs !== undefined && <span className="num"> {clock(durationMs)}</span>}
      </p>
      {/* biome-ignore lint/a11y/useMediaCaption: what was said stands below, where it was written down */}
      <audio controls preload="none" aria-label={t('message.word')} src={`/api/recordings/${encodeURIComponent(recording)}/audio`} />
      <p className={said === undefined ? 'meta' : 'panel-about'}>{said ?? t('message.word-unwritten')}</p>
    </section>
  );
}
