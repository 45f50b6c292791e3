import type { EntryVersionOnWire, VersionChange } from '@threerings/core/wire/knowledge';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { knowledgeKey } from './use-knowledge.ts';

interface VersionActsProps {
  readonly entry: string;
  readonly version: EntryVersionOnWire;
  readonly edits: boolean;
}

/** Send for review, approve, return, withdraw: what this person may do with this version now. */
export function VersionActs({ entry, version, edits }: VersionActsProps) {
  const t = useWords();
  const person = useMe();
  const { run, busy } = useAct(knowledgeKey);
  const [note, setNote] = useState('');
  const reviews = edits || hasRole(person, 'reviewer');
  const change = (body: VersionChange) => void run(`/api/knowledge/${entry}/versions/${version.version}`, body);
  const reason = note.trim() === '' ? t('knowledge.reason-missing') : undefined;
  const own = version.author === person.agent ? t('knowledge.own-review') : undefined;
  if (version.state === 'draft' && edits)
    return (
      <Button tone="primary" busy={busy} onClick={() => change({ do: 'submit' })}>
        {t('knowledge.do.submit')}
      </Button>
    );
  if (!reviews || (version.state !== 'in-review' && version.state !== 'live')) return null;
  const back = version.state === 'in-review' ? 'reject' : 'withdraw';
  return (
    <>
      {version.state === 'in-review' && (
        <Button tone="primary" busy={busy} blocked={own} onClick={() => change({ do: 'approve' })}>
          {t('knowledge.do.approve')}
        </Button>
      )}
      <span className="grow" />
      <Input
        aria-label={t('knowledge.reason')}
        placeholder={t('knowledge.reason')}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button busy={busy} blocked={reason} blockedShownElsewhere onClick={() => change({ do: back, note })}>
        {t(`knowledge.do.${back}`)}
      </Button>
    </>
  );
}
