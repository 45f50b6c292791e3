import type { EntryHit } from '@threerings/core/wire/knowledge';
import { BookOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Target } from '../agent-desk/transfer.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { useToast } from '../app/toast.tsx';
import { useAct } from '../app/use-act.ts';
import { uuid } from '../app/uuid.ts';
import { DirectoryBeside } from '../directory/directory-beside.tsx';
import { OutagesBeside } from '../outages/outages-beside.tsx';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { EntryView } from './entry-view.tsx';
import { KnowledgeList } from './knowledge-list.tsx';
import { useEntry } from './use-knowledge.ts';
import './knowledge.css';

type OutsideTarget = Extract<Target, { readonly kind: 'outside' }>;

const kinds = ['article', 'reply', 'directory', 'outages'] as const;
type Kind = (typeof kinds)[number];

interface KnowledgeSheetProps {
  readonly interaction: string;
  readonly onClose: () => void;
  /** beside a call: the caller is put through to an entry of the directory; absent = not from here */
  readonly onTransfer?: (to: OutsideTarget) => void;
}

/** Articles, quick replies, the directory and outages beside a call: what is opened and told here is remembered with the caller. */
export function KnowledgeSheet({ interaction, onClose, onTransfer }: KnowledgeSheetProps) {
  const t = useWords();
  const [kind, setKind] = useState<Kind>('article');
  const [words, setWords] = useState('');
  const [open, setOpen] = useState<string | undefined>(undefined);
  const { run, busy } = useAct();
  const toast = useToast();
  const show = (hit: EntryHit, hits: number) => {
    setOpen(hit.entry);
    void run(`/api/knowledge/${hit.entry}/open`, { interaction, ...(words.trim() === '' ? {} : { keywords: words, hits }) });
  };
  const notFound = async () => {
    if (await run('/api/knowledge-gaps', { gap: uuid(), kind: 'not-found', words, interaction })) toast.show(t('knowledge.gap-noted'));
  };
  return (
    <Sheet
      icon={<BookOpen size={16} aria-hidden />}
      title={t('knowledge.title')}
      onClose={onClose}
      style={{ insetInlineEnd: 8, top: 68, width: 596, height: 'calc(100vh - 120px)', maxHeight: 'none' }}
    >
      <div className="knowledge-beside">
        <div className="row">
          <Segmented<Kind>
            label={t('knowledge.kind')}
            value={kind}
            onChange={(next) => {
              setKind(next);
              setWords('');
              setOpen(undefined);
            }}
            options={kinds.map((value) => ({ value, label: t(`knowledge.kind.${value}`) }))}
          />
          <span className="grow" />
          {words.trim() !== '' && (
            <Button size="small" busy={busy} onClick={() => void notFound()}>
              {t('knowledge.not-found')}
            </Button>
          )}
        </div>
        {kind === 'directory' ? (
          <DirectoryBeside interaction={interaction} onTransfer={onTransfer} />
        ) : kind === 'outages' ? (
          <OutagesBeside interaction={interaction} />
        ) : open === undefined ? (
          <KnowledgeList key={kind} kind={kind} interaction={interaction} words={words} onWords={setWords} onOpen={show} focused />
        ) : (
          <OpenEntry interaction={interaction} entry={open} onBack={() => setOpen(undefined)} />
        )}
      </div>
    </Sheet>
  );
}

function OpenEntry({ interaction, entry, onBack }: { interaction: string; entry: string; onBack: () => void }) {
  const t = useWords();
  const { agentNumber, name } = useSelf();
  const detail = useEntry(entry);
  // What had the focus is gone: without it Esc would not reach the sheet.
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => back.current?.focus(), []);
  const { run, busy } = useAct();
  const toast = useToast();
  const version = detail.data?.versions.find(({ state }) => state === 'live');
  const answered = async () => {
    if (await run('/api/knowledge-answers', { interaction, entry, outcome: 'answered' })) toast.show(t('knowledge.answer-noted'));
  };
  const wrong = async () => {
    if (await run('/api/knowledge-gaps', { gap: uuid(), kind: 'wrong', entry, interaction })) toast.show(t('knowledge.gap-noted'));
  };
  return (
    <>
      <div className="scroll grow">
        {detail.isPending && <Loading what={t('knowledge.title')} />}
        {detail.isError && <Failed error={detail.error} onRetry={() => void detail.refetch()} />}
        {detail.data !== undefined && version !== undefined && (
          <EntryView detail={detail.data} version={version} values={{ 工号: agentNumber, 坐席: name }} />
        )}
      </div>
      <div className="row row-wrap">
        <Button ref={back} onClick={onBack}>
          {t('action.back')}
        </Button>
        {detail.data?.kind === 'article' && (
          <Button tone="primary" busy={busy} onClick={() => void answered()}>
            {t('knowledge.answered')}
          </Button>
        )}
        <span className="grow" />
        <Button tone="text" busy={busy} onClick={() => void wrong()}>
          {t('knowledge.wrong')}
        </Button>
      </div>
    </>
  );
}

function useSelf() {
  const { agent, name } = useMe();
  return { agentNumber: agent, name };
}
