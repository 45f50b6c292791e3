import type { BoardAlert } from '@threerings/core/wire/board';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';

/** An agent asks for support: whoever leads goes there, or says that nobody can now. One's own request somebody else answers. */
export function SupportAnswer({ alert }: { alert: BoardAlert }) {
  const t = useWords();
  const me = useMe();
  const { run, busy } = useAct();
  const { interaction, agent, kind } = alert;
  if (interaction === undefined || agent === me.agent || !hasRole(me, 'leader')) return null;
  const answer = (comes: boolean) => void run('/api/board/leader', { do: { kind: 'answer-support', interaction, comes } });
  return (
    <>
      <Button size="small" tone="primary" busy={busy} onClick={() => answer(true)}>
        {t('support.go')}
      </Button>
      {kind === 'support' && (
        <Button size="small" busy={busy} onClick={() => answer(false)}>
          {t('support.all-busy')}
        </Button>
      )}
    </>
  );
}
