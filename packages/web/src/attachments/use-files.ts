import { useQuery } from '@tanstack/react-query';
import { attachmentRow, filesOfMatter, type MatterOwner } from '@threerings/core/wire/attachments';
import { refusal } from '@threerings/core/wire/refusal';
import { HttpFailure, request } from '../app/http.ts';
import { uuid } from '../app/uuid.ts';

export const filesKey = (owner: MatterOwner) => ['files', owner.kind, owner.id] as const;

export function useFiles(owner: MatterOwner) {
  return useQuery({
    queryKey: filesKey(owner),
    queryFn: ({ signal }) => request(`/api/files?${new URLSearchParams(owner)}`, filesOfMatter, { signal }),
  });
}

/** Brings a file to a ticket or an article. Throws `HttpFailure` only. */
export async function bringFile(owner: MatterOwner, file: File, csrf: string): Promise<void> {
  const query = new URLSearchParams({ ...owner, file: file.name.slice(-200) });
  const headers = { 'content-type': 'application/octet-stream', 'x-csrf-token': csrf, 'accept-language': document.documentElement.lang };
  const response = await fetch(`/api/files/${uuid()}?${query}`, { method: 'PUT', headers, credentials: 'same-origin', body: file }).catch(
    () => {
      throw new HttpFailure('network', 0);
    },
  );
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new HttpFailure(response.status >= 500 ? 'server' : 'refused', response.status, refusal.safeParse(body).data);
  if (!attachmentRow.safeParse(body).success) throw new HttpFailure('shape', response.status);
}
