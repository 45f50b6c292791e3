import { useEffect, useState } from 'react';

interface EnterWhenFresh {
  enter(): void;
  /** something else was typed, or the field was left */
  forget(): void;
}

/**
 * Enter in a list that is found as one types. While `stale` it still shows what was found for earlier words: what Enter means then is
 * what stands there once the new words are answered, never what stood there before. `act` reads the list as it is at that time.
 */
export function useEnterWhenFresh(stale: boolean, act: () => void): EnterWhenFresh {
  const [waits, setWaits] = useState(false);
  useEffect(() => {
    if (!waits || stale) return;
    setWaits(false);
    act();
  });
  return { enter: () => (stale ? setWaits(true) : act()), forget: () => setWaits(false) };
}
