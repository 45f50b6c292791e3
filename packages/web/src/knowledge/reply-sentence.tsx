import { fillSlots, slotsOf } from '@threerings/core/knowledge/slots';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { Button } from '../ui/button.tsx';
import { Field, Input } from '../ui/field.tsx';

interface ReplySentenceProps {
  readonly text: string;
  /** what the call or the conversation knows */
  readonly values: Readonly<Record<string, string>>;
  /** takes the finished sentence, for example into a chat's draft; absent = it is only said */
  readonly onUse?: (sentence: string) => void;
}

/** A quick reply with its slots filled; what is not known is asked for. */
export function ReplySentence({ text, values, onUse }: ReplySentenceProps) {
  const t = useWords();
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const filled = fillSlots(text, { ...values, ...given });
  const asked = slotsOf(text).filter((slot) => (values[slot] ?? '') === '');
  return (
    <div className="stack">
      <p className="knowledge-sentence">{filled.text}</p>
      {asked.map((slot) => (
        <Field key={slot} label={slot} inline>
          {(ids) => (
            <Input
              {...ids}
              maxLength={100}
              value={given[slot] ?? ''}
              onChange={(event) => setGiven({ ...given, [slot]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {onUse !== undefined && (
        <Button
          tone="primary"
          blocked={filled.missing.length === 0 ? undefined : t('knowledge.slots-missing', { slots: filled.missing.join(t('text.comma')) })}
          onClick={() => onUse(filled.text)}
        >
          {t('knowledge.use')}
        </Button>
      )}
    </div>
  );
}
