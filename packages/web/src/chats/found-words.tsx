import type { WordFinding } from '@threerings/core/wire/words';
import { Ban, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';

interface FoundWordsProps {
  readonly findings: readonly WordFinding[];
  readonly busy: boolean;
  /** puts what is meant in the place of what was found */
  readonly onCorrect: (found: string, instead: string) => void;
  readonly onSend: (reason: string) => void;
}

/** What the check found in the words that wait in the box: corrected with one press, or sent all the same where the pack allows it. */
export function FoundWords({ findings, busy, onCorrect, onSend }: FoundWordsProps) {
  const t = useWords();
  const localised = useTongue();
  const [reason, setReason] = useState('');
  const stopped = findings.some(({ level }) => level === 'stop');
  const wantsReason = findings.some(({ level }) => level === 'reason');
  const lacks = wantsReason && reason.trim() === '' ? t('chats.check-reason-missing') : undefined;
  return (
    <div className="found-words" role="alert">
      <ul>
        {findings.map(({ code, level, title, found, instead }) => (
          <li key={`${code} ${found}`} data-level={level}>
            {level === 'stop' ? <Ban size={16} aria-hidden /> : <TriangleAlert size={16} aria-hidden />}
            <span>
              <b>“{found}”</b> {localised(title)}
            </span>
            {instead !== undefined && (
              <Button size="small" onClick={() => onCorrect(found, instead)}>
                {t('chats.check-correct', { instead })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {stopped ? (
        <p>{t('chats.check-stopped')}</p>
      ) : (
        <div className="found-words-foot">
          {wantsReason && (
            <Input
              aria-label={t('chats.check-reason')}
              placeholder={t('chats.check-reason')}
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          <Button busy={busy} blocked={lacks} onClick={() => onSend(reason.trim())}>
            {t('chats.check-send')}
          </Button>
        </div>
      )}
    </div>
  );
}
