import type { AskReason, CallView } from '@threerings/core/wire/desk';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';

interface EndGuardProps {
  readonly interaction: string;
  readonly ask: AskReason;
  readonly silentLine?: CallView['silentLine'];
  readonly onClose: () => void;
}

const reasons = ['silent', 'abuse', 'dropped', 'other'] as const;

/**
 * The second press. Says what is not said yet and how long to wait; hanging up stays possible at once with one click on a
 * reason, because a person must be able to end an abusive call. After the wait no reason is asked.
 */
export function EndGuard({ interaction, ask, silentLine, onClose }: EndGuardProps) {
  const t = useWords();
  const say = useTongue();
  const now = useNow(250);
  const [openedAt] = useState(now);
  const { run, pending } = useDeskCommand();
  const free = ask.waitUntil !== undefined && now >= ask.waitUntil;
  const hangUp = (reason?: string) => {
    if (!pending.has('release')) void run({ kind: 'release', interaction, confirmed: true, ...(reason === undefined ? {} : { reason }) });
  };
  return (
    <Sheet
      title={
        <span className="row">
          {t('guard.title')}
          <ClauseLinks cites={ask.cites} norm={say(ask.message)} />
        </span>
      }
      icon={<PhoneOff size={16} aria-hidden />}
      onClose={onClose}
      style={{ insetInlineEnd: 8, top: 64, width: 420 }}
      footer={
        <>
          {free && (
            <Button tone="hang" busy={pending.has('release')} onClick={() => hangUp()}>
              {t('guard.hang-up')}
            </Button>
          )}
          <span className="grow" />
          <Button tone="primary" hint="Enter" data-autofocus onClick={onClose}>
            {t('guard.back')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p>{say(ask.message)}</p>
        {ask.missing.map((missing) => (
          <VerdictBadge key={missing.zh} standing="pending" text={say(missing)} />
        ))}
        {ask.waitUntil !== undefined && (
          <div className="row">
            <Countdown since={openedAt} deadline={ask.waitUntil} warnAt={ask.waitUntil} />
            <p className="t2">{t(free ? 'guard.free' : 'guard.wait')}</p>
          </div>
        )}
        <SilentLineRow interaction={interaction} line={silentLine} />
        {!free && (
          <fieldset className="guard-reasons">
            <legend className="meta">{t('guard.anyway')}</legend>
            {reasons.map((reason) => (
              <Button key={reason} size="small" busy={pending.has('release')} onClick={() => hangUp(t(`guard.reason.${reason}`))}>
                {t(`guard.reason.${reason}`)}
              </Button>
            ))}
          </fieldset>
        )}
      </div>
    </Sheet>
  );
}

/** A line that says nothing: each press is one ask; asked often enough, it may be released without a reason. */
function SilentLineRow({ interaction, line }: { interaction: string; line: CallView['silentLine'] }) {
  const t = useWords();
  const now = useNow(250);
  const { run, pending } = useDeskCommand();
  const free = line?.releaseAt !== undefined && now >= line.releaseAt;
  const words = line?.releaseAt === undefined ? 'silent.ask-first' : free ? 'silent.free' : 'silent.wait';
  return (
    <div className="row row-wrap">
      <p className="meta grow" role="status">
        {line === undefined ? t('silent.hint') : t(words, { n: line.asks, most: line.most })}
      </p>
      <Button size="small" busy={pending.has('ask-silent-line')} onClick={() => void run({ kind: 'ask-silent-line', interaction })}>
        {t('silent.asked')}
      </Button>
      {free && (
        <Button
          size="small"
          tone="hang"
          busy={pending.has('release')}
          onClick={() => void run({ kind: 'release', interaction, confirmed: true })}
        >
          {t('silent.release')}
        </Button>
      )}
    </div>
  );
}
