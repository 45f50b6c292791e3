import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { AttachmentRow, MatterOwner } from '@threerings/core/wire/attachments';
import { Paperclip } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { shortTime } from '../app/time.ts';
import { useAct } from '../app/use-act.ts';
import { useNow } from '../live/clock.ts';
import { Button } from '../ui/button.tsx';
import { Failed } from '../ui/states.tsx';
import { bringFile, filesKey, useFiles } from './use-files.ts';
import './files.css';

/** The files of a ticket or an article: opened by being saved, brought and removed by who may. */
export function Files({ owner }: { owner: MatterOwner }) {
  const t = useWords();
  const { csrf, agent } = useMe();
  const queries = useQueryClient();
  const list = useFiles(owner);
  const bring = useMutation({
    mutationFn: (file: File) => bringFile(owner, file, csrf),
    onSuccess: () => queries.invalidateQueries({ queryKey: filesKey(owner) }),
  });
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return null;
  const { files, add, removeAny, mostMegabytes } = list.data;
  if (files.length === 0 && !add) return null;
  return (
    <section className="files" aria-label={t('files.title')}>
      <h3 className="meta strong row">
        <Paperclip size={14} aria-hidden /> {t('files.title')}
      </h3>
      <ul>
        {files.map((file) => (
          <Line key={file.attachment} file={file} owner={owner} removable={removeAny || (add && file.by === agent)} />
        ))}
      </ul>
      {add && (
        <label className="btn" data-tone="plain" data-size="small" aria-busy={bring.isPending || undefined}>
          <input
            type="file"
            className="visually-hidden"
            disabled={bring.isPending}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = '';
              if (file !== undefined) bring.mutate(file);
            }}
          />
          {t('files.add', { most: mostMegabytes })}
        </label>
      )}
      {bring.isError && <Failed error={bring.error} onRetry={() => bring.variables !== undefined && bring.mutate(bring.variables)} />}
    </section>
  );
}

function Line({ file, owner, removable }: { file: AttachmentRow; owner: MatterOwner; removable: boolean }) {
  const t = useWords();
  const now = useNow(60_000);
  const { run, busy } = useAct(filesKey(owner));
  const { attachment, name = t('files.nameless'), bytes, by, at, scanned, gone } = file;
  return (
    <li className="row row-wrap">
      {gone === undefined ? (
        <a href={`/api/files/${attachment}`} download={name}>
          {name}
        </a>
      ) : (
        <s>{name}</s>
      )}
      <span className="meta num">
        {sizeOf(bytes)} · {by} · {shortTime(at, now)}
        {gone !== undefined ? ` · ${t(`files.gone.${gone.why}`)}` : !scanned && ` · ${t('files.unscanned')}`}
      </span>
      {removable && gone === undefined && (
        <Button
          size="small"
          tone="text"
          busy={busy}
          aria-label={t('files.remove-one', { name })}
          onClick={() => void run(`/api/files/${attachment}/remove`)}
        >
          {t('files.remove')}
        </Button>
      )}
    </li>
  );
}

function sizeOf(bytes: number): string {
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
