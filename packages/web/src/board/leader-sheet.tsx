import type { BoardCall, BoardPerson } from '@threerings/core/wire/board';
import type { LeaderCommand } from '@threerings/core/wire/monitoring';
import { Ear, Headphones, LogOut, PhoneForwarded, Users } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { useMe } from '../app/session.ts';
import { useAct } from '../app/use-act.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

interface LeaderSheetProps {
  readonly person: BoardPerson;
  readonly call: BoardCall | undefined;
  readonly onClose: () => void;
}

/** What a leader can do with somebody: on the call (1 listen, 2 whisper, 3 join, 4 take over, 0 leave), or with the state. */
export function LeaderSheet({ person, call, onClose }: LeaderSheetProps) {
  const t = useWords();
  const { agent } = useMe();
  const { run, busy } = useAct();
  const [sure, setSure] = useState(false);
  const talks = call !== undefined && (call.state === 'talking' || call.state === 'hold');
  const mine = talks && call.monitor?.leader === agent ? call.monitor.mode : undefined;
  const ask = (act: LeaderCommand) => run('/api/board/leader', { do: act });
  const monitor = (mode: 'listen' | 'whisper' | 'barge') => {
    if (talks) void ask({ kind: 'monitor', interaction: call.interaction, mode });
  };
  const stop = () => {
    if (mine !== undefined && call !== undefined) void ask({ kind: 'stop-monitoring', interaction: call.interaction });
  };
  // The caller is told by the leader’s own voice: once to arm, once to do.
  const takeOver = async () => {
    if (!talks) return;
    if (!sure) setSure(true);
    else if (await ask({ kind: 'take-over', interaction: call.interaction })) onClose();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.nativeEvent.isComposing || busy) return;
    const modes = { '1': 'listen', '2': 'whisper', '3': 'barge' } as const;
    const mode = Object.hasOwn(modes, event.key) ? modes[event.key as keyof typeof modes] : undefined;
    if (mode !== undefined) monitor(mode);
    else if (event.key === '4') void takeOver();
    else if (event.key === '0') stop();
  };
  return (
    <Sheet
      title={`${person.name} ${person.agent}`}
      icon={<Headphones size={16} aria-hidden />}
      onClose={onClose}
      onKeyDown={keys}
      style={{ insetInlineEnd: 420, top: 120, width: 420 }}
    >
      <div className="stack">
        {!talks && <p className="t2">{t('leader.no-call')}</p>}
        {talks && (
          <>
            {call.monitor !== undefined && mine === undefined && (
              <p className="banner" data-tone="info">
                {t('leader.taken', { who: call.monitor.leader })}
              </p>
            )}
            <div className="row row-wrap">
              <Mode pressed={mine === 'listen'} hint="1" busy={busy} icon={<Ear size={16} aria-hidden />} onClick={() => monitor('listen')}>
                {t('leader.listen')}
              </Mode>
              <Mode
                pressed={mine === 'whisper'}
                hint="2"
                busy={busy}
                icon={<Headphones size={16} aria-hidden />}
                onClick={() => monitor('whisper')}
              >
                {t('leader.whisper')}
              </Mode>
              <Mode pressed={mine === 'barge'} hint="3" busy={busy} icon={<Users size={16} aria-hidden />} onClick={() => monitor('barge')}>
                {t('leader.join')}
              </Mode>
              {mine !== undefined && (
                <Button icon={<LogOut size={16} aria-hidden />} hint="0" busy={busy} onClick={stop}>
                  {t('leader.leave')}
                </Button>
              )}
            </div>
            <p className="meta">{t(mine === undefined ? 'leader.note' : `leader.now.${mine}`)}</p>
            <Button
              tone={sure ? 'warn' : 'plain'}
              hint="4"
              icon={<PhoneForwarded size={16} aria-hidden />}
              busy={busy}
              onClick={() => void takeOver()}
            >
              {t(sure ? 'leader.take-over-sure' : 'leader.take-over')}
            </Button>
          </>
        )}
        {person.rest?.granted === false && (
          <RestAnswer busy={busy} onAnswer={(limitMs) => void ask({ kind: 'answer-rest', agent: person.agent, limitMs })} />
        )}
        <StateButtons person={person} busy={busy} onSet={(state) => void ask({ kind: 'set-state', agent: person.agent, state })} />
      </div>
    </Sheet>
  );
}

interface ModeProps {
  readonly pressed: boolean;
  readonly hint: string;
  readonly busy: boolean;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Mode({ hint, ...rest }: ModeProps) {
  return <Button {...rest} hint={hint} data-autofocus={hint === '1' || undefined} />;
}

const restMinutes = [5, 10, 15, 30] as const;

/** 批小休: for how long, or not now. Why is not asked. */
export function RestAnswer({ busy, onAnswer }: { busy: boolean; onAnswer: (limitMs?: number) => void }) {
  const t = useWords();
  return (
    <div className="row row-wrap">
      <b className="strong">{t('rest.asks')}</b>
      {restMinutes.map((minutes) => (
        <Button key={minutes} busy={busy} tone={minutes === 10 ? 'primary' : 'plain'} onClick={() => onAnswer(minutes * 60_000)}>
          {t('rest.grant', { minutes })}
        </Button>
      ))}
      <Button busy={busy} tone="text" onClick={() => onAnswer()}>
        {t('rest.not-now')}
      </Button>
    </div>
  );
}

/** 强制示闲、示忙: never in a call, and the agent sees by whom. */
function StateButtons({ person, busy, onSet }: { person: BoardPerson; busy: boolean; onSet: (state: 'ready' | 'busy') => void }) {
  const t = useWords();
  if (!['ready', 'busy', 'rest', 'paused'].includes(person.state)) return null;
  return (
    <div className="row row-wrap">
      {person.state !== 'ready' && (
        <Button busy={busy} onClick={() => onSet('ready')}>
          {t('leader.set-ready')}
        </Button>
      )}
      {person.state !== 'busy' && (
        <Button busy={busy} onClick={() => onSet('busy')}>
          {t('leader.set-busy')}
        </Button>
      )}
    </div>
  );
}
