import { CircleAlert, Inbox, Lock, WifiOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { HttpFailure } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { failureWords } from '../app/toast.tsx';
import { Button } from './button.tsx';
import './states.css';

interface NoteProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text?: string | undefined;
  readonly role?: 'alert' | 'status';
  readonly children?: ReactNode;
}

/** The shape that all states without data share: sign, one line, what to do. */
export function Note({ icon, title, text, role, children }: NoteProps) {
  return (
    <div className="note" role={role}>
      {icon}
      <b>{title}</b>
      {text !== undefined && <p>{text}</p>}
      {children}
    </div>
  );
}

/** Nothing there yet: what will appear, and what can be done now. */
export function Empty({ title, text, children }: { title: string; text?: string; children?: ReactNode }) {
  return (
    <Note icon={<Inbox size={26} aria-hidden />} title={title} text={text}>
      {children}
    </Note>
  );
}

/** Nothing for 0.3 s, then bars of the true shape; past 5 s the words of what is awaited. */
export function Loading({ what, rows = 4 }: { what: string; rows?: number }) {
  const t = useWords();
  const [stage, setStage] = useState<'none' | 'bars' | 'words'>('none');
  useEffect(() => {
    const bars = setTimeout(() => setStage('bars'), 300);
    const words = setTimeout(() => setStage('words'), 5000);
    return () => {
      clearTimeout(bars);
      clearTimeout(words);
    };
  }, []);
  if (stage === 'none') return <div aria-busy="true" />;
  return (
    <div className="loading" role="status" aria-busy="true">
      <span className="visually-hidden">{t('state.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars have no identity
        <span key={row} className="loading-bar" style={{ width: `${[60, 100, 76, 40][row % 4]}%` }} />
      ))}
      {stage === 'words' && <p className="meta">{t('state.loading-long', { what })}</p>}
    </div>
  );
}

/** What failed, what is safe, and the way on. A refusal for lack of a role is told apart from a failure. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useWords();
  const failure = error instanceof HttpFailure ? error : new HttpFailure('shape', 0);
  if (failure.status === 403) return <NoPermission text={failure.refusal?.message} />;
  if (failure.status === 404)
    return <Note icon={<Inbox size={26} aria-hidden />} title={t('state.not-found')} text={t('state.not-found-text')} />;
  const words = failureWords(t, failure);
  const code = failure.refusal?.refused ?? `${failure.kind}-${failure.status}`;
  return (
    <Note icon={<CircleAlert size={26} aria-hidden />} title={words.title} text={words.text} role="alert">
      <p className="meta">{code}</p>
      {onRetry !== undefined && (
        <Button tone="primary" onClick={onRetry}>
          {t('action.retry')}
        </Button>
      )}
    </Note>
  );
}

export function NoPermission({ text, roles }: { text?: string | undefined; roles?: readonly string[] }) {
  const t = useWords();
  const who = roles === undefined ? undefined : t('state.no-permission-who', { roles: roles.join(t('text.comma')) });
  return <Note icon={<Lock size={26} aria-hidden />} title={t('state.no-permission')} text={text ?? who} />;
}

/** The line is gone but what was received stays readable. */
export function Disconnected({ seconds, text, onRetry }: { seconds: number; text: string; onRetry: () => void }) {
  const t = useWords();
  return (
    <div className="banner" data-tone="warn" role="status">
      <WifiOff size={18} aria-hidden />
      <div className="grow">
        <b className="strong num">{t('link.lost', { n: seconds })}</b>
        <p>{text}</p>
      </div>
      <Button size="small" onClick={onRetry}>
        {t('link.retry-now')}
      </Button>
    </div>
  );
}

/** Something is missing, on purpose or by circumstance; never drawn as somebody's mistake. */
export function Partial({ title, text }: { title: string; text: string }) {
  return (
    <div className="banner" data-tone="unknown">
      <CircleAlert size={18} aria-hidden />
      <div className="grow">
        <b className="strong">{title}</b>
        <p>{text}</p>
      </div>
    </div>
  );
}
