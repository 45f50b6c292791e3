import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  lesson,
  type TrainingAct,
  trainee,
  trainingAnswer,
  trainingCard,
  trainingReplay,
  trainingTry,
  trainingView,
} from '@threerings/core/wire/training';
import { useCallback, useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useMe } from '../app/session.ts';

export const trainingKey = ['training'] as const;

export function useTrainings() {
  return useQuery({
    queryKey: [...trainingKey, 'cards'],
    queryFn: ({ signal }) => request('/api/training', z.array(trainingCard), { signal }),
  });
}

export function useTries() {
  return useQuery({
    queryKey: [...trainingKey, 'tries'],
    queryFn: ({ signal }) => request('/api/training/tries', z.array(trainingTry), { signal }),
  });
}

export function useLessons() {
  return useQuery({
    queryKey: [...trainingKey, 'lessons'],
    queryFn: ({ signal }) => request('/api/training/lessons', z.array(lesson), { signal }),
  });
}

export function useTrainees(enabled: boolean) {
  return useQuery({
    queryKey: [...trainingKey, 'people'],
    queryFn: ({ signal }) => request('/api/training/people', z.array(trainee), { signal }),
    enabled,
  });
}

/** The replay of a try that is over; an error with status 404 while it goes on. */
export function useReplay(run: string, enabled: boolean) {
  return useQuery({
    queryKey: [...trainingKey, 'replay', run],
    queryFn: ({ signal }) => request(`/api/training/runs/${run}/replay`, trainingReplay, { signal }),
    enabled,
    retry: false,
  });
}

type View = z.infer<typeof trainingView>;
type Answer = z.infer<typeof trainingAnswer>;

/**
 * A training that goes on. Its clock is the page's: it stands still while `typing` holds and the caller does not speak, because typing takes
 * longer than speaking. Looks again when something is due.
 */
export function usePlay(run: string, first: View | undefined, typing: boolean) {
  const { csrf } = useMe();
  const cache = useQueryClient();
  const [view, setView] = useState(first);
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const shown = view ?? first;
  const clock = useTrainingClock(shown, typing && shown?.callerSpeaks !== true);
  const take = useCallback(
    (next: View) => {
      setView(next);
      if (next.phase === 'over') void cache.invalidateQueries({ queryKey: trainingKey });
    },
    [cache],
  );
  const look = useCallback(
    async () => take(await request(`/api/training/runs/${run}?t=${Math.floor(clock.now())}`, trainingView)),
    [run, clock, take],
  );
  const act = useCallback(
    async (doing: TrainingAct): Promise<Answer> => {
      setBusy(true);
      try {
        const body = { t: Math.floor(clock.now()), act: doing };
        const got = await request(`/api/training/runs/${run}/acts`, trainingAnswer, { method: 'POST', body, csrf });
        setAnswer(got);
        take(got.view);
        return got;
      } finally {
        setBusy(false);
      }
    },
    [run, csrf, clock, take],
  );
  useWaking(shown, clock, look);
  return { view: shown, answer, act, busy, clock };
}

export interface TrainingClock {
  /** ms since the beginning of the training */
  now(): number;
}

function useTrainingClock(view: View | undefined, still: boolean): TrainingClock {
  const base = useRef({ t: 0, at: 0, still: false });
  const t = view?.t ?? 0;
  useEffect(() => {
    base.current = { t, at: performance.now(), still: base.current.still };
  }, [t]);
  useEffect(() => {
    const { t: before, at, still: was } = base.current;
    base.current = { t: was ? before : before + performance.now() - at, at: performance.now(), still };
  }, [still]);
  const [clock] = useState<TrainingClock>(() => ({
    now: () => {
      const { t: before, at, still: stands } = base.current;
      return stands ? before : before + performance.now() - at;
    },
  }));
  return clock;
}

function useWaking(view: View | undefined, clock: TrainingClock, look: () => Promise<void>): void {
  const wakeAt = view?.wakeAt;
  useEffect(() => {
    if (wakeAt === undefined) return;
    const timer = setInterval(() => {
      if (clock.now() >= wakeAt) void look().catch(() => undefined);
    }, 250);
    return () => clearInterval(timer);
  }, [wakeAt, clock, look]);
}
