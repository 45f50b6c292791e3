import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useWords } from '../app/i18n/use-words.ts';
import { BulletinsPanel } from '../bulletins/bulletins-panel.tsx';
import { DirectoryPanel } from '../directory/directory-panel.tsx';
import { OutagesPanel } from '../outages/outages-panel.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { type DayTab, dayTabs } from './search.ts';
import '../promises/promises-page.css';
import '../directory/directory.css';

const route = getRouteApi('/shell/today');

const panels: Record<DayTab, () => React.JSX.Element> = {
  news: BulletinsPanel,
  outages: OutagesPanel,
  directory: DirectoryPanel,
};

/** 今日: what everybody works with through a day beside calls. */
export function DayPage() {
  const t = useWords();
  const { tab = 'news' } = route.useSearch();
  const navigate = useNavigate();
  const Panel = panels[tab];
  return (
    <div className="ledger">
      <header className="ledger-head">
        <h1 className="visually-hidden">{t('day.title')}</h1>
        <Segmented<DayTab>
          label={t('day.title')}
          value={tab}
          onChange={(next) => void navigate({ to: '/today', search: { tab: next }, replace: true })}
          options={dayTabs.map((value) => ({ value, label: t(`day.tab.${value}`) }))}
        />
      </header>
      <Panel />
    </div>
  );
}
