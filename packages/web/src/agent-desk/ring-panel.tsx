import type { RingView } from '@threerings/core/wire/desk';
import { Coffee, Eye, Phone, PhoneIncoming } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { recentlyTyped, useKeys } from '../app/keys.ts';
import { clock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { usePhoneState } from '../softphone/use-phone.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { RingCounter } from './ring-counter.tsx';
import './ring-panel.css';

const declineReasons = ['device', 'rest', 'busy', 'other'] as const;

/** A call rings: how many rings there were, the answer key, and what to say first. There is no silent reject. */
export function RingPanel({ ring }: { ring: RingView }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  const [declining, setDeclining] = useState(false);
  const phone = usePhoneState();
  const answer = () => {
    if (!pending.has('answer')) void run({ kind: 'answer', interaction: ring.interaction, leg: ring.leg });
  };
  const answerButton = useRef<HTMLButtonElement>(null);
  useKeys({ answer });
  useEffect(() => {
    if (!recentlyTyped()) answerButton.current?.focus();
  }, []);
  const inTongue = useTongue();
  const { number, channel, queue, queueName } = ring.caller;
  const shownQueue = queueName === undefined ? queue : inTongue(queueName);
  return (
    <div className="ring">
      <section className="ring-card card" aria-label={t('ring.incoming')}>
        <p className="row t2">
          <PhoneIncoming size={20} aria-hidden />
          {t('ring.incoming')}
          {shownQueue !== undefined && ` · ${shownQueue}`}
          <span className="grow" />
          <span className="chip">{wordOfCode(t, 'channel', channel)}</span>
        </p>
        <p className="ring-number num">{number ?? t('caller.hidden')}</p>
        <RingClocks ring={ring} />
        <Button
          ref={answerButton}
          tone="call"
          size="large"
          icon={<Phone size={20} aria-hidden />}
          hint="Enter"
          busy={pending.has('answer')}
          onClick={answer}
        >
          {t('ring.answer')}
        </Button>
        {phone.line !== 'connected' && <p className="meta">{t(`phone.line.${phone.line}`)}</p>}
        {declining ? (
          <div className="row row-wrap">
            {declineReasons.map((reason) => (
              <Button
                key={reason}
                size="small"
                busy={pending.has('decline')}
                onClick={() =>
                  void run({ kind: 'decline', interaction: ring.interaction, leg: ring.leg, reason: t(`ring.decline.${reason}`) })
                }
              >
                {t(`ring.decline.${reason}`)}
              </Button>
            ))}
          </div>
        ) : (
          <Button icon={<Coffee size={16} aria-hidden />} onClick={() => setDeclining(true)}>
            {t('ring.cannot')}
          </Button>
        )}
      </section>
      <FirstWords ring={ring} />
    </div>
  );
}

/** The agent clock counts rings from the device's own acknowledgement; the caller's wait does not start again with a second agent. */
function RingClocks({ ring }: { ring: RingView }) {
  const t = useWords();
  const now = useNow(250);
  return (
    <div className="stack">
      {ring.agentSince === undefined ? (
        <p className="banner" data-tone="unknown">
          {t('ring.not-delivered')}
        </p>
      ) : (
        <RingCounter since={ring.agentSince} now={now} ringMs={ring.ringMs} limit={ring.limitRings} />
      )}
      <p className="meta row row-wrap num">
        {t('ring.caller-waits', { time: clock(now - ring.callerSince) })}
        {ring.cites !== undefined && <ClauseLinks cites={ring.cites} norm={t('ring.limit', { n: ring.limitRings })} />}
      </p>
    </div>
  );
}

function FirstWords({ ring }: { ring: RingView }) {
  const t = useWords();
  const { inTime, late } = ring.say ?? {};
  return (
    <Card className="ring-card-side" icon={<Eye size={16} aria-hidden />} title={t('ring.glance')}>
      <div className="card-body stack">
        {inTime === undefined && late === undefined && <p className="t2">{t('ring.no-sentence')}</p>}
        {inTime !== undefined && (
          <>
            <p className="meta">{t('ring.say')}</p>
            <p className="ring-sentence">“{inTime}”</p>
          </>
        )}
        {late !== undefined && (
          <>
            <p className="meta">{t('ring.say-late', { n: ring.limitRings + 1 })}</p>
            <p className="ring-sentence">“{late}”</p>
          </>
        )}
      </div>
    </Card>
  );
}
