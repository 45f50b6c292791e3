import { Volume2, WifiOff } from 'lucide-react';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { hotlineTitle } from '../app/hotline-title.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { Logo } from '../app/logo.tsx';
import { usePreferences } from '../app/preferences.ts';
import { LanguageChoice } from '../app/settings-sheet.tsx';
import { CallerCall, type CallerCallState, choiceIn } from './caller-call.ts';
import { CallerStage } from './caller-stage.tsx';
import { StartCall } from './start-call.tsx';
import './caller-page.css';

/** The public page: one column, one task at a time, the main action within reach of the thumb. No account. */
export function CallerPage() {
  const call = useMemo(() => new CallerCall(), []);
  const state = useSyncExternalStore(call.subscribe, call.getState);
  useEffect(() => {
    void call.resume();
  }, [call]);
  return <CallerView call={call} state={state} />;
}

export type CallerActions = Pick<CallerCall, 'start' | 'send' | 'hangUp' | 'askCallback' | 'toggleMute' | 'allowSound' | 'close'>;

export function CallerView({ call, state }: { call: CallerActions; state: CallerCallState }) {
  const t = useWords();
  const { language } = usePreferences();
  const title = state.hotline === undefined ? t('call-page.title') : hotlineTitle(state.hotline);
  return (
    <div className="caller">
      <header className="caller-head">
        <span className="caller-logo">
          <Logo size={26} />
        </span>
        <h1 className="grow">{title}</h1>
        <LanguageChoice language={language} />
      </header>
      {state.lineLost && (
        <p className="banner" data-tone="warn" role="status">
          <WifiOff size={20} aria-hidden />
          {t('call-page.line-lost')}
        </p>
      )}
      {state.soundBlocked && (
        <button type="button" className="caller-button" onClick={call.allowSound}>
          <Volume2 size={20} aria-hidden />
          {t('call-page.allow-sound')}
        </button>
      )}
      <main className="caller-main">
        {state.phase === 'up' && state.push !== undefined ? (
          <CallerStage call={call} state={state} push={state.push} />
        ) : (
          <StartCall state={state} onStart={() => void call.start(language, choiceIn(window.location.search))} onCancel={call.close} />
        )}
      </main>
    </div>
  );
}
