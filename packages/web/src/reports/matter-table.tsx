import type { ReportView } from '@threerings/core/wire/reports';
import { useWords } from '../app/i18n/use-words.ts';
import { Empty } from '../ui/states.tsx';

/** 热点事项: what people came with, the most frequent first, with its share of all that were given a matter. */
export function MatterTable({ report, onChoose }: { report: ReportView; onChoose: (matter: string | undefined) => void }) {
  const t = useWords();
  const { top, unset } = report.matters ?? { top: [], unset: 0 };
  if (top.length === 0) return <Empty title={t('report.no-matters')} text={t('report.no-matters-text', { n: unset })} />;
  const all = top.reduce((sum, { calls, chats }) => sum + calls + chats, 0);
  return (
    <table className="rows-table">
      <thead>
        <tr>
          <th>{t('report.matter')}</th>
          <th>{t('report.matter-calls')}</th>
          <th>{t('report.matter-chats')}</th>
          <th>{t('report.matter-share')}</th>
        </tr>
      </thead>
      <tbody>
        {top.map(({ matter, calls, chats }) => (
          <tr key={matter}>
            <td>
              <button type="button" className="row-open" onClick={() => onChoose(matter)}>
                {matter}
              </button>
            </td>
            <td className="num">{calls}</td>
            <td className="num">{chats}</td>
            <td className="num">
              <meter className="matter-share" min={0} max={all} value={calls + chats} aria-label={matter} />{' '}
              {`${Math.round((1000 * (calls + chats)) / all) / 10}%`}
            </td>
          </tr>
        ))}
        <tr>
          <td>
            <button type="button" className="row-open meta" onClick={() => onChoose(undefined)}>
              {t('report.matter-unset')}
            </button>
          </td>
          <td className="num meta" colSpan={3}>
            {unset}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
