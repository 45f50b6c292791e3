import { Link } from '@tanstack/react-router';
import { Newspaper } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { Card } from '../ui/card.tsx';
import { BulletinText } from './bulletin-item.tsx';
import { useBulletins } from './use-bulletins.ts';
import '../directory/directory.css';

/** At the desk between calls: what must be read and was not. Nothing where everything was. */
export function UnreadCard() {
  const t = useWords();
  const list = useBulletins('current');
  const unread = (list.data ?? []).filter((item) => item.mustRead && item.readAt === undefined && item.state === 'published');
  if (unread.length === 0) return null;
  return (
    <Card
      icon={<Newspaper size={16} aria-hidden />}
      title={t('bulletin.to-read', { n: unread.length })}
      aside={
        <Link to="/today" search={{ tab: 'news' }}>
          {t('bulletin.all')}
        </Link>
      }
    >
      <ul className="day-rows scroll">
        {unread.map((item) => (
          <li key={item.bulletin} data-alert="true">
            <BulletinText item={item} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
