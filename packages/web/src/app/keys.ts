import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from 'react';
import type { PlainKey } from './i18n/translate.ts';

/** What a key press can mean on the call screens. */
export type KeyAction =
  | 'answer'
  | 'mute'
  | 'hold'
  | 'pause-recording'
  | 'keypad'
  | 'transfer'
  | 'three-way'
  | 'emergency'
  | 'end'
  | 'said'
  | 'duties'
  | 'promise'
  | 'ticket'
  | 'call-out'
  | 'survey'
  | 'record'
  | 'knowledge'
  | 'acting'
  | 'rest'
  | 'support'
  | 'save'
  | 'save-ready'
  | 'cycle'
  | 'help';

export interface KeyPress {
  readonly key: string;
  /** physical key: `Alt` changes `key` on some keyboards, never `code` */
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
}

export interface KeyPlace {
  /** the focus is in a control that takes text */
  readonly inField: boolean;
  /** the focus was brought by keyboard to a button or link, which Enter presses itself */
  readonly onControl: boolean;
  /** ms since text was last typed, Infinity if never */
  readonly sinceTyped: number;
}

const altActions: Readonly<Record<string, KeyAction>> = {
  KeyM: 'mute',
  KeyH: 'hold',
  KeyZ: 'pause-recording',
  KeyK: 'keypad',
  KeyT: 'transfer',
  KeyW: 'three-way',
  KeyX: 'emergency',
  KeyQ: 'end',
  Enter: 'said',
  NumpadEnter: 'said',
  KeyG: 'duties',
  KeyP: 'promise',
  KeyN: 'ticket',
  KeyC: 'call-out',
  KeyV: 'survey',
  KeyR: 'record',
  KeyJ: 'knowledge',
  KeyB: 'acting',
  KeyS: 'rest',
  KeyY: 'support',
  Slash: 'help',
};

/** A ringing call may be answered from a field only when nobody has typed there for this long. */
const typingMs = 2000;

/**
 * The meaning of a key press, or nothing. Agents type Chinese all day: while an input method composes no key works, and no
 * single key works while a field has the focus.
 */
export function actionOf(press: KeyPress, place: KeyPlace): KeyAction | undefined {
  if (press.isComposing || press.key === 'Process') return undefined;
  if (press.altKey && !press.ctrlKey && !press.metaKey) return altActions[press.code];
  if (press.ctrlKey || press.metaKey) return withControl(press);
  if (press.key === 'F6') return 'cycle';
  if (press.key === '?' && !place.inField) return 'help';
  if (press.key === 'Enter' && !press.shiftKey && !place.onControl && (!place.inField || place.sinceTyped > typingMs)) return 'answer';
  return undefined;
}

function withControl(press: KeyPress): KeyAction | undefined {
  if (press.altKey || press.shiftKey) return undefined;
  if (press.code === 'KeyS') return 'save';
  return press.key === 'Enter' ? 'save-ready' : undefined;
}

/** The list behind `?`. */
export const keyList: readonly { readonly keys: string; readonly word: PlainKey }[] = [
  { keys: 'Enter', word: 'keys.answer' },
  { keys: 'Alt M', word: 'keys.mute' },
  { keys: 'Alt H', word: 'keys.hold' },
  { keys: 'Alt T', word: 'keys.transfer' },
  { keys: 'Alt W', word: 'transfer.three-way' },
  { keys: 'Alt Z', word: 'keys.pause-recording' },
  { keys: 'Alt K', word: 'keys.keypad' },
  { keys: 'Alt X', word: 'call.emergency' },
  { keys: 'Alt Q', word: 'keys.end' },
  { keys: 'Alt ↵', word: 'keys.said' },
  { keys: 'Alt G', word: 'keys.duties' },
  { keys: 'Alt P', word: 'keys.promise' },
  { keys: 'Alt N', word: 'ticket.new' },
  { keys: 'Alt C', word: 'keys.call-out' },
  { keys: 'Alt V', word: 'keys.survey' },
  { keys: 'Alt R', word: 'keys.record' },
  { keys: 'Alt J', word: 'keys.knowledge' },
  { keys: 'Alt B', word: 'keys.acting' },
  { keys: 'Alt S', word: 'keys.rest' },
  { keys: 'Alt Y', word: 'support.ask' },
  { keys: 'Ctrl S', word: 'keys.save' },
  { keys: 'Ctrl ↵', word: 'keys.save-ready' },
  { keys: 'F6', word: 'keys.cycle' },
  { keys: 'Esc', word: 'keys.close' },
  { keys: '1 – 7', word: 'keys.hold-reason' },
  { keys: 'Y', word: 'keys.hold-yes' },
  { keys: 'X', word: 'keys.hold-no' },
  { keys: 'Space', word: 'keys.play' },
  { keys: 'J', word: 'keys.previous' },
  { keys: 'K', word: 'keys.next' },
  { keys: '?, Alt /', word: 'keys.help' },
];

let typedAt = Number.NEGATIVE_INFINITY;
/** A link that was clicked with the mouse keeps the focus; nobody means it when pressing Enter later. */
let focusedByPointer = false;

export function isTextField(element: EventTarget | null): boolean {
  if (!(element instanceof HTMLElement)) return false;
  if (element instanceof HTMLTextAreaElement || element.isContentEditable) return true;
  return element instanceof HTMLInputElement && !['button', 'checkbox', 'radio', 'range', 'submit'].includes(element.type);
}

export function recentlyTyped(): boolean {
  return performance.now() - typedAt < typingMs;
}

function placeOf(target: EventTarget | null): KeyPlace {
  const inField = isTextField(target);
  const onControl = !inField && !focusedByPointer && target instanceof HTMLElement && target.matches('button, a[href], select, summary');
  return { inField, onControl, sinceTyped: performance.now() - typedAt };
}

export type KeyHandlers = Partial<Record<KeyAction, () => void>>;

/** Listens on the whole page while the component is there. Only actions with a handler are taken from the browser. */
export function useKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key === 'Tab' || event.key === 'F6' || event.key.startsWith('Arrow')) focusedByPointer = false;
      if (event.defaultPrevented || event.repeat) return;
      const action = actionOf(event, placeOf(event.target));
      const handler = action === undefined ? undefined : latest.current[action];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    const typed = (event: Event) => {
      if (isTextField(event.target)) typedAt = performance.now();
    };
    const pointed = () => {
      focusedByPointer = true;
    };
    window.addEventListener('keydown', press);
    window.addEventListener('input', typed);
    window.addEventListener('pointerdown', pointed);
    return () => {
      window.removeEventListener('keydown', press);
      window.removeEventListener('input', typed);
      window.removeEventListener('pointerdown', pointed);
    };
  }, []);
}

/** Esc within a form that stands in the page: it alone is closed, not a sheet beside it. An input method keeps the key for itself. */
export function onEscape(event: ReactKeyboardEvent, close: () => void): void {
  if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
  event.preventDefault();
  event.stopPropagation();
  close();
}

/** F6: the next column that is marked with `data-column`, after the one with the focus. */
export function focusNextColumn(): void {
  const columns = [...document.querySelectorAll<HTMLElement>('[data-column]')].filter((column) => column.offsetParent !== null);
  const at = columns.findIndex((column) => column.contains(document.activeElement));
  const next = columns[(at + 1) % Math.max(1, columns.length)];
  const control = next?.querySelector<HTMLElement>(':is(a[href], button, input, textarea, select, [tabindex]):not([tabindex="-1"])');
  (control ?? next)?.focus();
}
