import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { OutageLine } from './outage-line.tsx';
import { outagesKey, useOutages } from './use-outages.ts';
import '../directory/directory.css';

/** Beside a call: what is out of order, and one press for a caller who wants to hear when it is over. */
export function OutagesBeside({ interaction }: { interaction: string }) {
  const t = useWords();
  const toast = useToast();
  const list = useOutages();
  const { run, busy } = useAct(outagesKey, ['promises']);
  const open = (list.data ?? []).filter(({ state }) => state === 'open');
  const join = async (outage: string) => {
    if (await run(`/api/outages/${outage}/callers`, { interaction })) toast.show(t('outage.joined'));
  };
  return (
    <div className="scroll grow">
      {list.isPending && <Loading what={t('outage.title')} rows={4} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && open.length === 0 && <Empty title={t('outage.none')} text={t('outage.none-beside')} />}
      <ul className="directory-rows">
        {open.map((outage) => (
          <li key={outage.outage}>
            <OutageLine outage={outage} />
            <Button size="small" tone="primary" busy={busy} onClick={() => void join(outage.outage)}>
              {t('outage.join')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
