import type { DeskView } from '@threerings/core/wire/desk';
import { Coffee } from 'lucide-react';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';

type Rest = DeskView['rest'];

/** 申请小休: one press, and no reason. */
export function RestButton({ rest, size = 'normal' }: { rest: Rest; size?: 'normal' | 'large' }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  return (
    <Button
      size={size}
      hint="Alt S"
      icon={<Coffee size={16} aria-hidden />}
      pressed={rest !== undefined}
      busy={pending.has('ask-rest')}
      title={t('rest.note')}
      onClick={() => void run({ kind: 'ask-rest', wish: 'rest' })}
    >
      {t(rest === undefined ? 'rest.ask' : rest.granted ? 'rest.granted' : 'rest.asked')}
    </Button>
  );
}

/** How a rest stands: asked for, granted, so much left, or over. */
export function RestStanding({ rest }: { rest: NonNullable<Rest> }) {
  const t = useWords();
  const now = useNow(1000);
  const { granted, until, wish } = rest;
  if (!granted) return <>{t(wish === 'talk' ? 'rest.talk-waits' : 'rest.waits')}</>;
  if (until === undefined) return <>{t('rest.after-call')}</>;
  return <>{until > now ? t('rest.left', { time: clock(until - now) }) : t('rest.over', { time: clock(now - until) })}</>;
}
