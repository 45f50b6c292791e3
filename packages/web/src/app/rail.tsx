import { Link, useLocation } from '@tanstack/react-router';
import {
  AudioLines,
  BookOpen,
  CalendarDays,
  ChartColumn,
  ClipboardList,
  Contact,
  FileUp,
  GraduationCap,
  Handshake,
  Headset,
  LayoutDashboard,
  ListChecks,
  Lock,
  MessagesSquare,
  Network,
  Scale,
  ScrollText,
  Send,
  Settings,
} from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { PlainKey } from './i18n/translate.ts';
import { useWords } from './i18n/use-words.ts';
import { Logo } from './logo.tsx';
import { type Place, placesOf, useMe } from './session.ts';
import { SettingsSheet } from './settings-sheet.tsx';

const items: Record<Place, { word: PlainKey; Icon: typeof Headset }> = {
  '/desk': { word: 'nav.desk', Icon: Headset },
  '/chats': { word: 'nav.chats', Icon: MessagesSquare },
  '/board': { word: 'nav.board', Icon: LayoutDashboard },
  '/today': { word: 'nav.today', Icon: CalendarDays },
  '/training': { word: 'nav.training', Icon: GraduationCap },
  '/promises': { word: 'nav.promises', Icon: Handshake },
  '/tickets': { word: 'nav.tickets', Icon: ClipboardList },
  '/customers': { word: 'nav.customers', Icon: Contact },
  '/knowledge': { word: 'nav.knowledge', Icon: BookOpen },
  '/interactions': { word: 'nav.interactions', Icon: AudioLines },
  '/appeals': { word: 'nav.appeals', Icon: Scale },
  '/reports': { word: 'nav.reports', Icon: ChartColumn },
  '/imports': { word: 'nav.imports', Icon: FileUp },
  '/retention': { word: 'nav.retention', Icon: Lock },
  '/outbox': { word: 'nav.outbox', Icon: Send },
  '/call-flows': { word: 'nav.flows', Icon: Network },
  '/norms': { word: 'nav.norms', Icon: ScrollText },
  '/acting-templates': { word: 'nav.templates', Icon: ListChecks },
};

export function Rail() {
  const t = useWords();
  const { roles } = useMe();
  const [settings, setSettings] = useState(false);
  const places = useRef<HTMLDivElement>(null);
  const at = useLocation({ select: ({ pathname }) => pathname });
  // Where there is no room for all of them, the one that one is at is in sight.
  useEffect(() => {
    if (at !== '') places.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <nav className="rail" aria-label={t('app.main-nav')} data-column="rail">
      <span className="rail-logo">
        <Logo size={30} title={t('app.name')} />
      </span>
      <div className="rail-places" ref={places}>
        {placesOf(roles).map((place) => {
          const { word, Icon } = items[place];
          return (
            <Link key={place} to={place}>
              <Icon size={18} strokeWidth={1.9} aria-hidden />
              {t(word)}
            </Link>
          );
        })}
      </div>
      <button type="button" aria-expanded={settings} onClick={() => setSettings(!settings)}>
        <Settings size={18} strokeWidth={1.9} aria-hidden />
        {t('nav.settings')}
      </button>
      {settings && <SettingsSheet onClose={() => setSettings(false)} />}
    </nav>
  );
}
