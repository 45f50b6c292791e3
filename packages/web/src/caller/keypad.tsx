import { useWords } from '../app/i18n/use-words.ts';
import { keypadKeys } from '../softphone/keypad-keys.ts';

export function Keypad({ onDigit }: { onDigit: (digit: string) => void }) {
  const t = useWords();
  return (
    <fieldset className="caller-keypad" aria-label={t('call-page.keypad')}>
      {keypadKeys.map((key) => (
        <button key={key} type="button" onClick={() => onDigit(key)}>
          {key}
        </button>
      ))}
    </fieldset>
  );
}
