import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { AnomaliesPanel } from '../anomalies/anomalies-panel.tsx';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { AppointmentsPanel } from '../appointments/appointments-panel.tsx';
import { BlocklistPanel } from '../blocklist/blocklist-panel.tsx';
import { BulletinsPanel } from '../bulletins/bulletins-panel.tsx';
import { DirectoryPanel } from '../directory/directory-panel.tsx';
import { EmergenciesPanel } from '../emergencies/emergencies-panel.tsx';
import { InboxPanel } from '../inbox/inbox-panel.tsx';
import { MessagesPanel } from '../messages/messages-panel.tsx';
import { OutagesPanel } from '../outages/outages-panel.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { WellbeingPanel } from '../wellbeing/wellbeing-panel.tsx';
import { type DayTab, dayTabs } from './search.ts';
import '../promises/promises-page.css';
import '../directory/directory.css';

const route = getRouteApi('/shell/today');

const panels: Record<DayTab, () => React.JSX.Element> = {
  inbox: InboxPanel,
  wellbeing: WellbeingPanel,
  anomalies: AnomaliesPanel,
  emergencies: EmergenciesPanel,
  news: BulletinsPanel,
  messages: MessagesPanel,
  appointments: AppointmentsPanel,
  outages: OutagesPanel,
  directory: DirectoryPanel,
  blocklist: BlocklistPanel,
};

/** 今日: what everybody works with through a day beside calls. */
export function DayPage() {
  const t = useWords();
  const tabs = useTabs();
  const asked = route.useSearch().tab ?? 'news';
  const tab = tabs.includes(asked) ? asked : 'news';
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
          options={tabs.map((value) => ({ value, label: t(`day.tab.${value}`) }))}
        />
      </header>
      <Panel />
    </div>
  );
}

/** What only leads are shown is left out for everybody else; departments have no desk to report from. */
function useTabs(): readonly DayTab[] {
  const person = useMe();
  const leads = hasRole(person, 'leader', 'operations');
  const onDesk = hasRole(person, 'agent', 'leader');
  const shown: Partial<Record<DayTab, boolean>> = {
    inbox: leads,
    emergencies: leads,
    blocklist: leads,
    anomalies: leads || onDesk,
    messages: leads || onDesk,
    appointments: leads || onDesk,
    wellbeing: onDesk,
  };
  return dayTabs.filter((tab) => shown[tab] ?? true);
}
