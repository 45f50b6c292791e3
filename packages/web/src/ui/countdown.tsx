import { useWords } from '../app/i18n/use-words.ts';
import { countdownText } from '../app/time.ts';
import { useNow } from '../live/clock.ts';
import './countdown.css';

interface CountdownProps {
  readonly since: number;
  readonly deadline: number;
  /** from here on it is amber; default the last 5 s */
  readonly warnAt?: number | undefined;
  readonly size?: number;
}

const defaultLeadMs = 5000;

/** Ring and seconds. It steps once a second and is read out only when asked for: the guide announces deadlines itself. */
export function Countdown({ since, deadline, warnAt, size = 38 }: CountdownProps) {
  const now = useNow(250);
  return <CountdownFace leftMs={deadline - now} ofMs={deadline - since} near={now >= (warnAt ?? deadline - defaultLeadMs)} size={size} />;
}

interface FaceProps {
  readonly leftMs: number;
  readonly ofMs: number;
  readonly near: boolean;
  readonly size: number;
}

export function CountdownFace({ leftMs, ofMs, near, size }: FaceProps) {
  const t = useWords();
  const late = leftMs <= 0;
  const lateSeconds = Math.max(1, Math.ceil(-leftMs / 1000));
  const share = ofMs <= 0 ? 0 : Math.min(1, Math.max(0, (Math.ceil(leftMs / 1000) * 1000) / ofMs));
  const length = 100;
  return (
    <span
      className="countdown"
      role="timer"
      aria-live="off"
      data-near={near && !late}
      data-late={late}
      style={{ width: size, height: size }}
    >
      <svg viewBox="0 0 36 36" width={size} height={size} aria-hidden="true">
        <circle className="countdown-track" cx="18" cy="18" r="15.9" />
        <circle className="countdown-left" cx="18" cy="18" r="15.9" pathLength={length} strokeDasharray={`${share * length} ${length}`} />
      </svg>
      <b aria-hidden data-long={!late && leftMs > 60_000}>
        {late ? `+${lateSeconds}` : countdownText(leftMs)}
      </b>
      <span className="visually-hidden">
        {late ? t('time.seconds-late', { n: lateSeconds }) : t('time.seconds-left', { n: Math.ceil(leftMs / 1000) })}
      </span>
    </span>
  );
}
