import { type RefObject, useEffect, useRef } from 'react';

/** For a row that can be chosen by key: brings it into view when it becomes the chosen one. */
export function useInView<E extends HTMLElement>(chosen: boolean): RefObject<E | null> {
  const place = useRef<E>(null);
  useEffect(() => {
    if (chosen) place.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return place;
}
