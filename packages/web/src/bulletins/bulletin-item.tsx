import type { BulletinView } from '@threerings/core/wire/bulletins';
import { Check } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { bulletinsKey } from './use-bulletins.ts';

/** One item as its readers see it: what must be read asks for a word that it was. */
export function BulletinText({ item }: { item: BulletinView }) {
  const t = useWords();
  const now = useNow(60_000);
  const { kind, title, body, mustRead, readAt, validUntil, author, state } = item;
  return (
    <>
      <span className="row row-wrap">
        <span className="chip">{t(`bulletin.kind.${kind}`)}</span>
        <b className="grow">{title}</b>
        {mustRead && readAt === undefined && state === 'published' && (
          <span className="chip" data-tone="warn">
            {t('bulletin.unread')}
          </span>
        )}
      </span>
      <p className="day-text">{body}</p>
      <span className="row row-wrap">
        <span className="row-note grow num">
          {author} · {t('bulletin.valid-until', { time: shortTime(validUntil, now) })}
        </span>
        <ReadButton item={item} />
      </span>
    </>
  );
}

function ReadButton({ item: { bulletin, version, readAt, mustRead, state } }: { item: BulletinView }) {
  const t = useWords();
  const now = useNow(60_000);
  const { run, busy } = useAct(bulletinsKey);
  if (readAt !== undefined)
    return (
      <span className="row-note row num">
        <Check size={14} aria-hidden /> {t('bulletin.read-at', { time: shortTime(readAt, now) })}
      </span>
    );
  if (!mustRead || state !== 'published') return null;
  return (
    <Button size="small" tone="primary" busy={busy} onClick={() => void run(`/api/bulletins/${bulletin}/read`, { version })}>
      {t('bulletin.read')}
    </Button>
  );
}
