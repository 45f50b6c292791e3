import type { CallView, DeskCommand } from '@threerings/core/wire/desk';
import {
  ArrowLeftRight,
  BookOpen,
  Grid3x3,
  HandHelping,
  Mic,
  MicOff,
  Pause,
  PhoneIncoming,
  PhoneOff,
  Play,
  Siren,
  Star,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { clock, wideClock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { LeaderOnCall } from './monitoring.tsx';
import './call-bar.css';

interface CallBarProps {
  readonly call: CallView;
  readonly pending: ReadonlySet<DeskCommand['kind']>;
  readonly openSheet: 'hold' | 'transfer' | 'keypad' | 'emergency' | 'knowledge' | 'acting' | 'guard' | undefined;
  readonly onMute: () => void;
  readonly onHold: () => void;
  readonly onTransfer: () => void;
  readonly onKeypad: () => void;
  readonly onEmergency: () => void;
  readonly onKnowledge: () => void;
  readonly onActing: () => void;
  readonly onRelease: () => void;
  readonly onSurvey: () => void;
  readonly onPauseRecording: () => void;
}

export function CallBar(props: CallBarProps) {
  const { call, pending, openSheet, onMute, onHold, onTransfer, onKeypad, onEmergency, onKnowledge, onActing, onRelease, onSurvey } = props;
  const t = useWords();
  const { hold, muted, transfer } = call;
  const waits = hold !== undefined || (transfer !== undefined && !transfer.joined);
  return (
    <section className="call-bar" data-state={waits ? 'hold' : 'talking'} aria-label={t('call.bar')} data-column="call-bar">
      <CallerName call={call} />
      <LeaderOnCall call={call} />
      <CallClock call={call} busy={pending.has('pause-recording')} onPauseRecording={props.onPauseRecording} />
      <div className="call-controls">
        <span className="meta" aria-hidden>
          Alt +
        </span>
        <Control label={t(muted ? 'call.unmute' : 'call.mute')} letter="M" on={muted} onClick={onMute}>
          {muted ? <MicOff size={18} aria-hidden /> : <Mic size={18} aria-hidden />}
        </Control>
        <Control
          label={t(transfer !== undefined ? 'transfer.take-back' : hold === undefined ? 'call.hold' : 'call.return')}
          letter="H"
          on={openSheet === 'hold'}
          strong={hold !== undefined || transfer !== undefined}
          busy={pending.has('hold') || pending.has('resume')}
          onClick={onHold}
        >
          {hold === undefined && transfer === undefined ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
        </Control>
        <Control
          label={t(transfer === undefined ? 'call.transfer' : 'transfer.release')}
          letter="T"
          on={openSheet === 'transfer'}
          strong={transfer?.state === 'accepted'}
          busy={pending.has('transfer') || pending.has('transfer-step')}
          onClick={onTransfer}
        >
          <ArrowLeftRight size={18} aria-hidden />
        </Control>
        <Control label={t('call.keypad')} letter="K" on={openSheet === 'keypad'} onClick={onKeypad}>
          <Grid3x3 size={18} aria-hidden />
        </Control>
        <Control label={t('call.emergency')} letter="X" on={openSheet === 'emergency'} onClick={onEmergency}>
          <Siren size={18} aria-hidden />
        </Control>
        <Control label={t('knowledge.title')} letter="J" on={openSheet === 'knowledge'} onClick={onKnowledge}>
          <BookOpen size={18} aria-hidden />
        </Control>
        <Control label={t('acting.title')} letter="B" on={openSheet === 'acting'} onClick={onActing}>
          <HandHelping size={18} aria-hidden />
        </Control>
        {call.survey === true && (
          <Control label={t('survey.offer')} letter="V" on={false} busy={pending.has('offer-survey')} onClick={onSurvey}>
            <Star size={18} aria-hidden />
          </Control>
        )}
        <button type="button" className="call-end" aria-busy={pending.has('release')} onClick={onRelease} aria-keyshortcuts="Alt+Q">
          <PhoneOff size={18} aria-hidden />
          {t('call.end')}
          <kbd aria-hidden>Q</kbd>
        </button>
      </div>
    </section>
  );
}

export function CallerName({ call }: { call: Pick<CallView, 'caller'> }) {
  const t = useWords();
  const { number, channel, queue } = call.caller;
  return (
    <div className="call-who">
      <PhoneIncoming size={18} aria-hidden />
      <b className="num">{number ?? t('caller.hidden')}</b>
      <span className="meta">
        {wordOfCode(t, 'channel', channel)}
        {queue !== undefined && ` · ${queue}`}
      </span>
    </div>
  );
}

function CallClock({ call, ...rest }: { call: CallView; busy: boolean; onPauseRecording: () => void }) {
  const t = useWords();
  const now = useNow(250);
  const { hold, muted, mediaConnected, transfer } = call;
  const talked = now - call.answeredAt;
  if (transfer !== undefined && !transfer.joined) {
    return (
      <div className="call-clock">
        <time className="call-time">{wideClock(now - transfer.startedAt)}</time>
        <span>
          <b>{t('transfer.under-way')}</b>
          <span className="meta">{t('call.talked', { time: wideClock(talked) })}</span>
        </span>
      </div>
    );
  }
  if (hold !== undefined) {
    return (
      <div className="call-clock">
        <time className="call-time">{wideClock(now - hold.startedAt)}</time>
        <span>
          <b>{t('call.held-limit', { limit: clock(hold.limitMs) })}</b>
          <span className="meta">{t('call.talked', { time: wideClock(talked) })}</span>
        </span>
      </div>
    );
  }
  return (
    <div className="call-clock">
      <time className="call-time">{wideClock(talked)}</time>
      <span>
        <b data-alert={muted || !mediaConnected}>
          {t(!mediaConnected ? 'call.no-sound' : call.announcing === true ? 'call.announcing' : muted ? 'call.muted' : 'call.talking')}
        </b>
        <RecordingState call={call} now={now} {...rest} />
      </span>
    </div>
  );
}

/** Before the caller says a card number or a password the recording is stopped with one press. */
function RecordingState({
  call: { recording, recordingPaused: paused },
  now,
  busy,
  onPauseRecording,
}: {
  call: CallView;
  now: number;
  busy: boolean;
  onPauseRecording: () => void;
}) {
  const t = useWords();
  const state = paused ? t('call.recording-paused', { time: clock(Math.max(0, paused.until - now)) }) : undefined;
  return (
    <span className="meta call-recording" data-paused={paused !== undefined}>
      {state ?? t(recording ? 'call.recording' : 'call.not-recording')}
      {(recording || paused !== undefined) && (
        <button type="button" aria-keyshortcuts="Alt+Z" aria-busy={busy} onClick={() => !busy && onPauseRecording()}>
          {t(paused === undefined ? 'call.pause-recording' : 'call.resume-recording')} <kbd aria-hidden>Z</kbd>
        </button>
      )}
    </span>
  );
}

interface ControlProps {
  readonly label: string;
  readonly letter: string;
  readonly on: boolean;
  readonly strong?: boolean;
  readonly busy?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Control({ label, letter, on, strong, busy, onClick, children }: ControlProps) {
  return (
    <button
      type="button"
      className="call-control"
      aria-pressed={on}
      aria-busy={busy}
      data-strong={strong}
      aria-keyshortcuts={`Alt+${letter}`}
      onClick={() => busy !== true && onClick()}
    >
      <span className="call-control-sign">
        {children}
        <kbd aria-hidden>{letter}</kbd>
      </span>
      {label}
    </button>
  );
}
