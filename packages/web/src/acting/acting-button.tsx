import { lazy, Suspense, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useKeys } from '../app/keys.ts';
import { Button } from '../ui/button.tsx';

const ActingSheet = lazy(() => import('./acting-sheet.tsx').then((all) => ({ default: all.ActingSheet })));

/** Opens the panel beside a chat, also by Alt B. */
export function ActingButton({ interaction }: { interaction: string }) {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const toggle = () => setOpen((shown) => !shown);
  useKeys({ acting: toggle });
  return (
    <>
      <Button pressed={open} hint="Alt B" onClick={toggle}>
        {t('acting.title')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ActingSheet narrow interaction={interaction} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
