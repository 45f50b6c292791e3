import { Siren } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useToast } from '../app/toast.tsx';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { Sheet } from '../ui/sheet.tsx';

/** Danger to somebody: a word is enough, and Enter reports it. It never waits for a complete record. */
export function EmergencySheet({ interaction, onClose }: { interaction: string; onClose: () => void }) {
  const t = useWords();
  const toast = useToast();
  const { run, pending } = useDeskCommand();
  const [about, setAbout] = useState('');
  const raise = async (event: FormEvent) => {
    event.preventDefault();
    const result = await run({ kind: 'mark-emergency', interaction, about: about.trim() === '' ? t('call.emergency') : about.trim() });
    if (result.kind !== 'done') return;
    toast.show(t('call.emergency-raised'));
    onClose();
  };
  return (
    <Sheet
      icon={<Siren size={16} aria-hidden />}
      title={t('call.emergency')}
      onClose={onClose}
      style={{ insetInlineEnd: 120, top: 64, width: 360 }}
    >
      <form className="stack" onSubmit={(event) => void raise(event)}>
        <Input
          data-autofocus
          aria-label={t('call.emergency-about')}
          placeholder={t('call.emergency-about')}
          maxLength={200}
          value={about}
          onChange={(event) => setAbout(event.target.value)}
        />
        <Button type="submit" tone="hang" busy={pending.has('mark-emergency')}>
          {t('call.emergency-raise')}
        </Button>
      </form>
    </Sheet>
  );
}
