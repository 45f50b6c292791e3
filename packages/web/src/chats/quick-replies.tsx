import { X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { KnowledgeList } from '../knowledge/knowledge-list.tsx';
import { ReplySentence } from '../knowledge/reply-sentence.tsx';
import { StandingNote } from '../knowledge/standing.tsx';
import { useEntry } from '../knowledge/use-knowledge.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import '../knowledge/knowledge.css';

export interface UsedReply {
  readonly reply: string;
  readonly version: number;
}

interface QuickRepliesProps {
  readonly interaction: string;
  /** the customer's name as given */
  readonly name: string | undefined;
  readonly onUse: (sentence: string, used: UsedReply) => void;
  readonly onClose: () => void;
}

/** Stored replies above the box: found as one types, their slots filled, one that is out of date is said and not taken. */
export function QuickReplies({ interaction, name, onUse, onClose }: QuickRepliesProps) {
  const t = useWords();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<string | undefined>(undefined);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    if (open === undefined) onClose();
    else setOpen(undefined);
  };
  return (
    <section className="chat-replies" aria-label={t('chats.replies')} onKeyDown={keys}>
      <header className="row">
        <b className="grow">{t('chats.replies')}</b>
        <IconButton label={t('action.close')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {open === undefined ? (
        <KnowledgeList
          kind="reply"
          interaction={interaction}
          words={words}
          onWords={setWords}
          onOpen={({ entry }) => setOpen(entry)}
          focused
        />
      ) : (
        <Chosen entry={open} name={name} onUse={onUse} onBack={() => setOpen(undefined)} />
      )}
    </section>
  );
}

interface ChosenProps extends Pick<QuickRepliesProps, 'name' | 'onUse'> {
  readonly entry: string;
  readonly onBack: () => void;
}

function Chosen({ entry, name, onUse, onBack }: ChosenProps) {
  const t = useWords();
  const me = useMe();
  const detail = useEntry(entry);
  const version = detail.data?.versions.find(({ state }) => state === 'live');
  if (detail.isPending) return <Loading what={t('chats.replies')} rows={2} />;
  if (detail.isError) return <Failed error={detail.error} onRetry={() => void detail.refetch()} />;
  const stands = version?.standing === 'current' || version?.standing === 'review-due';
  const known = { 工号: me.agent, 坐席: me.name, ...(name === undefined ? {} : { 姓名: name, 称呼: name }) };
  return (
    <div className="stack chat-reply-chosen">
      {version === undefined ? (
        <p role="alert">{t('chats.reply-gone')}</p>
      ) : (
        <>
          <p className="row">
            <b>{version.title}</b>
            <StandingNote standing={version.standing} validUntil={version.validUntil} />
          </p>
          {stands ? (
            <ReplySentence
              text={version.body}
              values={known}
              onUse={(sentence) => onUse(sentence, { reply: entry, version: version.version })}
            />
          ) : (
            <>
              <p className="knowledge-sentence">{version.body}</p>
              <p role="alert">{t('chats.reply-expired')}</p>
            </>
          )}
        </>
      )}
      <Button size="small" onClick={onBack}>
        {t('action.back')}
      </Button>
    </div>
  );
}
