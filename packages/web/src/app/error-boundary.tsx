import { CircleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/states.tsx';
import { useWords } from './i18n/use-words.ts';

interface State {
  readonly code: string | undefined;
}

/** Keeps a failure inside the part in which it happened; the rest of the page, and above all the call, goes on. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { code: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { code: codeOf(error) };
  }

  override render(): ReactNode {
    if (this.state.code === undefined) return this.props.children;
    return <Crash code={this.state.code} onRetry={() => this.setState({ code: undefined })} />;
  }
}

export function Crash({ code, onRetry }: { code: string; onRetry: () => void }) {
  const t = useWords();
  return (
    <Note icon={<CircleAlert size={26} aria-hidden />} title={t('error.crash')} text={t('error.crash-text', { code })} role="alert">
      <Button tone="primary" onClick={onRetry}>
        {t('action.retry')}
      </Button>
    </Note>
  );
}

/** A short code that two people can compare over the phone; the message itself stays in the console. */
export function codeOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}:${error.message}` : String(error);
  let hash = 5381;
  for (const letter of text) hash = (hash * 33 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return `W-${hash.toString(36).toUpperCase()}`;
}
