import { useQuery, useQueryClient } from '@tanstack/react-query';
import { actingTemplates, type TemplatesChanged, templatesChanged } from '@threerings/core/wire/acting';
import { useState } from 'react';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';

const key = ['acting-templates'] as const;

export function useTemplates() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request('/api/acting-templates', actingTemplates, { signal }),
    staleTime: 60_000,
  });
}

export function useSaveTemplates() {
  const { csrf } = useMe();
  const toast = useToast();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  /** undefined: it was not saved, and a toast says why */
  const save = async (body: { state: string; note: string; templates: unknown[] }): Promise<TemplatesChanged | undefined> => {
    setBusy(true);
    try {
      const answer = await request('/api/acting-templates', templatesChanged, { method: 'PUT', body, csrf });
      if (answer.faults.length === 0) await queries.invalidateQueries({ queryKey: key });
      return answer;
    } catch (error) {
      if (error instanceof HttpFailure) toast.showFailure(error);
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy };
}
