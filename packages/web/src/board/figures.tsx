import type { BoardView } from '@threerings/core/wire/board';
import type { ReactNode } from 'react';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import { percent } from '../verdicts/tally.ts';
import { figuresOf } from './figures.ts';

type Tone = 'calm' | 'warn' | 'broken';

/** Seven figures. 达标率 stands only together with 可判率. */
export function Figures({ view, now }: { view: BoardView; now: number }) {
  const t = useWords();
  const figures = figuresOf(view, now);
  return (
    <ul className="figures" aria-label={t('board.figures')}>
      <Figure
        name={t('board.waiting')}
        value={figures.waiting}
        unit={t('unit.people')}
        tone={figures.waiting > 0 && figures.longestWait > 15_000 ? 'warn' : 'calm'}
      >
        {t('board.longest', { time: clock(figures.longestWait) })}
      </Figure>
      <Figure name={t('board.in-time')} value={percent(figures.inTimeShare)}>
        {t('board.today-of', { part: figures.answeredInTime, whole: figures.answered })}
      </Figure>
      <Figure name={t('board.connection')} value={percent(figures.connection)}>
        {t('board.today-of', { part: figures.answered, whole: figures.offered })}
      </Figure>
      <Figure
        name={t('board.breaking')}
        value={figures.breaking}
        unit={t('unit.norms')}
        tone={figures.breaking > 0 ? 'broken' : figures.near > 0 ? 'warn' : 'calm'}
      >
        {t('board.breaking-more', { near: figures.near, people: figures.affectedPeople })}
      </Figure>
      <Figure name={t('board.kept-rate')} value={percent(figures.rates.kept)}>
        <b className="strong">{t('rates.judgeable', { share: percent(figures.rates.judgeable) })}</b>
      </Figure>
      <Figure
        name={t('board.promises')}
        value={figures.dueSoon}
        unit={t('unit.items')}
        tone={figures.overdue > 0 ? 'broken' : figures.dueSoon > 0 ? 'warn' : 'calm'}
      >
        {t('board.promises-more', { n: figures.overdue })}
      </Figure>
      <Figure name={t('board.present')} value={figures.present} unit={t('unit.people')}>
        {t('board.present-more', { ready: figures.ready, talking: figures.talking, resting: figures.resting })}
      </Figure>
    </ul>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string | number;
  readonly unit?: string;
  readonly tone?: Tone;
  readonly children: ReactNode;
}

function Figure({ name, value, unit, tone = 'calm', children }: FigureProps) {
  return (
    <li className="figure" data-tone={tone}>
      <span className="meta">{name}</span>
      <span>
        <b className="num">{value}</b> {unit !== undefined && <span className="t2">{unit}</span>}
      </span>
      <span className="meta num">{children}</span>
    </li>
  );
}
