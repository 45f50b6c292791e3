import type { AskReason, CallView, DeskView } from '@threerings/core/wire/desk';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { focusNextColumn, useKeys } from '../app/keys.ts';
import { useServerClock } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { OutboundCard } from '../outbound/outbound-card.tsx';
import { CallBar } from './call-bar.tsx';
import { CallerCard } from './caller-card.tsx';
import { EmergencySheet } from './emergency-sheet.tsx';
import { EndGuard } from './end-guard.tsx';
import { GuideCard } from './guide-card.tsx';
import { HoldSheet } from './hold-sheet.tsx';
import { KeypadSheet } from './keypad-sheet.tsx';
import { PromisesCard } from './promises-card.tsx';
import { RecordCard } from './record-card.tsx';
import { TranscriptCard } from './transcript-card.tsx';
import type { Target } from './transfer.ts';
import { TransferSheet } from './transfer-sheet.tsx';
import { useRecord } from './use-record.ts';
import { useSpeakOver } from './use-speak-over.ts';
import { useTransferSteps } from './use-transfer.ts';

const knowledge = () => import('../knowledge/knowledge-sheet.tsx');
const KnowledgeSheet = lazy(() => knowledge().then((all) => ({ default: all.KnowledgeSheet })));
const ActingSheet = lazy(() => import('../acting/acting-sheet.tsx').then((all) => ({ default: all.ActingSheet })));

type PlainSheet = 'hold' | 'keypad' | 'emergency' | 'knowledge' | 'acting';
type OpenSheet = { kind: PlainSheet } | { kind: 'transfer'; to?: Target } | { kind: 'guard'; ask: AskReason };

/** A call under way: left what was said, then what the norm asks, then what is written down. */
export function CallScreen({ view, call }: { view: DeskView; call: CallView }) {
  const { run, pending } = useDeskCommand();
  const [sheet, setSheet] = useState<OpenSheet | undefined>(undefined);
  const [promising, setPromising] = useState(false);
  const [seat, setSeat] = useState<string | undefined>(undefined);
  const recordColumn = useRef<HTMLDivElement>(null);
  const guideColumn = useRef<HTMLDivElement>(null);
  const record = useRecord(call.interaction, call.record);
  const speakOver = useSpeakOver(call);
  const serverNow = useServerClock();
  const steps = useTransferSteps(call);
  const { interaction, hold, transfer } = call;
  // Whoever presses its key types at once.
  useEffect(() => void knowledge(), []);

  const toggle = (kind: PlainSheet | 'transfer') => setSheet((shown) => (shown?.kind === kind ? undefined : { kind }));
  const holdOrReturn = () => {
    if (transfer !== undefined) steps.takeBack();
    else if (hold === undefined) toggle('hold');
    else if (!pending.has('resume')) void run({ kind: 'resume', interaction });
  };
  const transferOrLetGo = () => (transfer === undefined ? toggle('transfer') : steps.complete());
  const mute = () => void run({ kind: 'mute', interaction, on: !call.muted });
  const pauseRecording = () => {
    if (!pending.has('pause-recording')) void run({ kind: 'pause-recording', interaction, on: call.recordingPaused === undefined });
  };
  const release = async () => {
    if (pending.has('release')) return;
    const waited = sheet?.kind === 'guard' && sheet.ask.waitUntil !== undefined && serverNow() >= sheet.ask.waitUntil;
    const result = await run({ kind: 'release', interaction, confirmed: waited });
    if (result.kind === 'ask') setSheet({ kind: 'guard', ask: result.ask });
  };
  const survey = () => {
    if (!pending.has('offer-survey')) void run({ kind: 'offer-survey', interaction });
  };
  const openPromise = (by?: string) => {
    setSheet(undefined);
    setSeat(by);
    setPromising(true);
  };
  const adding = (on: boolean) => {
    setSeat(undefined);
    setPromising(on);
  };
  const declinedHold = () => {
    void run({ kind: 'mark-consent', interaction, about: 'hold', given: false });
    openPromise();
  };

  useKeys({
    mute,
    hold: holdOrReturn,
    transfer: transferOrLetGo,
    'three-way': () => transfer !== undefined && steps.join(),
    'pause-recording': pauseRecording,
    keypad: () => toggle('keypad'),
    emergency: () => toggle('emergency'),
    end: () => void release(),
    survey: () => call.survey === true && survey(),
    said: () => guideColumn.current?.querySelector<HTMLElement>('[data-said]')?.click(),
    duties: () => guideColumn.current?.querySelector<HTMLElement>('[data-tick]')?.focus(),
    promise: () => openPromise(),
    record: () => recordColumn.current?.querySelector<HTMLElement>('textarea')?.focus(),
    knowledge: () => toggle('knowledge'),
    acting: () => toggle('acting'),
    save: () => void record.save(),
    cycle: focusNextColumn,
  });

  return (
    <div className="desk">
      <CallBar
        call={call}
        pending={pending}
        openSheet={sheet?.kind}
        onMute={mute}
        onHold={holdOrReturn}
        onTransfer={transferOrLetGo}
        onKeypad={() => toggle('keypad')}
        onEmergency={() => toggle('emergency')}
        onKnowledge={() => toggle('knowledge')}
        onActing={() => toggle('acting')}
        onRelease={() => void release()}
        onSurvey={survey}
        onPauseRecording={pauseRecording}
      />
      <div className="desk-columns" data-screen="call">
        <div className="desk-column" data-column="caller">
          <CallerCard call={call} />
          {call.outbound !== undefined && <OutboundCard interaction={interaction} outbound={call.outbound} />}
          <TranscriptCard call={call} />
        </div>
        <div className="desk-column" data-column="guide" ref={guideColumn}>
          <GuideCard
            call={call}
            speakOver={speakOver}
            onReturn={holdOrReturn}
            onPromise={() => openPromise()}
            steps={steps}
            onTransfer={transferOrLetGo}
          />
        </div>
        <div className="desk-column" data-column="record" ref={recordColumn}>
          <RecordCard
            record={record}
            savedAt={call.recordSavedAt}
            matter={call.matter}
            onMatter={(matter) => void run({ kind: 'set-matter', interaction, matter })}
          />
        </div>
        <div className="desk-column" data-column="promises">
          <PromisesCard
            view={view}
            interaction={interaction}
            number={call.caller.number}
            record={record.values}
            adding={promising}
            seat={seat}
            onAdding={adding}
          />
        </div>
      </div>
      {sheet?.kind === 'hold' && hold === undefined && (
        <HoldSheet call={call} onClose={() => setSheet(undefined)} onDeclined={declinedHold} />
      )}
      {sheet?.kind === 'transfer' && transfer === undefined && (
        <TransferSheet call={call} record={record.values} to={sheet.to} onClose={() => setSheet(undefined)} onCallback={openPromise} />
      )}
      {sheet?.kind === 'keypad' && <KeypadSheet interaction={interaction} onClose={() => setSheet(undefined)} />}
      {sheet?.kind === 'emergency' && <EmergencySheet interaction={interaction} onClose={() => setSheet(undefined)} />}
      {sheet?.kind === 'knowledge' && (
        <Suspense fallback={null}>
          <KnowledgeSheet
            interaction={interaction}
            onClose={() => setSheet(undefined)}
            onTransfer={(to) => setSheet({ kind: 'transfer', to })}
          />
        </Suspense>
      )}
      {sheet?.kind === 'acting' && (
        <Suspense fallback={null}>
          <ActingSheet interaction={interaction} onClose={() => setSheet(undefined)} />
        </Suspense>
      )}
      {sheet?.kind === 'guard' && (
        <EndGuard interaction={interaction} ask={sheet.ask} silentLine={call.silentLine} onClose={() => setSheet(undefined)} />
      )}
    </div>
  );
}
