import type { ReactNode } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { clock, shortTime } from '../app/time.ts';
import { durationWords } from '../app/time-words.ts';
import { CountdownFace } from '../ui/countdown.tsx';
import type { StatePush } from './caller-call.ts';
import { useSpoken } from './use-spoken.ts';

/** Beyond this place a number only disheartens; the caller is told that there are many. */
const manyFrom = 10;

function Words({ spoken, children }: { spoken: string; children: ReactNode }) {
  return (
    <>
      <p className="visually-hidden" role="status">
        {useSpoken(spoken)}
      </p>
      {children}
    </>
  );
}

export function Waiting({ state }: { state: 'connecting' | 'notice' | 'ringing' }) {
  const t = useWords();
  return (
    <Words spoken={t(`call-page.state.${state}`)}>
      <p className="caller-big">{t(`call-page.state.${state}`)}</p>
      <p className="caller-text">{t(`call-page.state.${state}-text`)}</p>
    </Words>
  );
}

export function Queued({ position, waitedMs }: { position: number | undefined; waitedMs: number }) {
  const t = useWords();
  const ahead = position === undefined ? undefined : Math.max(0, position - 1);
  const place =
    ahead === undefined
      ? t('call-page.queued')
      : ahead === 0
        ? t('call-page.you-are-next')
        : ahead >= manyFrom
          ? t('call-page.many-ahead')
          : t('call-page.ahead', { n: ahead });
  return (
    <Words spoken={place}>
      {ahead !== undefined && ahead > 0 && ahead < manyFrom ? (
        <p className="caller-place">
          {t('call-page.ahead-before')}
          <b className="num">{ahead}</b>
          {t('call-page.ahead-after')}
        </p>
      ) : (
        <p className="caller-big">{place}</p>
      )}
      <p className="caller-text num">{t('call-page.waited', { time: clock(waitedMs) })}</p>
      <p className="caller-text">{t('call-page.stay')}</p>
    </Words>
  );
}

export function Talking({ agentNumber, talkedMs }: { agentNumber: string | undefined; talkedMs: number }) {
  const t = useWords();
  const who = agentNumber === undefined ? t('call-page.talking') : t('call-page.talking-with', { number: agentNumber });
  return (
    <Words spoken={who}>
      <p className="caller-big">{who}</p>
      <p className="caller-time num">{clock(talkedMs)}</p>
    </Words>
  );
}

interface HeldProps {
  readonly hold: StatePush['hold'];
  readonly agentNumber: string | undefined;
  readonly since: number;
  readonly now: number;
}

export function Held({ hold, agentNumber, since, now }: HeldProps) {
  const t = useWords();
  const doing = wordOfCode(t, 'call-page.doing', hold?.reason ?? 'other');
  const why = agentNumber === undefined ? t('call-page.held', { doing }) : t('call-page.held-by', { who: agentNumber, doing });
  const left = hold === undefined ? undefined : since + hold.limitMs - now;
  const agreed = hold === undefined ? '' : t('call-page.agreed', { time: durationWords(t, hold.limitMs) });
  return (
    <Words spoken={`${why} ${agreed}`}>
      {left !== undefined && hold !== undefined && left > 0 && <CountdownFace leftMs={left} ofMs={hold.limitMs} near size={120} />}
      <p className="caller-big">{why}</p>
      <p className="caller-text num">
        {agreed}
        {left !== undefined &&
          (left > 0 ? t('call-page.left', { time: durationWords(t, Math.ceil(left / 1000) * 1000) }) : t('call-page.soon-back'))}
      </p>
    </Words>
  );
}

interface AfterCallProps {
  readonly nobody: boolean;
  /** the number for a callback was given */
  readonly asked: boolean;
  readonly dueAt: number | undefined;
  readonly now: number;
}

export function AfterCall({ nobody, asked, dueAt, now }: AfterCallProps) {
  const t = useWords();
  const title = t(nobody ? 'call-page.nobody' : 'call-page.ended');
  const promise = dueAt === undefined ? undefined : t('call-page.promised', { time: shortTime(dueAt, now) });
  return (
    <Words spoken={`${title} ${promise ?? ''}`}>
      <p className="caller-big">{title}</p>
      {promise !== undefined && <p className="caller-promise">{promise}</p>}
      {promise === undefined && !asked && <p className="caller-text">{t(nobody ? 'call-page.nobody-text' : 'call-page.ended-text')}</p>}
    </Words>
  );
}
