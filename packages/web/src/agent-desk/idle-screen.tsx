import { Link } from '@tanstack/react-router';
import type { DeskView } from '@threerings/core/wire/desk';
import { AudioLines, Headset, PhoneIncoming, PhoneOutgoing } from 'lucide-react';
import { useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { useKeys } from '../app/keys.ts';
import { useMe } from '../app/session.ts';
import { clock, shortTime } from '../app/time.ts';
import { UnreadCard } from '../bulletins/unread-card.tsx';
import { useInteractions } from '../interactions/use-interactions.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { DialSheetLater } from '../outbound/dial-button.tsx';
import { LastDial } from '../outbound/last-dial.tsx';
import { LevelBar } from '../softphone/level-bar.tsx';
import { useLevel, usePhoneState } from '../softphone/use-phone.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Empty, Failed, Loading } from '../ui/states.tsx';
import { Tallies } from '../verdicts/tallies.tsx';
import { RestButton, RestStanding } from '../wellbeing/rest.tsx';
import { AcknowledgeCard } from './monitoring.tsx';
import { PromisesCard } from './promises-card.tsx';
import './idle-screen.css';

/** Between calls: the shift, the phone, the promises that are due, and the last calls. */
export function IdleScreen({ view }: { view: DeskView }) {
  return (
    <div className="idle">
      <div className="desk-column">
        <ShiftCard view={view} />
        <UnreadCard />
        {view.acknowledge !== undefined && <AcknowledgeCard acknowledge={view.acknowledge} />}
        <PhoneCard />
      </div>
      <PromisesCard view={view} />
      <RecentCalls />
    </div>
  );
}

function ShiftCard({ view }: { view: DeskView }) {
  const t = useWords();
  const now = useNow();
  const { run, pending } = useDeskCommand();
  const { state, since, reason } = view.presence;
  const busy = pending.has('set-presence') || pending.has('sign-in-shift');
  const [dialling, setDialling] = useState(false);
  useKeys({
    'call-out': () => state !== 'offline' && setDialling(true),
    rest: () => state !== 'offline' && void run({ kind: 'ask-rest', wish: 'rest' }),
  });
  return (
    <section className="card idle-shift" data-state={state} aria-label={t('presence.change')}>
      <p className="row">
        <Headset size={22} aria-hidden />
        <b className="idle-state">{t(`presence.${state}`)}</b>
        {state !== 'offline' && since > 0 && <time className="idle-since">{clock(now - since)}</time>}
      </p>
      <p className="t2">
        {view.rest !== undefined && <RestStanding rest={view.rest} />}
        {view.rest === undefined &&
          ((state === 'paused' || reason === undefined ? undefined : wordOfCode(t, 'presence-reason', reason)) ??
            t(`idle.${state === 'ready' || state === 'offline' || state === 'paused' ? state : 'away'}`))}
      </p>
      {state === 'offline' ? (
        <Button tone="primary" size="large" busy={busy} onClick={() => void run({ kind: 'sign-in-shift' })}>
          {t('presence.sign-in')}
        </Button>
      ) : (
        <div className="row row-wrap">
          {(['ready', 'busy'] as const).map((choice) => (
            <Button
              key={choice}
              size="large"
              tone={choice === 'ready' && state !== 'ready' ? 'primary' : 'plain'}
              pressed={state === choice}
              busy={busy}
              onClick={() => void run({ kind: 'set-presence', state: choice })}
            >
              {t(`presence.${choice}`)}
            </Button>
          ))}
          <RestButton rest={view.rest} size="large" />
          <Button size="large" hint="Alt C" icon={<PhoneOutgoing size={16} aria-hidden />} onClick={() => setDialling(true)}>
            {t('dial.by-hand')}
          </Button>
          <span className="grow" />
          <Button tone="text" onClick={() => void run({ kind: 'sign-out-shift' })}>
            {t('presence.sign-out')}
          </Button>
        </div>
      )}
      {view.lastDial !== undefined && <LastDial last={view.lastDial} />}
      {dialling && <DialSheetLater whom={{}} onClose={() => setDialling(false)} />}
    </section>
  );
}

function PhoneCard() {
  const t = useWords();
  const { line, voice } = usePhoneState();
  const level = useLevel(voice);
  return (
    <Card
      icon={<PhoneIncoming size={16} aria-hidden />}
      title={t(`phone.line.${line}`)}
      aside={<Link to="/headset">{t('phone.test')}</Link>}
    >
      <div className="card-body row">
        <span className="meta">{t('phone.level')}</span>
        <LevelBar level={level} />
      </div>
    </Card>
  );
}

function RecentCalls() {
  const t = useWords();
  const { agent } = useMe();
  const now = useNow();
  const calls = useInteractions({ agent }, 8);
  const rows = calls.data?.pages[0]?.rows ?? [];
  return (
    <Card icon={<AudioLines size={16} aria-hidden />} title={t('idle.recent')} aside={<Link to="/interactions">{t('idle.all')}</Link>}>
      <div className="scroll grow">
        {calls.isPending && <Loading what={t('idle.recent')} />}
        {calls.isError && <Failed error={calls.error} onRetry={() => void calls.refetch()} />}
        {calls.isSuccess && rows.length === 0 && <Empty title={t('idle.no-calls')} text={t('idle.no-calls-text')} />}
        <ul className="idle-calls">
          {rows.map((row) => (
            <li key={row.interaction}>
              <Link to="/interactions/$interaction" params={{ interaction: row.interaction }}>
                <time className="t2">{shortTime(row.startedAt, now)}</time>
                <span className="grow num">{clock(row.talkMs)}</span>
                <Tallies row={row} />
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
