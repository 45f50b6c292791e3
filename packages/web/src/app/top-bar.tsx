import { Keyboard } from 'lucide-react';
import { IconButton } from '../ui/button.tsx';
import { AgentHealth } from './agent-health.tsx';
import { hotlineTitle } from './hotline-title.ts';
import { useWords } from './i18n/use-words.ts';
import { PresenceMenu } from './presence-menu.tsx';
import { hasRole, useMe } from './session.ts';

export function TopBar({ onShowKeys }: { onShowKeys: () => void }) {
  const t = useWords();
  const person = useMe();
  return (
    <header className="top-bar">
      <b className="strong">{hotlineTitle(person.hotline)}</b>
      {person.demo && (
        <span className="chip" data-tone="outline">
          {t('app.demo')}
        </span>
      )}
      <span className="grow" />
      <AgentHealth />
      {hasRole(person, 'agent') && <PresenceMenu />}
      <IconButton label={t('settings.keys')} onClick={onShowKeys}>
        <Keyboard size={18} aria-hidden />
      </IconButton>
      <span>
        <b className="strong">{person.name}</b> <span className="t3 num">{person.agent}</span>
      </span>
    </header>
  );
}
