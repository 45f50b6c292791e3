import { CircleAlert } from 'lucide-react';
import { useOwnNow } from '../live/clock.ts';
import { useLive, useLiveState } from '../live/use-live.ts';
import { Button } from '../ui/button.tsx';
import { Disconnected } from '../ui/states.tsx';
import { useWords } from './i18n/use-words.ts';
import { hasRole, useMe } from './session.ts';

/** Shorter breaks heal before anybody could read about them. */
const quietMs = 2000;

export function ConnectionBanner() {
  const t = useWords();
  const live = useLive();
  const person = useMe();
  const { link, outdated, signedOut } = useLiveState((state) => state);
  const now = useOwnNow();
  if (signedOut) return <Alert title={t('link.signed-out')} text={t('link.signed-out-text')} />;
  if (outdated) return <Alert title={t('link.outdated')} text={t('link.outdated-text')} />;
  if (link.kind !== 'lost' || now - link.since < quietMs) return null;
  return (
    <div className="connection-place">
      <Disconnected
        seconds={Math.floor((now - link.since) / 1000)}
        text={t(hasRole(person, 'agent') ? 'link.lost-text' : 'link.lost-board')}
        onRetry={live.reconnectNow}
      />
    </div>
  );
}

function Alert({ title, text }: { title: string; text: string }) {
  const t = useWords();
  return (
    <div className="connection-place">
      <div className="banner" data-tone="warn" role="alert">
        <CircleAlert size={18} aria-hidden />
        <div className="grow">
          <b className="strong">{title}</b>
          <p>{text}</p>
        </div>
        <Button size="small" onClick={() => location.reload()}>
          {t('action.reload')}
        </Button>
      </div>
    </div>
  );
}
