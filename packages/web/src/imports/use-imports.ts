import { useQuery } from '@tanstack/react-query';
import { type ImportKind, type ImportReport, importForm, importReport } from '@threerings/core/wire/imports';
import { refusal } from '@threerings/core/wire/refusal';
import { z } from 'zod';
import { HttpFailure, request } from '../app/http.ts';

export function useImportForms() {
  return useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => request('/api/imports', z.array(importForm), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Sends a table to be looked at, or, with the digest of what was looked at, to be written. Throws `HttpFailure` only. */
export async function sendTable(kind: ImportKind, file: File, csrf: string, apply?: string): Promise<ImportReport> {
  const query = new URLSearchParams({ file: file.name.slice(-200), ...(apply === undefined ? {} : { apply }) });
  const headers = { 'content-type': 'application/octet-stream', 'x-csrf-token': csrf, 'accept-language': document.documentElement.lang };
  const response = await fetch(`/api/imports/${kind}?${query}`, { method: 'POST', headers, credentials: 'same-origin', body: file }).catch(
    () => {
      throw new HttpFailure('network', 0);
    },
  );
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const said = refusal.safeParse(body);
    throw new HttpFailure(response.status >= 500 ? 'server' : 'refused', response.status, said.data);
  }
  const read = importReport.safeParse(body);
  if (!read.success) throw new HttpFailure('shape', response.status);
  return read.data;
}
