import { Keyboard } from 'lucide-react';
import { Sheet } from '../ui/sheet.tsx';
import { useWords } from './i18n/use-words.ts';
import { keyList } from './keys.ts';

export function KeysSheet({ onClose }: { onClose: () => void }) {
  const t = useWords();
  return (
    <Sheet
      side
      title={t('keys.title')}
      icon={<Keyboard size={16} aria-hidden />}
      onClose={onClose}
      footer={<p className="meta">{t('keys.note')}</p>}
    >
      <dl className="keys-list">
        {keyList.map(({ keys, word }) => (
          <KeyRow key={word} keys={keys} text={t(word)} />
        ))}
      </dl>
    </Sheet>
  );
}

function KeyRow({ keys, text }: { keys: string; text: string }) {
  return (
    <>
      <dt>
        <kbd>{keys}</kbd>
      </dt>
      <dd>{text}</dd>
    </>
  );
}
