import type { DeskView } from '@threerings/core/wire/desk';
import { useWords } from '../app/i18n/use-words.ts';
import { hasRole, useMe } from '../app/session.ts';
import { useDesk } from '../live/use-live.ts';
import { DialScreen } from '../outbound/dial-screen.tsx';
import { Loading, NoPermission } from '../ui/states.tsx';
import { CallScreen } from './call-screen.tsx';
import { ConsultScreen } from './consult-screen.tsx';
import { IdleScreen } from './idle-screen.tsx';
import { RingPanel } from './ring-panel.tsx';
import { WrapUpScreen } from './wrap-up-screen.tsx';
import './desk.css';

/** The agent's work area. What it shows follows from the server's view alone, so a reload stands where it stood. */
export function DeskPage() {
  const t = useWords();
  const person = useMe();
  const desk = useDesk();
  if (!hasRole(person, 'agent')) return <NoPermission roles={[t('role.agent')]} />;
  if (desk === undefined) return <Loading what={t('nav.desk')} />;
  return <DeskScreen view={desk.view} />;
}

function DeskScreen({ view }: { view: DeskView }) {
  const { call, wrapUp, ring, consult, dialling } = view;
  if (consult !== undefined) return <ConsultScreen key={consult.leg} consult={consult} />;
  if (wrapUp !== undefined) return <WrapUpScreen key={wrapUp.interaction} view={view} wrapUp={wrapUp} />;
  if (call !== undefined && call.endedAt === undefined) return <CallScreen key={call.interaction} view={view} call={call} />;
  if (ring !== undefined) return <RingPanel key={ring.leg} ring={ring} />;
  if (dialling !== undefined) return <DialScreen key={dialling.interaction} dial={dialling} />;
  return <IdleScreen view={view} />;
}
