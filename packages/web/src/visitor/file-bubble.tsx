import { Download } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';

/** A picture as it is, any other file to be saved. The page's token opens it, so it comes by a request and not by an address. */
export function FileBubble({ name, picture, load }: { name: string; picture: boolean; load: () => Promise<Blob> }) {
  const t = useWords();
  const [shown, setShown] = useState<string | undefined>(undefined);
  const [failed, setFailed] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the file of a message is the same for ever
  useEffect(() => {
    if (!picture) return;
    let url: string | undefined;
    let gone = false;
    load().then(
      (blob) => {
        if (gone) return;
        url = URL.createObjectURL(blob);
        setShown(url);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [picture]);
  const save = async () => {
    try {
      const url = URL.createObjectURL(await load());
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch {
      setFailed(true);
    }
  };
  if (failed) return <p>{t('chat-page.file-gone', { name })}</p>;
  return (
    <button type="button" className="file-bubble" onClick={() => void save()}>
      {shown !== undefined ? <img src={shown} alt={name} /> : <Download size={18} aria-hidden />}
      <span>{name}</span>
    </button>
  );
}
