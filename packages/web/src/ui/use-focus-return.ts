import { type RefObject, useEffect } from 'react';

const control = ':is(a[href], button, input, textarea, select, [tabindex]):not([tabindex="-1"])';

/**
 * When the box goes with the focus in it, the focus goes back to where it was before; where that is gone as well – often the very
 * button that opened the box – to the first control of the column: nobody who works by keyboard begins at the top of the page again.
 */
export function useFocusReturn(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const before = document.activeElement;
    const body = box.current;
    const column = before?.closest('[data-column]') ?? body?.closest('[data-column]');
    return () => {
      const now = document.activeElement;
      if (now !== null && now !== document.body && body?.contains(now) !== true) return;
      if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus();
      else if (column?.isConnected === true) column.querySelector<HTMLElement>(control)?.focus();
    };
  }, [box]);
}
