import type { BoardAlert } from '@threerings/core/wire/board';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';

/** A caller insists on the leader: whoever leads takes the call, or has the caller called back. */
export function RequestAnswer({ alert: { interaction, agent } }: { alert: BoardAlert }) {
  const t = useWords();
  const me = useMe();
  const { run, busy } = useAct();
  if (interaction === undefined || agent === me.agent || !hasRole(me, 'leader')) return null;
  const answer = (takes: boolean) => void run('/api/board/leader', { do: { kind: 'answer-request', interaction, takes } });
  return (
    <>
      <Button size="small" tone="primary" busy={busy} onClick={() => answer(true)}>
        {t('leader-steps.take')}
      </Button>
      <Button size="small" busy={busy} onClick={() => answer(false)}>
        {t('leader-steps.later')}
      </Button>
    </>
  );
}
