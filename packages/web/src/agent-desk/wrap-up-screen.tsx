import type { CallView, DeskView } from '@threerings/core/wire/desk';
import { Plus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { focusNextColumn, useKeys } from '../app/keys.ts';
import { clock, wideClock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { OutboundCard } from '../outbound/outbound-card.tsx';
import { RedialButton, useRedial } from '../outbound/redial-button.tsx';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { RestButton } from '../wellbeing/rest.tsx';
import { CallerName } from './call-bar.tsx';
import { MonitoredList } from './monitoring.tsx';
import { PromisesCard } from './promises-card.tsx';
import { RecordCard } from './record-card.tsx';
import { useRecord } from './use-record.ts';
import { WrapUpVerdicts } from './wrap-up-verdicts.tsx';

type WrapUp = NonNullable<DeskView['wrapUp']>;

/** After the call: how it was judged, the record, the promises; then free for the next one. */
export function WrapUpScreen({ view, wrapUp }: { view: DeskView; wrapUp: WrapUp }) {
  const { run, pending } = useDeskCommand();
  const call = view.call?.interaction === wrapUp.interaction ? view.call : undefined;
  const { interaction } = wrapUp;
  const record = useRecord(interaction, call?.record);
  const [promising, setPromising] = useState(false);
  const [extending, setExtending] = useState(false);
  const finish = async () => {
    if (pending.has('finish-wrap-up')) return;
    if (record.dirty && !(await record.save())) return;
    await run({ kind: 'finish-wrap-up', interaction });
  };
  const redialling = useRedial(interaction);
  const redial = async () => {
    if (record.dirty && !(await record.save())) return;
    redialling.redial();
  };
  useKeys({
    'call-out': () => {
      if (call?.dropped === true) void redial();
    },
    rest: () => void run({ kind: 'ask-rest', wish: 'rest' }),
    save: () => void record.save(),
    'save-ready': () => void finish(),
    promise: () => setPromising(true),
    record: () => document.querySelector<HTMLElement>('[data-column="record"] textarea')?.focus(),
    cycle: focusNextColumn,
  });
  return (
    <div className="desk">
      <WrapUpBar
        call={call}
        wrapUp={wrapUp}
        busy={pending.has('finish-wrap-up') || record.saving}
        redial={call?.dropped === true ? <RedialButton busy={redialling.busy} onClick={() => void redial()} /> : undefined}
        rest={<RestButton rest={view.rest} />}
        onExtend={() => setExtending(true)}
        onFinish={() => void finish()}
      />
      <div className="desk-columns" data-screen="wrap-up">
        <div className="desk-column" data-column="verdicts">
          <MonitoredList call={call} />
          <WrapUpVerdicts interaction={interaction} live={call?.verdicts} />
        </div>
        <div className="desk-column" data-column="record">
          {call?.outbound !== undefined && <OutboundCard interaction={interaction} outbound={call.outbound} />}
          <RecordCard
            record={record}
            savedAt={call?.recordSavedAt}
            matter={call?.matter}
            onMatter={(matter) => void run({ kind: 'set-matter', interaction, matter })}
          />
        </div>
        <div className="desk-column" data-column="promises">
          <PromisesCard
            view={view}
            interaction={interaction}
            number={call?.caller.number}
            record={record.values}
            adding={promising}
            onAdding={setPromising}
          />
        </div>
      </div>
      {extending && <ExtendSheet interaction={interaction} onClose={() => setExtending(false)} />}
    </div>
  );
}

interface WrapUpBarProps {
  readonly call: CallView | undefined;
  readonly wrapUp: WrapUp;
  readonly busy: boolean;
  /** the line dropped: call back */
  readonly redial: ReactNode;
  readonly rest: ReactNode;
  readonly onExtend: () => void;
  readonly onFinish: () => void;
}

function WrapUpBar({ call, wrapUp, busy, redial, rest, onExtend, onFinish }: WrapUpBarProps) {
  const t = useWords();
  const now = useNow(250);
  const left = wrapUp.since + wrapUp.limitMs - now;
  return (
    <section className="call-bar" data-state={left < 10_000 ? 'hold' : 'talking'} aria-label={t('presence.wrap-up')} data-column="call-bar">
      {call === undefined ? <span className="grow" /> : <CallerName call={call} />}
      <div className="call-clock">
        <time className="call-time">{wideClock(now - wrapUp.since)}</time>
        <span>
          <b>{t('presence.wrap-up')}</b>
          <span className="meta num">
            {left >= 0 ? t('wrap-up.limit', { time: clock(wrapUp.limitMs) }) : t('wrap-up.over', { time: clock(-left) })}
          </span>
        </span>
      </div>
      <div className="call-controls">
        {call?.endedAt !== undefined && (
          <span className="meta num">
            {t('wrap-up.talked', { time: clock(call.endedAt - call.answeredAt) })}
            {call.endedBy !== undefined && ` · ${t(`wrap-up.ended-by.${call.endedBy}`)}`}
          </span>
        )}
        {redial}
        {rest}
        <Button icon={<Plus size={16} aria-hidden />} onClick={onExtend}>
          {t('wrap-up.extend')}
        </Button>
        <Button tone="primary" size="large" hint="Ctrl ↵" busy={busy} onClick={onFinish}>
          {t('wrap-up.finish')}
        </Button>
      </div>
    </section>
  );
}

const reasons = ['record', 'ticket', 'system', 'other'] as const;

function ExtendSheet({ interaction, onClose }: { interaction: string; onClose: () => void }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  const extend = async (reason: string) => {
    const result = await run({ kind: 'extend-wrap-up', interaction, reason });
    if (result.kind === 'done') onClose();
  };
  return (
    <Sheet title={t('wrap-up.extend-why')} onClose={onClose} style={{ insetInlineEnd: 150, top: 64, width: 360 }}>
      <div className="row row-wrap">
        {reasons.map((reason) => (
          <Button key={reason} busy={pending.has('extend-wrap-up')} onClick={() => void extend(t(`wrap-up.reason.${reason}`))}>
            {t(`wrap-up.reason.${reason}`)}
          </Button>
        ))}
      </div>
    </Sheet>
  );
}
