import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

export interface Player {
  readonly playing: boolean;
  /** instant that sounds now */
  readonly at: number;
  readonly rate: number;
  readonly failed: boolean;
  toggle(): void;
  /** moves to an instant; plays from there when asked */
  seek(instant: number, play?: boolean): void;
  setRate(rate: number): void;
}

/** Plays a recording that began at `startedAt`. Audio comes with the session's cookie; ranges let it start anywhere. */
export function usePlayer(url: string | undefined, startedAt: number): Player {
  const audio = useRef<HTMLAudioElement | undefined>(undefined);
  const [playing, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [rate, setRateState] = useState(1);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (url === undefined) return;
    const element = new Audio(url);
    element.preload = 'metadata';
    audio.current = element;
    const follow = () => setSeconds(element.currentTime);
    const state = () => setPlaying(!element.paused);
    const fail = () => setFailed(true);
    element.addEventListener('timeupdate', follow);
    element.addEventListener('seeking', follow);
    for (const name of ['play', 'pause', 'ended']) element.addEventListener(name, state);
    element.addEventListener('error', fail);
    return () => {
      element.pause();
      element.removeAttribute('src');
      element.load();
      audio.current = undefined;
    };
  }, [url]);

  const toggle = useCallback(() => {
    const element = audio.current;
    if (element === undefined) return;
    if (element.paused) element.play().catch(() => setFailed(true));
    else element.pause();
  }, []);

  const seek = useCallback(
    (instant: number, play = false) => {
      const wanted = Math.max(0, (instant - startedAt) / 1000);
      setSeconds(wanted);
      const element = audio.current;
      if (element === undefined) return;
      element.currentTime = wanted;
      if (play) element.play().catch(() => setFailed(true));
    },
    [startedAt],
  );

  const setRate = useCallback((wanted: number) => {
    setRateState(wanted);
    if (audio.current !== undefined) audio.current.playbackRate = wanted;
  }, []);

  return useMemo(
    () => ({ playing, at: startedAt + seconds * 1000, rate, failed, toggle, seek, setRate }),
    [playing, startedAt, seconds, rate, failed, toggle, seek, setRate],
  );
}
