import { useQuery } from '@tanstack/react-query';
import { attachmentRow } from '@threerings/core/wire/attachments';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { request } from '../app/http.ts';
import { useWords } from '../app/i18n/use-words.ts';

interface SaidFileProps {
  readonly interaction: string;
  readonly attachment: string;
  /** its name; absent: as the list of files knows it */
  readonly name?: string | undefined;
  readonly picture: boolean;
}

/** A file in a conversation: a picture as it is, everything to be saved; whether somebody looked for malware in it, and when it has gone why. */
export function SaidFile({ interaction, attachment, name: told, picture }: SaidFileProps) {
  const t = useWords();
  const [broken, setBroken] = useState(false);
  const { data } = useQuery({
    queryKey: ['chat-files', interaction, attachment],
    queryFn: () => request(`/api/chats/${encodeURIComponent(interaction)}/files`, z.array(attachmentRow)),
  });
  const row = data?.find((each) => each.attachment === attachment);
  const name = told ?? row?.name ?? '';
  const place = `/api/chats/${encodeURIComponent(interaction)}/files/${encodeURIComponent(attachment)}`;
  if (broken || row?.gone !== undefined) return <p>{t('chats.file-gone', { name })}</p>;
  return (
    <a className="said-file" href={place} download={name}>
      {picture ? <img src={place} alt={name} loading="lazy" onError={() => setBroken(true)} /> : <Download size={16} aria-hidden />}
      <span>
        {name}
        {row !== undefined && (
          <span className="meta">
            {t('chats.file-size', { kilobytes: Math.max(1, Math.round(row.bytes / 1024)) })}
            {!row.scanned && ` · ${t('chats.file-not-scanned')}`}
          </span>
        )}
      </span>
    </a>
  );
}
