import { CircleCheck, CircleDashed, CircleMinus, Hand, TriangleAlert } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { PlainKey } from '../app/i18n/translate.ts';
import { useWords } from '../app/i18n/use-words.ts';
import './verdict.css';

/** How a duty or a verdict stands, as the screens draw it. */
export type Standing = 'pending' | 'near' | 'kept' | 'broken' | 'unknown' | 'moot' | 'attested' | 'settling';

const words: Record<Standing, PlainKey> = {
  pending: 'verdict.pending',
  near: 'verdict.near',
  kept: 'verdict.kept',
  broken: 'verdict.broken',
  unknown: 'verdict.unknown',
  moot: 'verdict.moot',
  attested: 'verdict.attested',
  settling: 'verdict.settling',
};

interface IconProps {
  readonly standing: Standing;
  readonly size?: number;
  readonly style?: CSSProperties;
}

/** Colour, shape and weight together: only `broken` is filled, only `unknown` is dashed with a mark. Always beside a word. */
export function VerdictIcon({ standing, size = 16, style }: IconProps) {
  const shared = { size, strokeWidth: 2.2, 'aria-hidden': true, className: 'verdict-icon', 'data-standing': standing, style } as const;
  switch (standing) {
    case 'kept':
      return <CircleCheck {...shared} />;
    case 'near':
      return <TriangleAlert {...shared} />;
    case 'moot':
      return <CircleMinus {...shared} />;
    case 'attested':
      return <Hand {...shared} />;
    case 'broken':
      return <FilledOctagon size={size} style={style} />;
    case 'unknown':
      return <DashedQuestion size={size} style={style} />;
    default:
      return <CircleDashed {...shared} />;
  }
}

function FilledOctagon({ size, style }: { size: number; style: CSSProperties | undefined }) {
  return (
    <svg className="verdict-icon" data-standing="broken" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={style}>
      <path d="M7.9 2h8.2L22 7.9v8.2L16.1 22H7.9L2 16.1V7.9z" fill="currentColor" />
      <path d="m15 9-6 6M9 9l6 6" stroke="var(--surface)" strokeWidth="2.6" strokeLinecap="round" fill="none" />
    </svg>
  );
}

function DashedQuestion({ size, style }: { size: number; style: CSSProperties | undefined }) {
  return (
    <svg
      className="verdict-icon"
      data-standing="unknown"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      style={style}
    >
      <circle cx="12" cy="12" r="10" strokeDasharray="3.6 3.2" />
      <path d="M9.1 9a3 3 0 0 1 5.8 1c0 2-2.9 3-2.9 3M12 17h.01" />
    </svg>
  );
}

interface BadgeProps {
  readonly standing: Standing;
  readonly text?: string | number;
  /** the number beside the word, as in 做到 7 */
  readonly count?: number;
  readonly chip?: boolean;
}

export function VerdictBadge({ standing, text, count, chip }: BadgeProps) {
  const t = useWords();
  return (
    <span className="verdict" data-standing={standing} data-chip={chip}>
      <VerdictIcon standing={standing} size={15} />
      {text ?? t(words[standing])}
      {count !== undefined && <span className="num">{count}</span>}
    </span>
  );
}

export function useStandingWord(): (standing: Standing) => string {
  const t = useWords();
  return (standing) => t(words[standing]);
}
