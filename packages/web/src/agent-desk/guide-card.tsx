import type { CallView } from '@threerings/core/wire/desk';
import { ScrollText } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Card } from '../ui/card.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { tallyOf, verdictsInReadingOrder } from '../verdicts/tally.ts';
import { VerdictRow } from '../verdicts/verdict-row.tsx';
import { DutyRow } from './duty-row.tsx';
import { dutyKey, guideOf } from './guide.ts';
import { HeldCard } from './held-card.tsx';
import { SayNow } from './say-now.tsx';
import { TransferCard, TransferFailedCard } from './transfer-card.tsx';
import { useAnnouncement } from './use-announcement.ts';
import type { SpeakOver } from './use-speak-over.ts';
import type { TransferSteps } from './use-transfer.ts';
import './guide-card.css';

interface GuideCardProps {
  readonly call: CallView;
  readonly speakOver: SpeakOver;
  readonly onReturn: () => void;
  readonly onPromise: () => void;
  readonly steps: TransferSteps;
  readonly onTransfer: () => void;
}

/** What the norm asks now: one sentence and one countdown, then the other duties, then how the settled ones went. */
export function GuideCard({ call, speakOver, onReturn, onPromise, steps, onTransfer }: GuideCardProps) {
  const t = useWords();
  const now = useNow(250);
  const { run } = useDeskCommand();
  const guide = useMemo(() => guideOf(call.duties, now, call.hold?.startedAt), [call.duties, now, call.hold?.startedAt]);
  const tally = useMemo(() => tallyOf(call.verdicts), [call.verdicts]);
  const announcement = useAnnouncement(guide.top);
  const failed = call.transferFailed;
  const [seen, setSeen] = useState<number | undefined>(undefined);
  const tick = (norm: string, part?: string) =>
    void run({ kind: 'tick', interaction: call.interaction, norm, ...(part === undefined ? {} : { part }) });
  return (
    <Card
      className="grow"
      icon={<ScrollText size={16} aria-hidden />}
      title={t('guide.title')}
      aside={
        <span className="row">
          <VerdictBadge standing="kept" count={tally.kept} />
          {tally.broken > 0 && <VerdictBadge standing="broken" count={tally.broken} />}
          {tally.unknown > 0 && <VerdictBadge standing="unknown" count={tally.unknown} />}
        </span>
      }
      footer={call.transcribed ? undefined : <p className="meta">{t('guide.attested-note')}</p>}
    >
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
      <div className="guide-top">
        {call.transfer !== undefined ? (
          <TransferCard transfer={call.transfer} steps={steps} />
        ) : failed !== undefined && failed.at !== seen ? (
          <TransferFailedCard failed={failed} onSeen={() => setSeen(failed.at)} onCallback={onPromise} onAgain={onTransfer} />
        ) : call.hold === undefined ? (
          <SayNow duty={guide.top} transcribed={call.transcribed} onSaid={tick} />
        ) : (
          <HeldCard hold={call.hold} duty={guide.top} speakOver={speakOver} onReturn={onReturn} onPromise={onPromise} />
        )}
      </div>
      <div className="scroll grow">
        <ul className="duties">
          {guide.open.map((duty) => (
            <DutyRow key={dutyKey(duty)} duty={duty} now={now} transcribed={call.transcribed} onTick={tick} />
          ))}
          {guide.settled.map((duty) => (
            <DutyRow key={dutyKey(duty)} duty={duty} now={now} transcribed={call.transcribed} />
          ))}
        </ul>
        <SettledVerdicts call={call} />
      </div>
    </Card>
  );
}

/** Broken and unknown ones openly; what was kept is folded: nobody needs to read it during a call. */
function SettledVerdicts({ call }: { call: CallView }) {
  const t = useWords();
  const say = useTongue();
  const verdicts = useMemo(() => verdictsInReadingOrder(call.verdicts), [call.verdicts]);
  const open = verdicts.filter((verdict) => verdict.value === 'broken' || verdict.value === 'unknown');
  const kept = verdicts.filter((verdict) => verdict.value === 'kept');
  return (
    <>
      <ul className="duties">
        {open.map((verdict) => (
          <VerdictRow key={`${verdict.norm}/${verdict.key}`} verdict={verdict} />
        ))}
      </ul>
      {kept.length > 0 && (
        <details className="guide-kept">
          <summary>
            {t('guide.kept', { n: kept.length })}{' '}
            <span className="t3">{kept.map((verdict) => say(verdict.title)).join(t('text.comma'))}</span>
          </summary>
          <ul className="duties">
            {kept.map((verdict) => (
              <VerdictRow key={`${verdict.norm}/${verdict.key}`} verdict={verdict} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
