import { Link, useRouterState } from '@tanstack/react-router';
import { PhoneIncoming, PhoneOff, Volume2 } from 'lucide-react';
import { useEffect } from 'react';
import { useDeskCommand } from '../live/command.ts';
import { useDesk, useLiveState } from '../live/use-live.ts';
import type { DeviceProblem } from '../softphone/device.ts';
import { startRinging } from '../softphone/ringer.ts';
import { usePhone, usePhoneState } from '../softphone/use-phone.ts';
import { Button } from '../ui/button.tsx';
import type { Translate } from './i18n/translate.ts';
import { useWords } from './i18n/use-words.ts';
import { useKeys } from './keys.ts';
import { hasRole, useMe } from './session.ts';

/** The agent's line, on whatever screen: the phone runs for the shift, rings sound, and what is wrong with it is said. */
export function AgentLine() {
  return hasRole(useMe(), 'agent') ? <Line /> : null;
}

function Line() {
  const desk = useDesk();
  useShiftPhone(desk?.view.presence.state);
  useRingAcknowledgement();
  const consulted = desk?.view.consult !== undefined && desk.view.consult.answeredAt === undefined;
  const ringing = desk?.view.ring !== undefined || consulted;
  useEffect(() => (ringing ? startRinging() : undefined), [ringing]);
  useRingTitle(ringing);
  const onDesk = useRouterState({ select: (state) => state.location.pathname.startsWith('/desk') });
  const call = desk?.view.call;
  const deskTaken = desk?.view.wrapUp !== undefined || (call !== undefined && call.endedAt === undefined);
  return (
    <div className="agent-line">
      <PhoneTrouble />
      {ringing && (!onDesk || deskTaken) && <RingBar />}
    </div>
  );
}

/** The phone is up while the shift is: a reload finds the call again because the shift goes on at the server. */
function useShiftPhone(presence: string | undefined): void {
  const phone = usePhone();
  const muted = useLiveState((state) => state.views.desk?.view.call?.muted === true);
  const onShift = presence !== undefined && presence !== 'offline';
  useEffect(() => {
    if (onShift) phone.start();
    else if (presence === 'offline') phone.stop();
  }, [phone, onShift, presence]);
  useEffect(() => phone.muteHere(muted), [phone, muted]);
}

/** The agent clock starts when a device that can be answered on really rings, not when somebody was meant to hear it. */
function useRingAcknowledgement(): void {
  const ring = useLiveState((state) => state.views.desk?.view.ring);
  const connected = usePhoneState().line === 'connected';
  const { run } = useDeskCommand();
  const interaction = ring?.interaction;
  const leg = ring?.leg;
  const waiting = ring !== undefined && ring.agentSince === undefined;
  useEffect(() => {
    if (waiting && connected && interaction !== undefined && leg !== undefined)
      void run({ kind: 'ringing', interaction, leg }, { quiet: true });
  }, [waiting, connected, interaction, leg, run]);
}

/** The tab says that it rings, for who works in another one. */
function useRingTitle(ringing: boolean): void {
  const t = useWords();
  useEffect(() => {
    if (!ringing) return;
    const before = document.title;
    document.title = `☎ ${t('ring.incoming')}`;
    return () => {
      document.title = before;
    };
  }, [ringing, t]);
}

function RingBar() {
  const t = useWords();
  const ring = useLiveState((state) => state.views.desk?.view.ring ?? state.views.desk?.view.consult);
  const { run, pending } = useDeskCommand();
  const answer = () => {
    if (ring !== undefined && !pending.has('answer')) void run({ kind: 'answer', interaction: ring.interaction, leg: ring.leg });
  };
  useKeys({ answer });
  return (
    <div className="banner" data-tone="info" role="alert">
      <PhoneIncoming size={20} aria-hidden />
      <b className="strong grow">
        {t('ring.incoming')} {ring?.caller.number}
      </b>
      <Link to="/desk">{t('nav.desk')}</Link>
      <Button tone="call" hint="Enter" busy={pending.has('answer')} onClick={answer}>
        {t('ring.answer')}
      </Button>
    </div>
  );
}

function troubleWords(t: Translate, line: 'no-microphone' | 'lost' | 'elsewhere', problem: DeviceProblem, cause: string | undefined) {
  if (line === 'elsewhere') return { title: t('phone.line.elsewhere'), text: t('phone.elsewhere-text') };
  if (line === 'lost')
    return { title: t('phone.line.lost'), text: cause === undefined ? t('phone.lost-text') : `${t('phone.lost-text')} (${cause})` };
  return { title: t(`device.${problem}`), text: t(`device.${problem}-do`) };
}

function PhoneTrouble() {
  const t = useWords();
  const phone = usePhone();
  const { line, problem, cause, soundBlocked } = usePhoneState();
  if (soundBlocked) {
    return (
      <div className="banner" data-tone="warn" role="alert">
        <Volume2 size={18} aria-hidden />
        <b className="strong grow">{t('phone.sound-blocked')}</b>
        <Button size="small" onClick={phone.allowSound}>
          {t('phone.allow-sound')}
        </Button>
      </div>
    );
  }
  if (line !== 'no-microphone' && line !== 'lost' && line !== 'elsewhere') return null;
  const { title, text } = troubleWords(t, line, problem ?? 'other', cause);
  return (
    <div className="banner" data-tone="warn" role="alert">
      <PhoneOff size={18} aria-hidden />
      <div className="grow">
        <b className="strong">{title}</b>
        <p>{text}</p>
      </div>
      <Link to="/headset">{t('phone.test')}</Link>
      {line !== 'lost' && (
        <Button size="small" onClick={phone.start}>
          {t(line === 'elsewhere' ? 'phone.take' : 'phone.ask-again')}
        </Button>
      )}
    </div>
  );
}
