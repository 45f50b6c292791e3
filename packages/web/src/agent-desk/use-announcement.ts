import type { OpenDuty } from '@threerings/core/wire/events';
import { useEffect, useRef, useState } from 'react';
import { useTongue } from '../app/i18n/use-words.ts';
import { dutyKey } from './guide.ts';

/** A caller is in the same ear as the screen reader: at most one announcement in this time. */
const pauseMs = 10_000;

/** What a screen reader says about the guide: the duty that became the top one, once. */
export function useAnnouncement(top: OpenDuty | undefined): string {
  const say = useTongue();
  const [said, setSaid] = useState('');
  const lastAt = useRef(0);
  const lastKey = useRef('');
  const key = top === undefined ? '' : dutyKey(top);
  const text = top === undefined ? '' : `${say(top.message ?? top.title)}${top.sentence === undefined ? '' : `: ${top.sentence}`}`;
  useEffect(() => {
    if (key === '' || key === lastKey.current) return;
    const wait = Math.max(0, lastAt.current + pauseMs - Date.now());
    const timer = setTimeout(() => {
      lastAt.current = Date.now();
      lastKey.current = key;
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [key, text]);
  return said;
}
