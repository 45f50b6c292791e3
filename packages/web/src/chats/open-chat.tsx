import type { ChatRow, ChatsView } from '@threerings/core/wire/chat';
import { useCallback, useRef, useState } from 'react';
import { useRecordDraft } from '../agent-desk/use-record.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useKeys } from '../app/keys.ts';
import { useToast } from '../app/toast.tsx';
import { ChatSide, type SideTab } from './chat-side.tsx';
import { Talk } from './talk.tsx';
import { useChatAct } from './use-chat-act.ts';

/** The open conversation with everything that belongs to it: words, record, promises, identity, norms. */
export function OpenChat({ row, view }: { row: ChatRow; view: ChatsView }) {
  const t = useWords();
  const toast = useToast();
  const [tab, setTab] = useState<SideTab>('norms');
  /** what a promise is about, where it begins from a message that did not arrive */
  const [about, setAbout] = useState<string | undefined>(undefined);
  const side = useRef<HTMLDivElement>(null);
  const closing = useChatAct();
  const { interaction, state } = row;
  const record = useChatRecord(row);
  const show = (next: SideTab) => {
    setTab(next);
    // What the tab begins with is there after the next frame.
    requestAnimationFrame(() => side.current?.querySelector<HTMLElement>('textarea, input')?.focus());
  };
  const promise = (of?: string) => {
    setAbout(of);
    show('promises');
  };
  const warned = useRef(false);
  const close = async () => {
    if (record.dirty && !(await record.save())) return;
    if (row.record === undefined && !record.dirty && !warned.current) {
      warned.current = true;
      toast.show(t('chats.record-missing'));
      return show('record');
    }
    await closing.run({ kind: 'close', interaction });
  };
  useKeys({
    record: () => show('record'),
    promise: () => promise(),
    save: () => void record.save(),
    'save-ready': () => state === 'ended' && void close(),
  });
  return (
    <>
      <Talk
        row={row}
        view={view}
        closing={closing.busy}
        onClose={() => void close()}
        onPromise={promise}
        onIdentity={() => show('identity')}
      />
      <div className="chat-side" ref={side}>
        <ChatSide row={row} tab={tab} onTab={setTab} record={record} about={about} />
      </div>
    </>
  );
}

function useChatRecord({ interaction, record }: ChatRow) {
  const { run, busy } = useChatAct();
  const store = useCallback(
    (content: NonNullable<typeof record>['content']) => run({ kind: 'save-record', interaction, record: content }),
    [run, interaction],
  );
  return useRecordDraft(interaction, record?.content, { store, saving: busy });
}
