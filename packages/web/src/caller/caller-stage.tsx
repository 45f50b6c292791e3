import { Grid3x3, Mic, MicOff, PhoneCall, PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useOwnNow } from '../live/clock.ts';
import { CallbackForm } from './callback-form.tsx';
import { type CallerCallState, type StatePush, shownSince } from './caller-call.ts';
import type { CallerActions } from './caller-page.tsx';
import { Keypad } from './keypad.tsx';
import { AfterCall, Held, Queued, Talking, Waiting } from './stage-words.tsx';
import { Problem } from './start-call.tsx';

interface CallerStageProps {
  readonly call: CallerActions;
  readonly state: CallerCallState;
  readonly push: StatePush;
}

/** A call under way or just over: where one stands in words, then what one can do. */
export function CallerStage({ call, state, push }: CallerStageProps) {
  const [panel, setPanel] = useState<'none' | 'keypad' | 'callback'>('none');
  const ended = push.state === 'ended';
  const nobody = push.state === 'nobody';
  const showForm = panel === 'callback' || (nobody && push.promise === undefined);
  return (
    <>
      <div className="caller-middle">
        <StageWords push={push} heardAt={state.heardAt} asked={state.callbackAsked} />
        {push.recording && !ended && !nobody && <Recorded />}
        {state.problem !== undefined && <Problem problem={state.problem} />}
        {panel === 'keypad' && !ended && <Keypad onDigit={(digit) => call.send({ kind: 'digit', digit })} />}
        {showForm && !ended && <CallbackForm asked={state.callbackAsked} onAsk={call.askCallback} />}
      </div>
      {ended || nobody ? (
        <After call={call} nobody={nobody} />
      ) : (
        <During call={call} state={state} push={push} panel={panel} onPanel={setPanel} />
      )}
    </>
  );
}

function StageWords({ push, heardAt, asked }: { push: StatePush; heardAt: number; asked: boolean }) {
  const now = useOwnNow();
  switch (push.state) {
    case 'queued':
      return <Queued position={push.position} waitedMs={now - shownSince(push.since, heardAt)} />;
    case 'talking':
      return <Talking agentNumber={push.agentNumber} talkedMs={now - shownSince(push.since, heardAt)} />;
    case 'held':
      return (
        <Held hold={push.hold} agentNumber={push.agentNumber} since={shownSince(push.hold?.startedAt ?? push.since, heardAt)} now={now} />
      );
    case 'ended':
    case 'nobody':
      return <AfterCall nobody={push.state === 'nobody'} asked={asked} dueAt={push.promise?.dueAt} now={now} />;
    default:
      return <Waiting state={push.state} />;
  }
}

function Recorded() {
  const t = useWords();
  return <p className="caller-note">{t('call-page.being-recorded')}</p>;
}

interface DuringProps extends CallerStageProps {
  readonly panel: 'none' | 'keypad' | 'callback';
  readonly onPanel: (panel: 'none' | 'keypad' | 'callback') => void;
}

function During({ call, state, push, panel, onPanel }: DuringProps) {
  const t = useWords();
  const waiting = push.state === 'queued' || push.state === 'held';
  const flip = (wanted: 'keypad' | 'callback') => onPanel(panel === wanted ? 'none' : wanted);
  return (
    <div className="caller-actions">
      {waiting && (
        <button type="button" className="caller-button" aria-expanded={panel === 'callback'} onClick={() => flip('callback')}>
          <PhoneCall size={20} aria-hidden />
          {t('call-page.callback')}
        </button>
      )}
      <div className="caller-row">
        <button type="button" className="caller-round" aria-pressed={state.muted} onClick={call.toggleMute}>
          {state.muted ? <MicOff size={24} aria-hidden /> : <Mic size={24} aria-hidden />}
          {t(state.muted ? 'call-page.unmute' : 'call-page.mute')}
        </button>
        <button type="button" className="caller-round" aria-expanded={panel === 'keypad'} onClick={() => flip('keypad')}>
          <Grid3x3 size={24} aria-hidden />
          {t('call-page.keypad')}
        </button>
        <button type="button" className="caller-round" data-tone="hang" onClick={call.hangUp}>
          <PhoneOff size={24} aria-hidden />
          {t('call-page.hang-up')}
        </button>
      </div>
    </div>
  );
}

function After({ call, nobody }: { call: CallerActions; nobody: boolean }) {
  const t = useWords();
  return (
    <div className="caller-actions">
      <button type="button" className="caller-button" onClick={nobody ? call.hangUp : call.close}>
        {nobody && <PhoneOff size={20} aria-hidden />}
        {t(nobody ? 'call-page.hang-up' : 'call-page.again')}
      </button>
    </div>
  );
}
