import { attachmentRow } from '@threerings/core/wire/attachments';
import { useCallback, useState } from 'react';
import { HttpFailure, request } from '../app/http.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { uuid } from '../app/uuid.ts';

/** Sends files into a conversation; what the server does not take, it says in a toast. */
export function useSendFile(interaction: string): { send(file: File): Promise<void>; readonly sending: boolean } {
  const { csrf } = useMe();
  const toast = useToast();
  const [underWay, setUnderWay] = useState(0);
  const send = useCallback(
    async (file: File) => {
      setUnderWay((count) => count + 1);
      const query = new URLSearchParams({ message: uuid(), name: file.name.slice(-300) || 'file' });
      try {
        await request(`/api/chats/${encodeURIComponent(interaction)}/files?${query}`, attachmentRow, { method: 'POST', bytes: file, csrf });
      } catch (error) {
        if (error instanceof HttpFailure) toast.showFailure(error);
      } finally {
        setUnderWay((count) => count - 1);
      }
    },
    [csrf, interaction, toast],
  );
  return { send, sending: underWay > 0 };
}
