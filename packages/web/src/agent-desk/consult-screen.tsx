import type { ConsultView } from '@threerings/core/wire/desk';
import { ArrowLeftRight, FileText, Phone, PhoneOff, UserCheck } from 'lucide-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { recentlyTyped, useKeys } from '../app/keys.ts';
import { clock } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import { useDeskCommand } from '../live/command.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { recordFields } from './record-draft.ts';
import { useNameOf } from './use-colleagues.ts';
import './ring-panel.css';
import './transfer.css';

const declineReasons = ['busy', 'not-mine', 'device', 'other'] as const;

/** A colleague has a caller for whoever sits here: the summary is read first, then it is answered, then taken over or not. */
export function ConsultScreen({ consult }: { consult: ConsultView }) {
  const t = useWords();
  const now = useNow(250);
  const nameOf = useNameOf();
  const { from, answeredAt, since, joined } = consult;
  const title = answeredAt === undefined ? 'consult.rings' : joined ? 'consult.joined' : 'consult.talking';
  return (
    <div className="ring">
      <section className="ring-card card" aria-label={t('consult.title')}>
        <p className="row t2">
          <ArrowLeftRight size={20} aria-hidden />
          {t(title, { whom: nameOf(from) })}
          <span className="grow" />
          <time className="num">{clock(now - (answeredAt ?? since))}</time>
        </p>
        <CallerLine consult={consult} now={now} />
        {answeredAt === undefined ? <Answering consult={consult} /> : <Deciding consult={consult} />}
      </section>
      <Summary consult={consult} />
    </div>
  );
}

function CallerLine({ consult: { caller, waitingSince }, now }: { consult: ConsultView; now: number }) {
  const t = useWords();
  const say = useTongue();
  const queue = caller.queueName === undefined ? caller.queue : say(caller.queueName);
  return (
    <div className="stack">
      <p className="ring-number num">{caller.number ?? t('caller.hidden')}</p>
      <p className="meta row row-wrap">
        <span>{wordOfCode(t, 'channel', caller.channel)}</span>
        {queue !== undefined && <span>{queue}</span>}
        <span className="num">
          {waitingSince === undefined ? t('transfer.caller-talks') : t('ring.caller-waits', { time: clock(now - waitingSince) })}
        </span>
      </p>
    </div>
  );
}

function Answering({ consult: { interaction, leg, kind } }: { consult: ConsultView }) {
  const t = useWords();
  const { run, pending } = useDeskCommand();
  const [declining, setDeclining] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const takes = kind === 'blind' || kind === 'queue';
  const answer = () => {
    if (!pending.has('answer')) void run({ kind: 'answer', interaction, leg });
  };
  useKeys({ answer });
  useEffect(() => {
    if (!recentlyTyped()) button.current?.focus();
  }, []);
  return (
    <>
      <Button
        ref={button}
        tone="call"
        size="large"
        icon={<Phone size={20} aria-hidden />}
        hint="Enter"
        busy={pending.has('answer')}
        onClick={answer}
      >
        {t(takes ? 'consult.answer-takes' : 'consult.answer')}
      </Button>
      {declining ? (
        <div className="row row-wrap">
          {declineReasons.map((reason) => (
            <Button
              key={reason}
              size="small"
              busy={pending.has('decline')}
              onClick={() => void run({ kind: 'decline', interaction, leg, reason: t(`consult.decline.${reason}`) })}
            >
              {t(`consult.decline.${reason}`)}
            </Button>
          ))}
        </div>
      ) : (
        <Button onClick={() => setDeclining(true)}>{t('ring.cannot')}</Button>
      )}
    </>
  );
}

function Deciding({ consult: { interaction, acceptedAt, from } }: { consult: ConsultView }) {
  const t = useWords();
  const nameOf = useNameOf();
  const { run, pending } = useDeskCommand();
  const busy = pending.has('transfer-step');
  const accept = () => {
    if (!busy && acceptedAt === undefined) void run({ kind: 'transfer-step', interaction, step: 'accept' });
  };
  const leave = () => {
    if (!busy) void run({ kind: 'transfer-step', interaction, step: 'leave' });
  };
  useKeys({ transfer: accept, end: leave });
  return (
    <>
      {acceptedAt === undefined ? (
        <Button
          tone="call"
          size="large"
          icon={<UserCheck size={20} aria-hidden />}
          hint="Alt T"
          busy={busy}
          onClick={accept}
          data-autofocus
        >
          {t('consult.accept')}
        </Button>
      ) : (
        <p className="banner" data-tone="info" role="status">
          {t('consult.accepted', { whom: nameOf(from) })}
        </p>
      )}
      <Button icon={<PhoneOff size={16} aria-hidden />} hint="Alt Q" busy={busy} onClick={leave}>
        {t('consult.leave')}
      </Button>
    </>
  );
}

function Summary({ consult: { brief, record, from, firstReceiver } }: { consult: ConsultView }) {
  const t = useWords();
  const nameOf = useNameOf();
  // The summary was made of the record: without one the record itself is read.
  const filled = brief === undefined ? recordFields.filter((part) => record?.[part].trim()) : [];
  return (
    <Card className="ring-card-side" icon={<FileText size={16} aria-hidden />} title={t('consult.summary')}>
      <div className="card-body stack scroll">
        {brief === undefined ? <p className="t2">{t('consult.no-brief')}</p> : <p className="consult-brief">{brief}</p>}
        {filled.length > 0 && (
          <dl className="facts">
            {filled.map((part) => (
              <Fragment key={part}>
                <dt>{t(`record.${part}`)}</dt>
                <dd>{record?.[part]}</dd>
              </Fragment>
            ))}
          </dl>
        )}
        <p className="meta">
          {t('consult.from', { whom: nameOf(from) })}
          {firstReceiver !== undefined && ` · ${t('caller.first-receiver')} ${nameOf(firstReceiver)}`}
        </p>
      </div>
    </Card>
  );
}
