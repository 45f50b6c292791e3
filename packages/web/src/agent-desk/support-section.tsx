import type { SupportView } from '@threerings/core/wire/desk';
import { LifeBuoy } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { onEscape, useKeys } from '../app/keys.ts';
import { clock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { useNameOf } from './use-colleagues.ts';

interface SupportSectionProps {
  readonly supports: readonly SupportView[];
  /** the call for which somebody can be asked to come; absent = between calls, where requests are only followed */
  readonly interaction?: string | undefined;
}

/** 现场支撑: ask somebody to come to the desk, see who comes and how long is left, and say what came of it. */
export function SupportSection({ supports, interaction }: SupportSectionProps) {
  const asked = supports.some((support) => support.interaction === interaction);
  return (
    <>
      {supports.map((support) => (
        <SupportRow key={support.interaction} support={support} />
      ))}
      {interaction !== undefined && !asked && <AskSupport interaction={interaction} />}
    </>
  );
}

function AskSupport({ interaction }: { interaction: string }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  const [topic, setTopic] = useState<string | undefined>(undefined);
  useKeys({ support: () => setTopic((before) => before ?? '') });
  if (topic === undefined)
    return (
      <div className="row">
        <Button size="small" icon={<LifeBuoy size={14} aria-hidden />} hint="Alt Y" onClick={() => setTopic('')}>
          {t('support.ask')}
        </Button>
      </div>
    );
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (topic.trim() !== '') void run({ kind: 'request-support', interaction, topic: topic.trim() });
  };
  return (
    <form className="row row-wrap" onSubmit={ask}>
      <Input
        autoFocus
        className="grow"
        aria-label={t('support.topic')}
        placeholder={t('support.topic')}
        maxLength={100}
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
        onKeyDown={(event) => onEscape(event, () => setTopic(undefined))}
      />
      <Button
        type="submit"
        size="small"
        tone="primary"
        busy={pending.has('request-support')}
        blocked={topic.trim() === '' ? t('support.topic') : undefined}
        blockedShownElsewhere
      >
        {t('support.send')}
      </Button>
    </form>
  );
}

function SupportRow({ support }: { support: SupportView }) {
  const t = useWords();
  const now = useNow(1000);
  const nameOf = useNameOf();
  const { run, pending } = useDeskCommand();
  const { interaction, topic, dueAt, busy, late, helper } = support;
  const closing = pending.has('close-support');
  const close = (outcome: 'answered' | 'callback' | 'none') => void run({ kind: 'close-support', interaction, outcome });
  const left = dueAt > now ? t('support.left', { time: clock(dueAt - now) }) : t('support.over', { time: clock(now - dueAt) });
  const standing = helper !== undefined ? 'comes' : late ? 'late' : busy ? 'busy' : 'waits';
  return (
    <section className="proposal stack" data-late={late} role="status" aria-label={t('support.title')}>
      <p className="row">
        <LifeBuoy size={16} aria-hidden />
        <b className="grow">{topic}</b>
        {helper === undefined && <time className="num">{left}</time>}
      </p>
      <p className="meta">{t(`support.${standing}`, { who: helper === undefined ? '' : nameOf(helper) })}</p>
      <div className="row row-wrap">
        {helper === undefined ? (
          <Button size="small" tone="text" busy={closing} onClick={() => close('none')}>
            {t('support.withdraw')}
          </Button>
        ) : (
          <>
            <Button size="small" tone="primary" busy={closing} onClick={() => close('answered')}>
              {t('support.answered')}
            </Button>
            <Button size="small" busy={closing} onClick={() => close('callback')}>
              {t('support.callback')}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
