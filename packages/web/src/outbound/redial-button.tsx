import { PhoneOutgoing } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { uuid } from '../app/uuid.ts';
import { Button } from '../ui/button.tsx';
import { usePlaceCall } from './use-outbound.ts';

/** One press: the caller whose line dropped is called back by who talked to them. */
export function useRedial(interaction: string): { readonly busy: boolean; redial(): void } {
  const { busy, place } = usePlaceCall();
  const [call, setCall] = useState(uuid);
  const redial = () => {
    if (busy) return;
    // A try that was refused may be made again: it is another call then.
    void place({ interaction: call, redials: interaction, purpose: 'redial' }).then((placed) => placed !== 'placed' && setCall(uuid()));
  };
  return { busy, redial };
}

export function RedialButton({ busy, onClick }: { busy: boolean; onClick: () => void }) {
  const t = useWords();
  return (
    <Button tone="call" size="large" hint="Alt C" busy={busy} icon={<PhoneOutgoing size={16} aria-hidden />} onClick={onClick}>
      {t('dial.back')}
    </Button>
  );
}
