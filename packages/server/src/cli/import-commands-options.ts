import { text } from '../config/kinds.ts';
import { type Kind, option } from '../config/option.ts';
import type { TranscribedCall } from '../imports/call-file.ts';
import { readInstant } from '../imports/call-list.ts';

/** Minutes of an offset from UTC such as +08:00. */
export const zoneKind: Kind<number> = {
  expects: 'an offset from UTC such as +08:00',
  placeholder: '+HH:MM',
  parse(found) {
    const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(found) ?? [];
    const total = Number(hours) * 60 + Number(minutes);
    return sign !== undefined && total <= 14 * 60 && Number(minutes) < 60 ? (sign === '-' ? -total : total) : undefined;
  },
};

/** The instant in ms UTC that somebody gave, once zone and beginning are known. */
export type Moment = (zoneMinutes: number, startedAt: number) => number;

const localTime: Kind<Moment> = {
  expects: 'a time such as 2026-09-14T09:30:05',
  placeholder: 'TIME',
  parse: (found) => (readInstant(found, 0) === undefined ? undefined : (zone) => readInstant(found, zone) ?? 0),
};

/** A day means its beginning. */
export const localDayOrTime: Kind<Moment> = {
  expects: 'a day such as 2026-09-14 or a time such as 2026-09-14T09:30:05',
  placeholder: 'TIME',
  parse: (found) => localTime.parse(found) ?? localTime.parse(`${found} 00:00`),
};

const localTimeOrSeconds: Kind<Moment> = {
  expects: 'a time such as 2026-09-14T09:30:05, or seconds after the beginning such as +12.5',
  placeholder: 'TIME',
  parse(found) {
    const [, seconds] = /^\+(\d{1,6}(?:\.\d{1,3})?)$/.exec(found) ?? [];
    return seconds === undefined ? localTime.parse(found) : (_, startedAt) => startedAt + Math.round(Number(seconds) * 1000);
  },
};

export const zoneOption = option(zoneKind, { help: 'zone of times without one', fallback: 480, shown: '+08:00' });

/** What a transcript does not tell of its call. */
export const transcriptOptions = {
  startedAt: option(localTime, {
    help: 'when the call began: zero of the times of a transcript',
    fallback: undefined,
    shown: '1970-01-01T00:00Z',
  }),
  ringingAt: option(localTimeOrSeconds, { help: 'when the telephone of the agent began to ring', fallback: undefined, shown: 'unknown' }),
  answeredAt: option(localTimeOrSeconds, { help: 'when the agent answered', fallback: undefined, shown: 'unknown' }),
  agent: option(text(64), { help: '工号 of the agent', fallback: undefined, shown: 'unknown' }),
  zone: zoneOption,
} as const;

export interface GivenOfTranscript {
  readonly startedAt: Moment | undefined;
  readonly ringingAt: Moment | undefined;
  readonly answeredAt: Moment | undefined;
  readonly agent: string | undefined;
  readonly zone: number;
}

/** What was given of a transcript's call, or a line that says what does not fit. */
export function transcribedCall(given: GivenOfTranscript): TranscribedCall | string {
  const startedAt = given.startedAt?.(given.zone, 0) ?? 0;
  const ringingAt = given.ringingAt?.(given.zone, startedAt);
  const answeredAt = given.answeredAt?.(given.zone, startedAt);
  if (ringingAt !== undefined && ringingAt < startedAt) return '--ringing-at: expected no time before --started-at';
  if (answeredAt !== undefined && answeredAt < (ringingAt ?? startedAt))
    return '--answered-at: expected no time before the call began to ring';
  return { startedAt, ringingAt, answeredAt, agent: given.agent };
}
