import { useWords } from '../app/i18n/use-words.ts';
import { shortTime } from '../app/time.ts';
import { Button } from '../ui/button.tsx';
import type { VisitorChatState } from './visitor-state.ts';

interface EndedProps {
  readonly state: VisitorChatState;
  readonly onRate: (score: number) => void;
  readonly onAgain: () => void;
}

const scores = [5, 3, 1] as const;

/** After the talk: what was promised, and how it was. */
export function Ended({ state: { push, rated, over }, onRate, onAgain }: EndedProps) {
  const t = useWords();
  return (
    <section className="visitor-form">
      {push?.promises.map(({ kind, dueAt }) => (
        <p key={`${kind} ${dueAt}`} className="visitor-promise">
          {t('chat-page.promised', { time: shortTime(dueAt, Date.now()) })}
        </p>
      ))}
      {rated && <p role="status">{t('chat-page.thanks')}</p>}
      {!rated && !over && push?.mayRate === true && (
        <fieldset className="visitor-rating">
          <legend>{t('chat-page.rate')}</legend>
          {scores.map((score) => (
            <Button key={score} onClick={() => onRate(score)}>
              {t(`chat-page.score-${score}`)}
            </Button>
          ))}
        </fieldset>
      )}
      <Button onClick={onAgain}>{t('chat-page.again')}</Button>
    </section>
  );
}
