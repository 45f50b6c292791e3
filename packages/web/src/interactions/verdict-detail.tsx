import { eventSpec } from '@threerings/core/timeline/vocabulary';
import type { WireEvent, WireVerdict } from '@threerings/core/wire/events';
import { Play } from 'lucide-react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useTongue, useWords } from '../app/i18n/use-words.ts';
import { usePreferences } from '../app/preferences.ts';
import { clock } from '../app/time.ts';
import { AppealBox } from '../appeals/appeal-box.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { ClauseLinks } from '../ui/clause.tsx';
import { Empty } from '../ui/states.tsx';
import { VerdictBadge } from '../ui/verdict.tsx';
import { Revised } from '../verdicts/verdict-row.tsx';
import { witnessInstant } from './timeline.ts';

interface VerdictDetailProps {
  readonly interaction: string;
  readonly events: readonly WireEvent[];
  readonly verdict: WireVerdict | undefined;
  readonly from: number;
  readonly onListen: ((instant: number) => void) | undefined;
}

/** A little before the words, so that one hears what they answer. */
const leadMs = 3000;

/** Why a verdict is what it is: the sentence, the clause, the witnesses, the reason where nothing can be told. */
export function VerdictDetail({ interaction, events, verdict, from, onListen }: VerdictDetailProps) {
  const t = useWords();
  const say = useTongue();
  if (verdict === undefined) {
    return (
      <Card title={t('verdict-page.detail')}>
        <Empty title={t('verdict-page.choose')} text={t('verdict-page.choose-text')} />
      </Card>
    );
  }
  const listenAt = witnessInstant(verdict, events) - leadMs;
  return (
    <Card
      title={
        <span className="row">
          <VerdictBadge standing={verdict.value} />
          {say(verdict.title)}
        </span>
      }
      footer={
        onListen === undefined ? undefined : (
          <Button icon={<Play size={14} aria-hidden />} onClick={() => onListen(listenAt)}>
            {t('verdict-page.listen', { time: clock(listenAt - from) })}
          </Button>
        )
      }
    >
      <div className="card-body scroll stack">
        {verdict.revisedFrom !== undefined && <Revised verdict={verdict} />}
        <p className="verdict-sentence">{say(verdict.explanation)}</p>
        {verdict.value === 'unknown' && (
          <p className="banner" data-tone="unknown">
            {t('verdict.why-unknown', { reason: verdict.reason === undefined ? '—' : wordOfCode(t, 'reason', verdict.reason) })}
          </p>
        )}
        <DetailFacts verdict={verdict} events={events} from={from} onListen={onListen} />
        {verdict.value === 'broken' && <AppealBox key={`${verdict.norm} ${verdict.key}`} interaction={interaction} verdict={verdict} />}
      </div>
    </Card>
  );
}

function DetailFacts({
  verdict,
  events,
  from,
  onListen,
}: { verdict: WireVerdict } & Pick<VerdictDetailProps, 'events' | 'from' | 'onListen'>) {
  const t = useWords();
  const say = useTongue();
  const witnessed = new Set(verdict.witnesses.map((witness) => witness.event));
  const witnesses = events.filter((event) => witnessed.has(event.id));
  return (
    <dl className="facts">
      <dt>{t('detail.clause')}</dt>
      <dd>
        <ClauseLinks cites={verdict.cites} norm={say(verdict.title)} />
      </dd>
      <dt>{t('detail.norm')}</dt>
      <dd className="num">
        {verdict.norm} · {verdict.pack} v{verdict.packVersion}
      </dd>
      <dt>{t('detail.from')}</dt>
      <dd className="num">{clock(verdict.anchor - from)}</dd>
      <dt>{t('detail.settled')}</dt>
      <dd className="num">{clock(verdict.at - from)}</dd>
      {verdict.missing !== undefined && verdict.missing.length > 0 && (
        <>
          <dt>{t('detail.missing')}</dt>
          <dd>{verdict.missing.map(say).join(t('text.comma'))}</dd>
        </>
      )}
      {witnesses.length > 0 && (
        <>
          <dt>{t('detail.witnesses')}</dt>
          <dd className="stack">
            {witnesses.map((event) => (
              <WitnessLine key={event.id} event={event} from={from} onListen={onListen} />
            ))}
          </dd>
        </>
      )}
      {verdict.who !== undefined && (
        <>
          <dt>{t('detail.who')}</dt>
          <dd className="num">{verdict.who}</dd>
        </>
      )}
      <dt>{t('detail.weight')}</dt>
      <dd>
        {t(`severity.${verdict.severity}`)} · {t(verdict.nature === 'hint' ? 'detail.hint' : 'detail.points', { n: verdict.points })}
      </dd>
    </dl>
  );
}

function WitnessLine({ event, from, onListen }: { event: WireEvent } & Pick<VerdictDetailProps, 'from' | 'onListen'>) {
  const { language } = usePreferences();
  const time = clock(event.occurredAt - from);
  return (
    <span>
      {onListen === undefined ? (
        <time>{time}</time>
      ) : (
        <button type="button" className="witness-time num" onClick={() => onListen(event.occurredAt)}>
          {time}
        </button>
      )}{' '}
      {event.text === undefined ? (eventSpec(event.type)?.[language] ?? event.type) : `“${event.text}”`}
    </span>
  );
}
