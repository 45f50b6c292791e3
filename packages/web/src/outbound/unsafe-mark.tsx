import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';

/** The caller asked not to be called: no redial, no callback is dialled. */
export function UnsafeMark({ interaction }: { interaction: string }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  const [marked, setMarked] = useState(false);
  const mark = async () => {
    const result = await run({ kind: 'mark-unsafe', interaction });
    if (result.kind === 'done') setMarked(true);
  };
  return (
    <p className="card-body row">
      {marked ? (
        <span className="meta" role="status">
          {t('dial.unsafe-marked')}
        </span>
      ) : (
        <Button
          size="small"
          tone="text"
          icon={<PhoneOff size={14} aria-hidden />}
          busy={pending.has('mark-unsafe')}
          onClick={() => void mark()}
        >
          {t('dial.unsafe')}
        </Button>
      )}
    </p>
  );
}
