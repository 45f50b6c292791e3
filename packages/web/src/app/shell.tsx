import { useQueryClient } from '@tanstack/react-query';
import { Navigate, Outlet } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { LiveSocket } from '../live/live.ts';
import { LiveProvider } from '../live/use-live.ts';
import { BrowserPhone } from '../softphone/phone.ts';
import { PhoneProvider } from '../softphone/use-phone.ts';
import { ClauseProvider } from '../ui/clause.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { AgentLine } from './agent-line.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { useWords } from './i18n/use-words.ts';
import { useKeys } from './keys.ts';
import { KeysSheet } from './keys-sheet.tsx';
import { Rail } from './rail.tsx';
import { MeProvider, sessionKey, useSession } from './session.ts';
import { TopBar } from './top-bar.tsx';
import './shell.css';

/** Everything behind the sign-in: who one is, the live socket, the browser phone, and the frame around the screens. */
export function Shell() {
  const t = useWords();
  const session = useSession();
  if (session.data === undefined) {
    return session.isError ? (
      <Failed error={session.error} onRetry={() => void session.refetch()} />
    ) : (
      <Loading what={t('health.server')} />
    );
  }
  if (session.data === null) return <Navigate to="/sign-in" />;
  return (
    <MeProvider value={session.data}>
      <Connected key={session.data.agent} />
    </MeProvider>
  );
}

/** The socket and the phone live as long as the sign-in, whatever screen is shown. */
function Connected() {
  const live = useMemo(() => new LiveSocket(), []);
  const phone = useMemo(() => new BrowserPhone(live), [live]);
  const queries = useQueryClient();
  useEffect(() => {
    live.start();
    const askAgain = () => void queries.invalidateQueries({ queryKey: sessionKey });
    const stopPushes = live.onPush((push) => push.kind === 'signed-out' && askAgain());
    // A socket that is refused looks like one that is lost: every third attempt asks whether the session still stands.
    const stopLink = live.onLink((link) => link.kind === 'lost' && link.attempt % 3 === 2 && askAgain());
    return () => {
      stopPushes();
      stopLink();
      phone.stop();
      live.stop();
    };
  }, [live, phone, queries]);
  return (
    <LiveProvider value={live}>
      <PhoneProvider value={phone}>
        <Frame />
      </PhoneProvider>
    </LiveProvider>
  );
}

export function Frame() {
  const t = useWords();
  const [keysShown, setKeysShown] = useState(false);
  useKeys({ help: () => setKeysShown((shown) => !shown) });
  return (
    <ClauseProvider>
      <div className="app">
        <a className="skip" href="#main">
          {t('app.skip')}
        </a>
        <Rail />
        <TopBar onShowKeys={() => setKeysShown(true)} />
        <main id="main" className="app-main">
          <ConnectionBanner />
          <AgentLine />
          <ErrorBoundary>
            <Outlet />
          </ErrorBoundary>
        </main>
        {keysShown && <KeysSheet onClose={() => setKeysShown(false)} />}
      </div>
    </ClauseProvider>
  );
}
