import { useEffect, useRef, useState } from 'react';

/** A caller who listens to the screen is told of a new place in the queue at most this often. */
const pauseMs = 15_000;

/** The text for a polite live region: the first one at once, later ones not more often than every 15 s, always the newest. */
export function useSpoken(text: string): string {
  const [spoken, setSpoken] = useState(text);
  const lastAt = useRef(Date.now());
  useEffect(() => {
    if (text === spoken) return;
    const timer = setTimeout(
      () => {
        lastAt.current = Date.now();
        setSpoken(text);
      },
      Math.max(0, lastAt.current + pauseMs - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [text, spoken]);
  return spoken;
}
