import type { Instant } from '@threerings/norms/trace';
import type { OpenDuty } from '../wire/events.ts';
import type { NormCard } from './norm-card.ts';

/** What the engine's hint view tells about one duty that is going on. Speculative: it lights prompts and is never stored. */
export interface DutyHint {
  readonly norm: string;
  readonly key: string;
  /** role that must act */
  readonly actor: string;
  readonly since: Instant;
  /** undecided, met, missed, or not to be told */
  readonly standing: 'open' | 'met' | 'missed' | 'unknown';
  /** the agent ticked it: stated, not seen */
  readonly attested: boolean;
  readonly deadline?: Instant | undefined;
  /** ms before the deadline at which the norm wants a warning */
  readonly warnAheadMs?: number | undefined;
  readonly parts: readonly { readonly label: string; readonly done: boolean }[];
  /** sentence of the norm's phrase family, with `{slots}` */
  readonly sentence?: string | undefined;
  readonly message?: string | undefined;
}

/** A duty as the desk shows it at `now`. `slots` fill the sentence with what the call knows. */
export function openDutyOf(hint: DutyHint, card: NormCard, now: Instant, slots: Readonly<Record<string, string>>): OpenDuty {
  const { deadline, warnAheadMs } = hint;
  const warnAt = deadline === undefined || warnAheadMs === undefined ? undefined : deadline - warnAheadMs;
  return {
    norm: hint.norm,
    key: hint.key,
    title: card.title,
    cites: [...card.cites],
    severity: card.severity,
    actor: hint.actor,
    state: stateOf(hint, warnAt, now),
    parts: hint.parts.map(({ label, done }) => ({ label, done })),
    since: hint.since,
    deadline,
    warnAt,
    sentence: hint.sentence === undefined ? undefined : filled(hint.sentence, slots),
    message: hint.message,
  };
}

/** An event exactly at the deadline is in time: only after it is a duty late. */
function stateOf(hint: DutyHint, warnAt: Instant | undefined, now: Instant): OpenDuty['state'] {
  if (hint.standing === 'met') return 'done';
  if (hint.standing === 'missed' || (hint.deadline !== undefined && now > hint.deadline)) return 'late';
  if (hint.attested) return 'attested';
  if (hint.standing === 'unknown') return 'unknown';
  return warnAt !== undefined && now >= warnAt ? 'near' : 'open';
}

/** What is not known stays visible as a blank for the agent to fill. */
function filled(sentence: string, slots: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{([^{}]{1,20})\}/g, (_, name: string) => slots[name] ?? '＿＿');
}

const severities: readonly OpenDuty['severity'][] = ['critical', 'major', 'minor', 'advice'];
const urgency: Readonly<Record<OpenDuty['state'], number>> = { late: 0, near: 1, open: 2, attested: 3, unknown: 4, done: 5 };

/**
 * The one duty that the guide shows: the agent's own, late before near before open, then the graver norm, then the
 * earlier deadline. Duties that are done, stated or unknown are not asked for again.
 */
export function guideOf(duties: readonly OpenDuty[]): OpenDuty | undefined {
  const asked = duties.filter((duty) => (duty.actor === 'agent' || duty.actor === 'receiver') && urgency[duty.state] <= urgency.open);
  return [...asked].sort(byUrgency)[0];
}

function byUrgency(one: OpenDuty, other: OpenDuty): number {
  return (
    urgency[one.state] - urgency[other.state] ||
    severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
    (one.deadline ?? Number.MAX_SAFE_INTEGER) - (other.deadline ?? Number.MAX_SAFE_INTEGER)
  );
}
