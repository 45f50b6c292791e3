import { useWords } from '../app/i18n/use-words.ts';
import './level-bar.css';

const steps = 20;

/** Microphone level 0–1 as a row of steps, so that it reads without colour. */
export function LevelBar({ level }: { level: number }) {
  const t = useWords();
  const on = Math.round(level * steps);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native meter cannot be drawn as steps in all browsers
    <span
      className="level-bar"
      role="meter"
      aria-label={t('phone.level')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(level * 100)}
    >
      {Array.from({ length: steps }, (_, step) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps have no identity
        <i key={step} data-on={step < on} />
      ))}
    </span>
  );
}
