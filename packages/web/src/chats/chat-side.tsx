import type { ChatRow } from '@threerings/core/wire/chat';
import { RecordCard } from '../agent-desk/record-card.tsx';
import type { RecordState } from '../agent-desk/use-record.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { Segmented } from '../ui/segmented.tsx';
import { ChatGuide } from './chat-guide.tsx';
import { ChatIdentity } from './chat-identity.tsx';
import { ChatPromises } from './chat-promises.tsx';
import { useChatAct } from './use-chat-act.ts';

export const sideTabs = ['norms', 'record', 'promises', 'identity'] as const;
export type SideTab = (typeof sideTabs)[number];

interface ChatSideProps {
  readonly row: ChatRow;
  readonly tab: SideTab;
  readonly onTab: (tab: SideTab) => void;
  readonly record: RecordState;
  readonly about: string | undefined;
}

/** Beside the conversation: what the norms say, and what is written down of the customer. */
export function ChatSide({ row, tab, onTab, record, about }: ChatSideProps) {
  const t = useWords();
  const { interaction } = row;
  const { run } = useChatAct();
  return (
    <>
      <Segmented
        label={t('chats.beside')}
        value={tab}
        onChange={onTab}
        options={sideTabs.map((value) => ({ value, label: t(`chats.beside.${value}`) }))}
      />
      {tab === 'norms' && <ChatGuide interaction={interaction} />}
      {tab === 'record' && (
        <RecordCard
          chat
          record={record}
          savedAt={row.record?.savedAt}
          matter={row.matter}
          onMatter={(matter) => void run({ kind: 'set-matter', interaction, matter })}
        />
      )}
      {tab === 'promises' && <ChatPromises key={about ?? ''} interaction={interaction} about={about} />}
      {tab === 'identity' && <ChatIdentity interaction={interaction} name={row.name} />}
    </>
  );
}
