import { PhoneOutgoing } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import type { Whom } from './use-outbound.ts';

const DialSheet = lazy(() => import('./dial-sheet.tsx').then((all) => ({ default: all.DialSheet })));

/** Opens the preparation of a call. */
export function DialButton({ whom, size = 'small' }: { whom: Whom; size?: 'small' | 'normal' }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size={size} tone="call" pressed={open} icon={<PhoneOutgoing size={14} aria-hidden />} onClick={() => setOpen(!open)}>
        {t('dial.call')}
      </Button>
      {open && <DialSheetLater whom={whom} onClose={() => setOpen(false)} />}
    </>
  );
}

export function DialSheetLater(props: { whom: Whom; onClose: () => void }) {
  return (
    <Suspense fallback={null}>
      <DialSheet {...props} />
    </Suspense>
  );
}
