import { useEffect, useRef } from 'react';
import { isTextField } from './keys.ts';

interface RowKeys {
  readonly onMove: (by: 1 | -1) => void;
  readonly onOpen?: (() => void) | undefined;
  readonly onNew?: (() => void) | undefined;
}

/** ↑ ↓ walk a list, Enter opens, N begins a new entry. Nothing happens while a text is typed or an input method composes. */
export function useRowKeys(keys: RowKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      const { target } = event;
      if (isTextField(target) || (target instanceof HTMLElement && target.closest('[role="dialog"], [role="radiogroup"], select') !== null))
        return;
      const { onMove, onOpen, onNew } = latest.current;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') onMove(event.key === 'ArrowDown' ? 1 : -1);
      else if (event.key === 'n' && onNew !== undefined) onNew();
      else if (event.key === 'Enter' && onOpen !== undefined && !(target instanceof HTMLElement && target.matches('button, a[href]')))
        onOpen();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
