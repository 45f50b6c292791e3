import { CircleAlert, MicOff, Pause, PhoneOff, Play } from 'lucide-react';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import { wordOfCode } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import { clock } from '../app/time.ts';
import type { Line, MarkType } from './lines.ts';
import { type Mark, runsOf } from './marks.ts';
import './transcript.css';

interface TranscriptProps {
  readonly lines: readonly Line[];
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
  /** times are shown from here */
  readonly from: number;
  /** keeps the newest line in view unless the reader has scrolled up */
  readonly follow?: boolean;
  readonly current?: string | undefined;
  readonly onPick?: (line: Line) => void;
  /** a line of the reader's own, put in by time (the instant at which a deadline passed) */
  readonly insert?: { readonly at: number; readonly content: ReactNode } | undefined;
}

export function Transcript({ lines, marks, from, follow, current, onPick, insert }: TranscriptProps) {
  const list = useRef<HTMLOListElement>(null);
  const newest = lines.at(-1)?.id;
  useFollow(list, follow === true, newest);
  useEffect(() => {
    if (current !== undefined) list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const insertBefore = insert === undefined ? -1 : lines.findIndex((line) => line.at > insert.at);
  const insertAt = insertBefore < 0 ? lines.length : insertBefore;
  const inserted = insert !== undefined && (
    <li key="inserted" className="line" data-kind="inserted">
      <time>{clock(insert.at - from)}</time>
      <span />
      <span>{insert.content}</span>
    </li>
  );
  return (
    <ol className="transcript scroll" ref={list}>
      {lines.slice(0, insertAt).map((line) => (
        <OneLine key={line.id} line={line} marks={marks.get(line.id)} from={from} current={line.id === current} onPick={onPick} />
      ))}
      {inserted}
      {lines.slice(insertAt).map((line) => (
        <OneLine key={line.id} line={line} marks={marks.get(line.id)} from={from} current={line.id === current} onPick={onPick} />
      ))}
    </ol>
  );
}

function useFollow(list: React.RefObject<HTMLOListElement | null>, follow: boolean, newest: string | undefined): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const scrolled = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 40;
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => element.removeEventListener('scroll', scrolled);
  }, [list]);
  useEffect(() => {
    if (follow && newest !== undefined && atEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [list, follow, newest]);
}

interface OneLineProps {
  readonly line: Line;
  readonly marks: readonly Mark[] | undefined;
  readonly from: number;
  readonly current: boolean;
  readonly onPick: ((line: Line) => void) | undefined;
}

const OneLine = memo(function OneLine({ line, marks, from, current, onPick }: OneLineProps) {
  const t = useWords();
  const time = clock(line.at - from);
  const shownTime =
    onPick === undefined ? (
      <time>{time}</time>
    ) : (
      <button type="button" className="line-time num" onClick={() => onPick(line)}>
        {time}
      </button>
    );
  if (line.kind === 'mark') {
    return (
      <li className="line" data-kind="mark" data-type={line.type} aria-current={current || undefined}>
        {shownTime}
        <span />
        <span className="row">
          <MarkSign type={line.type} />
          {t(`mark.${line.type}`)}
        </span>
      </li>
    );
  }
  return (
    <li className="line" data-speaker={line.speaker} aria-current={current || undefined}>
      {shownTime}
      <b className="line-speaker">{wordOfCode(t, 'speaker', line.role === '' ? line.speaker : line.role)}</b>
      <span>
        {line.text === undefined ? <i className="t3">{t('transcript.erased')}</i> : <Marked text={line.text} marks={marks ?? []} />}
      </span>
    </li>
  );
});

function Marked({ text, marks }: { text: string; marks: readonly Mark[] }) {
  if (marks.length === 0) return text;
  return runsOf(text, marks).map((run, index) =>
    run.value === undefined ? (
      run.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs are positions in one text
      <mark key={index} data-value={run.value}>
        {run.text}
      </mark>
    ),
  );
}

function MarkSign({ type }: { type: MarkType }) {
  if (type === 'hold.started') return <Pause size={14} aria-hidden />;
  if (type === 'hold.resumed' || type === 'call.answered') return <Play size={14} aria-hidden />;
  if (type === 'mute.on' || type === 'mute.off') return <MicOff size={14} aria-hidden />;
  if (type === 'source.gap-started' || type === 'source.gap-ended') return <CircleAlert size={14} aria-hidden />;
  return <PhoneOff size={14} aria-hidden />;
}
