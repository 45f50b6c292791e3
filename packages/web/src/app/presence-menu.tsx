import { ChevronDown } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { useDesk } from '../live/use-live.ts';
import { useWords } from './i18n/use-words.ts';
import { clock } from './time.ts';

const choices = ['ready', 'busy', 'rest'] as const;

/** 示闲, 示忙, 小休 and the shift itself. During a call the state is shown and cannot be chosen. */
export function PresenceMenu() {
  const t = useWords();
  const desk = useDesk();
  const { run } = useDeskCommand();
  const now = useNow();
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useCloseOutside(box, open, () => setOpen(false));
  if (desk === undefined) return null;
  const { state, since } = desk.view.presence;
  const choosable = state === 'ready' || state === 'busy' || state === 'rest' || state === 'paused' || state === 'offline';
  const choose = (act: Parameters<typeof run>[0]) => {
    setOpen(false);
    void run(act);
  };
  return (
    <div className="presence" ref={box}>
      <button
        type="button"
        className="presence-button"
        data-state={state}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-disabled={!choosable}
        onClick={() => choosable && setOpen(!open)}
        onKeyDown={(event) => walkMenu(box.current, event, () => setOpen(false))}
      >
        {t(`presence.${state}`)}
        {state !== 'offline' && since > 0 && <time className="t2">{clock(now - since)}</time>}
        {choosable && <ChevronDown size={14} aria-hidden />}
      </button>
      {open && (
        <div
          className="menu"
          role="menu"
          tabIndex={-1}
          aria-label={t('presence.change')}
          onKeyDown={(event) => walkMenu(box.current, event, () => setOpen(false))}
        >
          {state === 'offline' ? (
            <button type="button" role="menuitem" onClick={() => choose({ kind: 'sign-in-shift' })}>
              {t('presence.sign-in')}
            </button>
          ) : (
            <>
              {choices.map((choice) => (
                <button key={choice} type="button" role="menuitem" onClick={() => choose({ kind: 'set-presence', state: choice })}>
                  {t(`presence.${choice}`)}
                </button>
              ))}
              <hr />
              <button type="button" role="menuitem" onClick={() => choose({ kind: 'sign-out-shift' })}>
                {t('presence.sign-out')}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

function walkMenu(box: HTMLElement | null, event: KeyboardEvent, close: () => void): void {
  if (event.key === 'Escape') {
    if (box?.querySelector('[role="menu"]') == null) return;
    event.stopPropagation();
    close();
    box?.querySelector('button')?.focus();
    return;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const items = [...(box?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  if (step === 0 || items.length === 0) return;
  event.preventDefault();
  const focused = document.activeElement;
  const at = focused instanceof HTMLElement ? items.indexOf(focused) : -1;
  items[(at + step + items.length) % items.length]?.focus();
}

function useCloseOutside(box: React.RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  useEffect(() => {
    if (!open) return;
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && box.current?.contains(event.target) !== true) close();
    };
    window.addEventListener('pointerdown', press);
    return () => window.removeEventListener('pointerdown', press);
  });
}
