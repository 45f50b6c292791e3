import { Link } from '@tanstack/react-router';
import { AudioLines, Phone, PhoneOff, Wifi, WifiOff } from 'lucide-react';
import { useLiveState } from '../live/use-live.ts';
import { usePhoneState } from '../softphone/use-phone.ts';
import { VerdictIcon } from '../ui/verdict.tsx';
import { useWords } from './i18n/use-words.ts';
import { hasRole, useMe } from './session.ts';

/** Line and transcript health in words. */
export function AgentHealth() {
  const t = useWords();
  const person = useMe();
  const open = useLiveState((state) => state.link.kind === 'open');
  const transcribed = useLiveState((state) => state.views.desk?.view.call?.transcribed);
  const phone = usePhoneState();
  return (
    <span className="health">
      <span data-ok={open}>
        {open ? <Wifi size={14} aria-hidden /> : <WifiOff size={14} aria-hidden />}
        {t(open ? 'health.server-ok' : 'health.server-lost')}
      </span>
      {hasRole(person, 'agent') && (
        <Link to="/headset" data-ok={phone.line === 'connected' || phone.line === 'off'}>
          {phone.line === 'connected' ? <Phone size={14} aria-hidden /> : <PhoneOff size={14} aria-hidden />}
          {t(phone.line === 'connected' ? 'health.phone-ok' : 'health.phone-off')}
        </Link>
      )}
      {transcribed !== undefined && (
        <span>
          {transcribed ? <AudioLines size={14} aria-hidden /> : <VerdictIcon standing="unknown" size={14} />}
          {t(transcribed ? 'health.text-ok' : 'health.text-none')}
        </span>
      )}
    </span>
  );
}
