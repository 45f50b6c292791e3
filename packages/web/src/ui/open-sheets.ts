/** Sheets that are open, the newest last. */
const open: (() => void)[] = [];

/**
 * From now on Esc closes this sheet wherever the focus is, unless a newer one is open or whatever has the focus takes the key for
 * itself. Answers with what ends it.
 */
export function closeOnEscape(close: () => void): () => void {
  if (open.length === 0) window.addEventListener('keydown', press);
  open.push(close);
  return () => {
    const at = open.lastIndexOf(close);
    if (at !== -1) open.splice(at, 1);
    if (open.length === 0) window.removeEventListener('keydown', press);
  };
}

function press(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  event.preventDefault();
  open.at(-1)?.();
}
