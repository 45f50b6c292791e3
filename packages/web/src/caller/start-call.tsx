import { CircleAlert, Phone } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import type { CallerCallState } from './caller-call.ts';

interface StartCallProps {
  readonly state: CallerCallState;
  readonly onStart: () => void;
  readonly onCancel: () => void;
}

/** Before the call: what will happen, that it is recorded, and one button. */
export function StartCall({ state, onStart, onCancel }: StartCallProps) {
  const t = useWords();
  const starting = state.phase === 'starting';
  return (
    <>
      <div className="caller-middle" role="status">
        <p className="caller-big">{t(starting ? 'call-page.starting' : 'call-page.welcome')}</p>
        <p className="caller-text">{t(starting ? 'call-page.starting-text' : 'call-page.welcome-text')}</p>
        {!starting && <p className="caller-text">{t('call-page.recorded')}</p>}
        {state.problem !== undefined && <Problem problem={state.problem} />}
      </div>
      <div className="caller-actions">
        {starting ? (
          <button type="button" className="caller-button" onClick={onCancel}>
            {t('action.cancel')}
          </button>
        ) : (
          <button type="button" className="caller-button" data-tone="call" onClick={onStart}>
            <Phone size={22} aria-hidden />
            {t('call-page.start')}
          </button>
        )}
      </div>
    </>
  );
}

export function Problem({ problem }: { problem: NonNullable<CallerCallState['problem']> }) {
  const t = useWords();
  const [title, text] =
    'device' in problem
      ? [t(`device.${problem.device}`), t(`device.${problem.device}-do`)]
      : [problem.words ?? t('call-page.failed'), t('call-page.failed-text')];
  return (
    <div className="caller-problem" role="alert">
      <CircleAlert size={22} aria-hidden />
      <p>
        <b>{title}</b>
        <br />
        {text}
      </p>
    </div>
  );
}
