import { Grid3x3 } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useDeskCommand } from '../live/command.ts';
import { keypadKeys } from '../softphone/keypad-keys.ts';
import { Sheet } from '../ui/sheet.tsx';

/** Tones into the call; digits may also be typed. Nothing of it is stored here. */
export function KeypadSheet({ interaction, onClose }: { interaction: string; onClose: () => void }) {
  const t = useWords();
  const { run } = useDeskCommand();
  const [sent, setSent] = useState('');
  const send = (digit: string) => {
    setSent((before) => (before + digit).slice(-24));
    void run({ kind: 'send-digits', interaction, digits: digit });
  };
  return (
    <Sheet
      title={t('call.keypad')}
      icon={<Grid3x3 size={16} aria-hidden />}
      onClose={onClose}
      style={{ insetInlineEnd: 130, top: 64, width: 260 }}
      onKeyDown={(event) => {
        if ((keypadKeys as readonly string[]).includes(event.key)) send(event.key);
      }}
    >
      <output className="num strong" aria-label={t('keypad.sent')}>
        {sent || ' '}
      </output>
      <div className="keypad">
        {keypadKeys.map((key) => (
          <button key={key} type="button" onClick={() => send(key)}>
            {key}
          </button>
        ))}
      </div>
    </Sheet>
  );
}
