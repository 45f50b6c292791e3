import { X } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { IconButton } from './button.tsx';
import { closeOnEscape } from './open-sheets.ts';
import { useFocusReturn } from './use-focus-return.ts';
import './sheet.css';

interface SheetProps {
  readonly title: ReactNode;
  readonly icon?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly style?: CSSProperties;
  readonly side?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/**
 * A non-modal dialog: what is behind it stays usable, because a call must. Focus goes in when it opens (to `data-autofocus`
 * or the first control) and back to where it was when it closes. Esc closes the one that has the focus, else the newest.
 */
export function Sheet({ title, icon, onClose, children, footer, style, side, onKeyDown }: SheetProps) {
  const t = useWords();
  const heading = useId();
  const box = useRef<HTMLDivElement>(null);
  useFocusReturn(box);
  const latestClose = useRef(onClose);
  useEffect(() => {
    latestClose.current = onClose;
  });
  useEffect(() => closeOnEscape(() => latestClose.current()), []);
  useEffect(() => {
    const first =
      box.current?.querySelector<HTMLElement>('[data-autofocus]') ??
      box.current?.querySelector<HTMLElement>(':is(.sheet-body, .sheet-foot) :is(button, input, textarea, select, a[href])');
    (first ?? box.current)?.focus();
  }, []);
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    onKeyDown?.(event);
  };
  return (
    <div ref={box} className="sheet" data-side={side} role="dialog" aria-labelledby={heading} tabIndex={-1} style={style} onKeyDown={keys}>
      <header className="sheet-head">
        {icon}
        <h2 id={heading} className="grow">
          {title}
        </h2>
        <kbd aria-hidden>Esc</kbd>
        <IconButton label={t('action.close')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className="sheet-body scroll">{children}</div>
      {footer !== undefined && <footer className="sheet-foot">{footer}</footer>}
    </div>
  );
}
