import { useNavigate } from '@tanstack/react-router';
import { trainingView } from '@threerings/core/wire/training';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { uuid } from '../app/uuid.ts';

/** Begins a try and goes to its screen. */
export function useBegin() {
  const { csrf } = useMe();
  const navigate = useNavigate();
  const toast = useToast();
  return async (script: string, mode: 'text' | 'ear') => {
    const run = uuid();
    try {
      await request('/api/training/runs', trainingView, { method: 'POST', body: { run, script, mode }, csrf });
      await navigate({ to: '/training/$run', params: { run } });
    } catch (error) {
      if (error instanceof HttpFailure) toast.showFailure(error);
    }
  };
}
