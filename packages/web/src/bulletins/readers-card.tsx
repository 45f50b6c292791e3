import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { bulletinsKey, useBulletin } from './use-bulletins.ts';

/** Who has not read it comes first. */
export function ReadersCard({ bulletin, onClose }: { bulletin: string; onClose: () => void }) {
  const t = useWords();
  const now = useNow(60_000);
  const one = useBulletin(bulletin);
  const { run, busy } = useAct(bulletinsKey);
  const withdraw = async () => {
    if (await run(`/api/bulletins/${bulletin}`, { do: 'withdraw' })) onClose();
  };
  const readers = one.data?.readers ?? [];
  const unread = readers.filter(({ at }) => at === undefined);
  return (
    <Card className="grow" title={one.data?.view.title ?? t('bulletin.title')}>
      <div className="card-body scroll grow stack">
        {one.isPending && <Loading what={t('bulletin.title')} rows={6} />}
        {one.isError && <Failed error={one.error} onRetry={() => void one.refetch()} />}
        {one.isSuccess && (
          <>
            <h3 className="strong">{t('bulletin.not-read', { n: unread.length })}</h3>
            <ul className="day-readers">
              {unread.map(({ agent, name }) => (
                <li key={agent} className="num">
                  {agent} {name}
                </li>
              ))}
            </ul>
            <h3 className="strong">{t('bulletin.has-read', { n: readers.length - unread.length })}</h3>
            <ul className="day-readers">
              {readers.flatMap(({ agent, name, at }) =>
                at === undefined
                  ? []
                  : [
                      <li key={agent} className="num">
                        {agent} {name} · {shortTime(at, now)}
                      </li>,
                    ],
              )}
            </ul>
          </>
        )}
      </div>
      <footer className="card-foot row">
        <Button onClick={onClose}>{t('action.close')}</Button>
        <span className="grow" />
        {one.data?.view.state !== 'withdrawn' && (
          <Button tone="text" busy={busy} onClick={() => void withdraw()}>
            {t('bulletin.withdraw')}
          </Button>
        )}
      </footer>
    </Card>
  );
}
